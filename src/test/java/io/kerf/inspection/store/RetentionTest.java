package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each part has 1,500 bytes of evidence. */
class RetentionTest {
  @TempDir
  Path temp;

  private final TestClock clock = new TestClock(Instant.parse("2024-11-01T12:00:00Z"));
  private StoreFixture fixture;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(temp, clock);
  }

  @Test
  void evidenceAtItsLimitStaysAndBeyondItTheOldestGoes() throws Exception {
    List<Inspection> parts = Stream.generate(() -> fixture.record(Verdict.OK)).limit(10).toList();
    retention(15_000, Duration.ofDays(30), 100).sweepBySize();
    assertThat(fixture.evidence.bytes()).isEqualTo(15_000);
    retention(14_999, Duration.ofDays(30), 100).sweepBySize();
    assertThat(fixture.evidence.bytes()).isLessThanOrEqualTo(14_999 * 95 / 100).isEqualTo(fixture.evidence.count());
    assertThat(image(parts.get(0))).isFalse();
    assertThat(image(parts.get(1))).isTrue();
    assertThat(fixture.store.byId(parts.get(0).id())).isPresent();
  }

  @Test
  void aLimitOfNothingLeavesNothing() throws Exception {
    fixture.record(Verdict.OK);
    clock.now = clock.now.plus(Duration.ofDays(1));
    fixture.record(Verdict.OK);
    retention(0, Duration.ofDays(30), 100).sweepBySize();
    assertThat(fixture.evidence.bytes()).isZero();
    assertThat(image(fixture.record(Verdict.OK))).isTrue();
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
    new Retention(restarted.store, clock, 1000, Duration.ofDays(30), 100).sweepByAge();
    assertThat(restarted.evidence.bytes()).isEqualTo(1500);
  }

  @Test
  void whatIsNotEvidenceStays() throws Exception {
    Path note = Files.writeString(temp.resolve("evidence/readme.txt"), "ours");
    fixture.record(Verdict.OK);
    retention(0, Duration.ofDays(30), 100).sweepBySize();
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
    return new Retention(fixture.store, clock, maxBytes, maxAge, maxRecords);
  }

  private boolean image(Inspection part) {
    return fixture.store.image(fixture.store.byId(part.id()).orElseThrow()).isPresent();
  }
}
