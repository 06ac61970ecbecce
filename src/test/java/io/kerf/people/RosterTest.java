package io.kerf.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed.Action;
import java.time.Instant;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosterTest {
  private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

  private final Roster ann = Roster.first(account("Ann", Role.ADMIN));
  private final Roster both = ann.with(account("Bob", Role.OPERATOR));

  private static Account account(String name, Role role) {
    return Account.of(name, role, "hash", NOW);
  }

  private static void refused(ThrowingCallable change, Fault fault) {
    assertThatThrownBy(change).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }

  @Test
  void theLastAdminIsNeitherRemovedNorGivenLess() {
    refused(() -> both.without("Ann"), Fault.LAST_ADMIN);
    refused(() -> both.changed("ann", old -> account(old.name(), Role.ENGINEER)), Fault.LAST_ADMIN);
    refused(() -> Roster.first(account("Bob", Role.OPERATOR)), Fault.LAST_ADMIN);
    Roster two = both.changed("Bob", old -> account(old.name(), Role.ADMIN));
    assertThat(two.without("Ann").people()).extracting(Account::name).containsExactly("Bob");
  }

  @Test
  void aNameIsTakenWhateverItsCaseAndByWhomever() {
    refused(() -> both.with(account("ANN", Role.VIEWER)), Fault.NAME_TAKEN);
    refused(() -> both.with(account("bo\u0062", Role.VIEWER)), Fault.NAME_TAKEN);
    Roster withCamera = both.with(MachineToken.of("Camera 2", Role.OPERATOR, "kerf_x", NOW, Optional.empty()));
    refused(() -> withCamera.with(account("camera 2", Role.VIEWER)), Fault.NAME_TAKEN);
    refused(() -> withCamera.with(MachineToken.of("ann", Role.OPERATOR, "kerf_y", NOW, Optional.empty())), Fault.NAME_TAKEN);
  }

  @Test
  void aComposedLetterIsTheSameAsOneThatIsPutTogether() {
    Roster roster = ann.with(account("Ren\u00e9", Role.VIEWER));
    assertThat(roster.person("rene\u0301")).isPresent();
    refused(() -> roster.with(account("Rene\u0301", Role.VIEWER)), Fault.NAME_TAKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", ".", "a/b", "a\\b", "a;b", "a%2Fb", "a\nb", "a\u0000b", "a  b", "<b>", "local", "Station", "a\u202Eb",
      "0123456789012345678901234567890123456789012345678901234567890123456789"})
  void whatIsNoNameIsRefused(String name) {
    refused(() -> account(name, Role.VIEWER), Fault.BAD_FIELD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ann", "Ann Lee", "ann.lee@plant.example", "O'Hara", "\u738b\u5c0f\u660e", "Jos\u00e9-Luis", "line 4"})
  void whatPeopleAreCalledIsAName(String name) {
    assertThat(account(name, Role.VIEWER).name()).isEqualTo(name);
  }

  @Test
  void everyChangeOfAnAccountBringsAnotherRevision() {
    assertThat(both.changed("Bob", old -> Account.of(old.name(), Role.VIEWER, old.password(), old.addedAt())).required("Bob").revision())
        .isNotEqualTo(both.required("Bob").revision());
  }

  @Test
  void peopleAndTokensAreBounded() {
    Roster full = ann;
    Roster fullOfTokens = ann;
    for (int i = 1; i < Roster.MAX_ENTRIES; i++) {
      full = full.with(account("p" + i, Role.VIEWER));
    }
    for (int i = 0; i < Roster.MAX_ENTRIES; i++) {
      fullOfTokens = fullOfTokens.with(MachineToken.of("t" + i, Role.VIEWER, "kerf_" + i, NOW, Optional.empty()));
    }
    Roster people = full;
    Roster tokens = fullOfTokens;
    refused(() -> people.with(account("one more", Role.VIEWER)), Fault.BAD_FIELD);
    refused(() -> tokens.with(MachineToken.of("one more", Role.VIEWER, "kerf_z", NOW, Optional.empty())), Fault.BAD_FIELD);
  }

  @Test
  void whatTheAuditTrailHasNotHeardOfIsBoundedAndForgottenOnceTold() {
    Roster many = ann;
    for (int i = 0; i <= Roster.MAX_UNTOLD; i++) {
      many = many.with(new Roster.Untold(NOW, "root", Action.PERSON_CHANGED, "p" + i, ""));
    }
    assertThat(many.untold()).hasSize(Roster.MAX_UNTOLD);
    assertThat(many.untold().get(0).subject()).isEqualTo("p1");
    assertThat(many.told(many.untold().subList(0, 999)).untold()).extracting(Roster.Untold::subject).containsExactly("p1000");
  }

  @Test
  void tokensAreRevokedByTheirIdAlone() {
    MachineToken token = MachineToken.of("camera", Role.OPERATOR, "kerf_x", NOW, Optional.of(NOW.plusSeconds(1)));
    Roster roster = ann.with(token);
    refused(() -> roster.revoked("camera"), Fault.NOT_FOUND);
    assertThat(roster.revoked(token.id()).tokens()).isEmpty();
    assertThat(token.expired(NOW)).isFalse();
    assertThat(token.expired(NOW.plusSeconds(1))).isTrue();
    assertThat(token.hash()).as("hashlib.sha256(b'kerf_x') in Python").isEqualTo("b64716d190bc87274880e99d15a8a07ea45ddc21679e4ffa9017cafc5baa5ce3");
  }
}
