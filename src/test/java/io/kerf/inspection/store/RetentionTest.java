package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.storage.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part has 1,500 bytes of evidence. */
class RetentionTest {
  @TempDir
  Path temp;

  private final TestClock clock = new TestClock(Instant.parse("2024-11-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(temp, clock);
  }

  @Test
  void evidenceWithinItsLimitStaysAndNearItTheOldestGoes() throws Exception {
    List<Inspection> parts = Stream.generate(() -> fixture.record(Verdict.OK)).limit(10).toList();
    retention(15_790, Duration.ofDays(30), 100).sweepEvidence();
    assertThat(fixture.evidence.bytes()).as("95 % is not full").isEqualTo(15_000);
    retention(15_780, Duration.ofDays(30), 100).sweepEvidence();
    assertThat(fixture.evidence.bytes()).isLessThanOrEqualTo(15_780 * 90 / 100).isEqualTo(fixture.evidence.count());
    assertThat(image(parts.get(0))).isFalse();
    assertThat(image(parts.get(1))).isTrue();
    assertThat(fixture.store.evidenceState(stored(parts.get(0)))).isEqualTo(EvidenceState.SWEPT);
  }

  /** Without a sweep: each part sees to it. */
  @Test
  void noMomentHasMoreBytesThanTheLimit() {
    retention(15_000, Duration.ofDays(30), 100);
    List<Inspection> parts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      parts.add(fixture.record(Verdict.OK));
      assertThat(fixture.evidence.bytes()).isLessThanOrEqualTo(15_000);
    }
    assertThat(fixture.evidence.bytes()).isGreaterThan(12_000);
    assertThat(parts.subList(35, 40)).allMatch(this::image);
    assertThat(image(parts.get(0))).isFalse();
    assertThat(fixture.store.evidenceLost()).isZero();
  }

  /** A limit that was lowered a lot: the sweep sees to it, no part waits. */
  @Test
  void aPartGivesUpFewOldImagesHoweverManyAreTooMany() throws Exception {
    for (int i = 0; i < 10; i++) {
      fixture.store.record(fixture.inspection(Verdict.OK), new byte[1 << 20], Optional.empty());
    }
    Retention retention = retention(2 << 20, Duration.ofDays(30), 100);
    Inspection part = fixture.record(Verdict.NG);
    assertThat(fixture.evidence.bytes()).isGreaterThanOrEqualTo(5 << 20);
    assertThat(fixture.store.evidenceState(stored(part))).isEqualTo(EvidenceState.LOST);
    retention.sweepEvidence();
    assertThat(fixture.evidence.bytes()).isLessThanOrEqualTo(2 << 20);
    assertThat(image(fixture.record(Verdict.NG))).isTrue();
  }

  @Test
  void aPartLargerThanAllImagesMayBeCostsItsImageAndNoOther() {
    retention(1600, Duration.ofDays(30), 100);
    Inspection kept = fixture.record(Verdict.OK);
    Inspection large = fixture.inspection(Verdict.NG);
    fixture.store.record(large, new byte[1601], Optional.empty());
    assertThat(image(kept)).isTrue();
    assertThat(fixture.store.evidenceState(stored(large))).isEqualTo(EvidenceState.LOST);
    assertThat(fixture.store.evidenceLost()).isEqualTo(1);
  }

  @Test
  void aLimitOfNothingKeepsNothing() throws Exception {
    fixture.record(Verdict.OK);
    clock.now = clock.now.plus(Duration.ofDays(1));
    fixture.record(Verdict.OK);
    retention(0, Duration.ofDays(30), 100).sweepEvidence();
    assertThat(fixture.evidence.bytes()).isZero();
    assertThat(image(fixture.record(Verdict.OK))).isFalse();
    assertThat(fixture.store.evidenceLost()).as("nobody wants it").isZero();
  }

