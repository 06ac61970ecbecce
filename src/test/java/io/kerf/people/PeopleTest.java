package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.FaultException;
import io.kerf.storage.Changed.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
  @TempDir
  private Path data;

  private final Time time = new Time();

  private PeopleFixture started() {
    return new PeopleFixture(data, time);
  }

  private static String camera(PeopleFixture station, Optional<Duration> lasts) {
    String token = Secrets.machineToken();
    MachineToken made = MachineToken.of("camera", Role.OPERATOR, token, station.time.instant(), lasts.map(station.time.instant()::plus));
    station.people.change("Ann", Action.TOKEN_ADDED, "camera", made.summary(), roster -> roster.with(made));
    return token;
  }

  @Test
  void anotherRoleOrPasswordEndsSessionsAndSoDoesRemoval() {
    PeopleFixture station = started().claimed();
    String first = station.in("Bob", PeopleFixture.BOBS);
    station.people.change("Ann", Action.PERSON_CHANGED, "Bob", "", roster -> roster.changed("Bob", old -> Account.of(old.name(), Role.VIEWER, old.password(), old.addedAt())));
    assertThat(station.who(first)).isEmpty();
    String second = station.in("Bob", PeopleFixture.BOBS);
    assertThat(station.who(second)).contains(new Caller.Person("Bob", Role.VIEWER));
    station.people.change("Ann", Action.PERSON_REMOVED, "Bob", "", roster -> roster.without("Bob"));
    assertThat(station.who(second)).isEmpty();
    station.people.change("Ann", Action.PERSON_ADDED, "Bob", "", roster -> roster.with(station.account("Bob", Role.ADMIN, PeopleFixture.BOBS)));
    assertThat(station.who(second)).as("somebody else of that name").isEmpty();
  }

  @Test
  void aTokenCountsUntilItExpiresOrIsRevoked() {
    PeopleFixture station = started().claimed();
    String token = camera(station, Optional.of(Duration.ofHours(1)));
    Caller.Machine machine = station.people.machine(token).orElseThrow();
    assertThat(machine.name()).isEqualTo("camera");
    assertThat(machine.role()).isEqualTo(Role.OPERATOR);
    assertThat(station.people.lastUse(machine.id())).contains(time.instant());
    assertThat(station.people.machine(token + "x")).isEmpty();
    assertThat(station.people.machine(Secrets.hash(token))).as("what is kept is no token").isEmpty();
    time.pass(Duration.ofHours(1));
    assertThat(station.people.machine(token)).isEmpty();
    station.people.change("Ann", Action.TOKEN_REVOKED, "camera", "", roster -> roster.revoked(machine.id()));
    assertThat(station.people.machine(camera(station, Optional.empty()))).isPresent();
    assertThat(station.people.machine(token)).isEmpty();
  }

  @Test
  void whatACommandChangesIsTakenUpAndToldOnce() {
    PeopleFixture station = started().claimed();
    String bob = station.in("Bob", PeopleFixture.BOBS);
    station.changes.clear();
    new RosterFile(data).change(roster -> roster.without("Bob").with(new Roster.Untold(time.instant(), "root, by command", Action.PERSON_REMOVED, "Bob", "")));
    assertThat(station.who(bob)).as("not looked yet").isPresent();
    station.people.refresh();
    station.people.tellWhatCommandsDid();
    assertThat(station.who(bob)).isEmpty();
    assertThat(station.told()).containsExactly("person-removed Bob by root, by command");
    station.people.tellWhatCommandsDid();
    assertThat(station.told()).hasSize(1);
    PeopleFixture next = started();
    next.people.tellWhatCommandsDid();
    assertThat(next.changes).isEmpty();
  }

  @Test
  void whatCannotBeStruckOffIsToldOnceAllTheSame() throws IOException {
    PeopleFixture station = started().claimed();
    new RosterFile(data).change(roster -> roster.with(new Roster.Untold(time.instant(), "root, by command", Action.PERSON_REMOVED, "Cid", "")));
    station.people.refresh();
    Files.delete(data.resolve("people/lock"));
    Files.createDirectory(data.resolve("people/lock"));
    station.people.tellWhatCommandsDid();
    station.people.tellWhatCommandsDid();
    assertThat(station.told()).containsExactly("person-removed Cid by root, by command");
  }

  @Test
  void whatACommandClaimsIsClaimed() {
    PeopleFixture station = started();
    assertThat(station.people.claimed()).isFalse();
    new RosterFile(data).begin(station.account("Ann", Role.ADMIN, PeopleFixture.ANNS));
    station.people.refresh();
    assertThat(station.people.claimed()).isTrue();
    assertThat(station.in("Ann", PeopleFixture.ANNS)).isNotEmpty();
  }

  /** A line depends on its cameras being let in, and who is in may have to mend it. */
  @Test
  void damageWhileTheStationRunsLetsNobodyNewInAndNobodyOut() throws IOException {
    PeopleFixture station = started().claimed();
    String bob = station.in("Bob", PeopleFixture.BOBS);
    String token = camera(station, Optional.empty());
    Path json = data.resolve("people/people.json");
    byte[] good = Files.readAllBytes(json);
    for (boolean gone : new boolean[] {false, true}) {
      if (gone) {
        Files.delete(json);
      } else {
        Files.writeString(json, "{");
      }
      station.people.refresh();
      assertThat(station.people.problem()).isPresent();
      assertThat(station.people.claimed()).isTrue();
      assertThat(station.who(bob)).isPresent();
      assertThat(station.people.machine(token)).isPresent();
      assertThatThrownBy(() -> station.in("Ann", PeopleFixture.ANNS)).isInstanceOf(FaultException.class);
      assertThatThrownBy(() -> station.people.change("Ann", Action.PERSON_REMOVED, "Bob", "", roster -> roster.without("Bob"))).isInstanceOf(FaultException.class);
    }
    Files.write(json, good);
    station.people.refresh();
    assertThat(station.people.problem()).isEmpty();
    assertThat(station.in("Ann", PeopleFixture.ANNS)).isNotEmpty();
  }

  @Test
  void damageFoundAtTheStartLetsNobodyIn() throws IOException {
    PeopleFixture before = started().claimed();
    String bob = before.in("Bob", PeopleFixture.BOBS);
    String token = camera(before, Optional.empty());
    Files.writeString(data.resolve("people/people.json"), "{");
    PeopleFixture station = started();
    assertThat(station.people.claimed()).isTrue();
    assertThat(station.who(bob)).isEmpty();
    assertThat(station.people.machine(token)).isEmpty();
    assertThat(station.people.problem().orElseThrow()).contains("people.json").contains("kerf people add");
  }
}
