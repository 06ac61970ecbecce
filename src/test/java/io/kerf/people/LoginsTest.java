package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.people.Logins.Outcome;
import io.kerf.storage.Changed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginsTest {
  private static final String HERE = "10.0.0.7";

  @TempDir
  private Path data;

  private final Time time = new Time();

  private PeopleFixture started() {
    return new PeopleFixture(data, time);
  }

  @Test
  void theCodeMakesTheFirstAdminOnce() {
    PeopleFixture station = started();
    String code = station.claim.code();
    assertThat(code).matches("[A-HJKMNP-TV-Z2-9]{4}-[A-HJKMNP-TV-Z2-9]{4}").isEqualTo(started().claim.code());
    Outcome in = station.logins.claim(" " + code.toLowerCase(Locale.ROOT).replace("-", " ") + " ", "Ann", PeopleFixture.ANNS, HERE);
    assertThat(station.who(((Outcome.In) in).token())).contains(new Caller.Person("Ann", Role.ADMIN));
    assertThat(data.resolve("people/claim-code")).doesNotExist();
    assertThat(station.told()).containsExactly("station-claimed Ann by Ann", "logged-in Ann by Ann");
    for (PeopleFixture any : new PeopleFixture[] {station, started()}) {
      assertThatThrownBy(() -> any.logins.claim(code, "Eve", "whatever it is", HERE))
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ALREADY_CLAIMED));
    }
  }

  @Test
  void aWrongCodeClaimsNothingAndMakesWait() {
    PeopleFixture station = started();
    station.claim.code();
    for (int i = 0; i < Lockout.NAME_ATTEMPTS; i++) {
      assertThat(station.logins.claim("AAAA-AAAA", "Eve", "whatever it is", "10.0.0." + i)).isInstanceOf(Outcome.Wrong.class);
    }
    assertThat(station.logins.claim(station.claim.code(), "Ann", PeopleFixture.ANNS, HERE)).as("right, but too soon").isEqualTo(new Outcome.Wait(Lockout.FIRST_WAIT));
    assertThat(station.people.claimed()).isFalse();
    time.pass(Lockout.FIRST_WAIT);
    assertThat(station.logins.claim(station.claim.code(), "Ann", PeopleFixture.ANNS, HERE)).isInstanceOf(Outcome.In.class);
  }

  @Test
  void aCodeOnALabelIsTheOneAndIsWrittenNowhere() throws IOException {
    PeopleFixture station = new PeopleFixture(data, time, Optional.of("press-4-2026"));
    assertThat(station.claim.fixed()).isTrue();
    assertThat(station.logins.claim("PRESS42026", "Ann", PeopleFixture.ANNS, HERE)).isInstanceOf(Outcome.In.class);
    assertThat(Files.readString(data.resolve("people/people.json"))).doesNotContainIgnoringCase("press");
  }

  @Test
  void aPasswordThatIsTooShortClaimsNothing() {
    PeopleFixture station = started();
    String code = station.claim.code();
    assertThatThrownBy(() -> station.logins.claim(code, "Ann", "short", HERE)).isInstanceOf(FaultException.class);
    assertThat(station.people.claimed()).isFalse();
    assertThat(station.claim.code()).isEqualTo(code);
  }

  @Test
  void theRightPasswordLetsInWhateverTheCaseOfTheName() {
    PeopleFixture station = started().claimed();
    assertThat(station.who(station.in("BOB", PeopleFixture.BOBS))).contains(new Caller.Person("Bob", Role.OPERATOR));
    assertThat(station.told()).containsExactly("logged-in Bob by Bob");
  }

  @Test
  void aNameThatNobodyHasAndAWrongPasswordAreTheSame() {
    PeopleFixture station = started().claimed();
    assertThat(station.logins.login("Bob", "wrong password", HERE)).isEqualTo(station.logins.login("Nobody", "wrong password", HERE)).isEqualTo(new Outcome.Wrong());
    for (String name : new String[] {"", null, "\u0000claim", "../people", "x".repeat(10_000), "\ud800"}) {
      assertThat(station.logins.login(name, "wrong password", "10.0.0.8")).isEqualTo(new Outcome.Wrong());
    }
  }

  @Test
  void unknownNamesAreLockedOutLikeKnownOnes() {
    PeopleFixture station = started().claimed();
    for (String name : new String[] {"Bob", "Nobody"}) {
      for (int i = 0; i < Lockout.NAME_ATTEMPTS; i++) {
        station.logins.login(name, "wrong password", name);
      }
      assertThat(station.logins.login(name, PeopleFixture.BOBS, HERE)).isEqualTo(new Outcome.Wait(Lockout.FIRST_WAIT));
    }
  }

  @Test
  void aLockoutIsToldOnceWithoutAnythingThatWasTyped() {
    PeopleFixture station = started().claimed();
    for (int i = 0; i < 20; i++) {
      station.logins.login("Bob", "my secret " + i, HERE);
    }
    for (int i = 0; i < 20; i++) {
      station.logins.login("hunter2hunter2", "Bob", HERE + "8");
    }
    assertThat(station.told()).containsExactly("login-refused Bob by station", "login-refused  by station");
    assertThat(station.changes).extracting(Changed::detail).first().isEqualTo("wrong passwords from 10.0.0.7; waits 30 s");
    assertThat(station.changes.toString()).doesNotContain("secret").doesNotContain("hunter2");
  }

  @Test
  void whoChangesTheirPasswordStaysInAndTheirOtherSessionsEnd() {
    PeopleFixture station = started().claimed();
    String other = station.in("Bob", PeopleFixture.BOBS);
    assertThat(station.logins.changePassword("Bob", "wrong password", "another one", HERE)).isEqualTo(new Outcome.Wrong());
    assertThat(station.who(other)).isPresent();
    Outcome in = station.logins.changePassword("Bob", PeopleFixture.BOBS, "another one", HERE);
    assertThat(station.who(other)).isEmpty();
    assertThat(station.who(((Outcome.In) in).token())).isPresent();
    assertThat(station.logins.login("Bob", PeopleFixture.BOBS, HERE)).isEqualTo(new Outcome.Wrong());
    assertThat(station.in("Bob", "another one")).isNotEmpty();
  }

  @Test
  void guessingTheOldPasswordLocksOutToo() {
    PeopleFixture station = started().claimed();
    for (int i = 0; i < Lockout.NAME_ATTEMPTS; i++) {
      station.logins.changePassword("Bob", "wrong password", "another one", HERE);
    }
    assertThat(station.logins.changePassword("Bob", PeopleFixture.BOBS, "another one", HERE)).isInstanceOf(Outcome.Wait.class);
  }

  @Test
  void aDamagedFileLetsNobodyInAndIsNotThereToBeClaimed() throws IOException {
    started().claimed();
    Files.writeString(data.resolve("people/people.json"), "{");
    PeopleFixture station = started();
    assertThat(station.people.claimed()).isTrue();
    assertThatThrownBy(() -> station.logins.login("Ann", PeopleFixture.ANNS, HERE))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PEOPLE_DAMAGED));
    assertThatThrownBy(() -> station.logins.claim(station.claim.code(), "Eve", "whatever it is", HERE))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ALREADY_CLAIMED));
  }

  @Test
  void aWaitEndsByTheTickerAlone() {
    PeopleFixture station = started().claimed();
    for (int i = 0; i < Lockout.NAME_ATTEMPTS; i++) {
      station.logins.login("Bob", "wrong password", HERE);
    }
    time.jump(Duration.ofDays(3650));
    assertThat(station.logins.login("Bob", PeopleFixture.BOBS, HERE)).isEqualTo(new Outcome.Wait(Lockout.FIRST_WAIT));
  }
}