  @Test
  void policyIsCarriedOutOnceAPartIsNoLongerRecentAndSaysSo() throws Exception {
    Retention retention = retention(none(Duration.ofMinutes(10)));
    List<Inspection> parts = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      parts.add(fixture.record(Verdict.values()[i % 3]));
    }
    retention.sweepEvidence();
    Inspection later = fixture.record(Verdict.OK);
    pass(Duration.ofMinutes(9));
    retention.sweepEvidence();
    assertThat(parts).as("recent").allMatch(this::image);
    pass(Duration.ofMinutes(1));
    clock.now = clock.now.plus(Duration.ofDays(3650));
    retention.sweepEvidence();
    for (Inspection part : parts) {
      assertThat(fixture.store.evidenceState(stored(part))).isEqualTo(part.verdict() == Verdict.OK ? EvidenceState.RELEASED : EvidenceState.KEPT);
      assertThat(fixture.store.heatMap(stored(part)).isPresent()).isEqualTo(part.verdict() != Verdict.OK);
    }
    assertThat(image(later)).as("recent, whatever the wall clock says").isTrue();
    assertThat(fixture.evidence.bytes()).isEqualTo(301 * 1500).isEqualTo(fixture.evidence.count());
  }

  @Test
  void whatSomebodyWillLookAtIsHeldAndWhatQuotaTookIsNotCalledPolicy() throws Exception {
    Retention retention = retention(none(Duration.ofSeconds(1)));
    Inspection held = fixture.record(Verdict.OK);
    Inspection swept = fixture.record(Verdict.OK);
    fixture.store.hold(held.id());
    fixture.evidence.discard(swept.id(), stored(swept).evidence().orElseThrow());
    retention.sweepEvidence();
    pass(Duration.ofSeconds(1));
    retention.sweepEvidence();
    assertThat(fixture.store.evidenceState(stored(held))).isEqualTo(EvidenceState.KEPT);
    assertThat(fixture.store.evidenceState(stored(swept))).isEqualTo(EvidenceState.SWEPT);
  }

  @Test
  void aSweepGoesOnWhereItWasAfterARestartAndAnotherPolicyBeginsAnew() throws Exception {
    Retention retention = retention(none(Duration.ofSeconds(1)));
    Inspection first = fixture.record(Verdict.NG);
    retention.sweepEvidence();
    pass(Duration.ofSeconds(1));
    retention.sweepEvidence();
    StoreFixture restarted = new StoreFixture(temp, clock);
    Sql.update(fixture.dataSource, "UPDATE inspection SET verdict = 'OK' WHERE id = ?", first.id());
    sweptOnceMore(restarted, none(Duration.ofSeconds(1)));
    assertThat(image(first)).as("not looked at again").isTrue();
    sweptOnceMore(restarted, policy(new EvidencePolicy(0, false, true), Duration.ofSeconds(1)));
    assertThat(image(first)).isFalse();
  }

  private void sweptOnceMore(StoreFixture restarted, RetentionPolicy policy) throws Exception {
    Retention retention = new Retention(restarted.store, clock, nanos::get, () -> policy);
    retention.sweepEvidence();
    pass(Duration.ofSeconds(1));
    retention.sweepEvidence();
  }

  @Test
  void oldDaysGoOneInEachSweepSoThatAWrongClockCostsLittle() throws Exception {
    Inspection first = fixture.record(Verdict.OK);
    clock.now = clock.now.plus(Duration.ofDays(1));
    Inspection second = fixture.record(Verdict.OK);
    Retention retention = retention(Long.MAX_VALUE, Duration.ofDays(30), 100);
    clock.now = clock.now.plus(Duration.ofDays(29));
    retention.sweepByAge();
    assertThat(image(first)).isTrue();
    clock.now = clock.now.plus(Duration.ofDays(3650));
    retention.sweepByAge();
    assertThat(image(first)).isFalse();
    assertThat(image(second)).isTrue();
    retention.sweepByAge();
    assertThat(image(second)).isFalse();
    assertThat(fixture.evidence.days()).hasSize(1).containsExactly(temp.resolve("evidence/2024-11-02"));
  }

  @Test
  void evidenceThatWasThereBeforeTheStartIsCounted() throws Exception {
    fixture.record(Verdict.OK);
    StoreFixture restarted = new StoreFixture(temp, clock);
    new Retention(restarted.store, clock, nanos::get, () -> RetentionPolicy.UNLIMITED).sweepByAge();
    assertThat(restarted.evidence.bytes()).isEqualTo(1500);
  }

  @Test
  void whatIsNotEvidenceStays() throws Exception {
    Path note = Files.writeString(temp.resolve("evidence/readme.txt"), "ours");
    fixture.record(Verdict.OK);
    retention(0, Duration.ofDays(30), 100).sweepEvidence();
    assertThat(note).exists();
  }

  @Test
  void theOldestVerdictsBeyondTheLimitGo() {
    List<Inspection> parts = Stream.generate(() -> fixture.record(Verdict.OK)).limit(12).toList();
    retention(Long.MAX_VALUE, Duration.ofDays(30), 12).sweepRecords();
    assertThat(fixture.store.count()).isEqualTo(12);
    retention(Long.MAX_VALUE, Duration.ofDays(30), 5).sweepRecords();
    assertThat(fixture.store.count()).isEqualTo(5);
    assertThat(fixture.store.byId(parts.get(6).id())).isEmpty();
    assertThat(fixture.store.byId(parts.get(7).id())).isPresent();
  }

  private Retention retention(long maxBytes, Duration maxAge, long maxRecords) {
    return retention(new RetentionPolicy(EvidencePolicy.ALL, Duration.ofHours(1), maxBytes, maxAge, 0, maxRecords));
  }

  private Retention retention(RetentionPolicy policy) {
    fixture.policy = policy;
    return new Retention(fixture.store, clock, nanos::get, () -> policy);
  }

  /** No image of a part that passed. */
  private static RetentionPolicy none(Duration recent) {
    return policy(new EvidencePolicy(0, true, true), recent);
  }

  private static RetentionPolicy policy(EvidencePolicy evidence, Duration recent) {
    return new RetentionPolicy(evidence, recent, Long.MAX_VALUE, Duration.ofDays(36_500), 0, Long.MAX_VALUE);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private StoredInspection stored(Inspection part) {
    return fixture.store.byId(part.id()).orElseThrow();
  }

  private boolean image(Inspection part) {
    return fixture.store.image(stored(part)).isPresent();
  }
}
