package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Verdict;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTallyTest {
  @TempDir
  Path temp;

  private final TestClock clock = new TestClock(Instant.parse("2024-11-01T23:00:00Z"));
  private StoreFixture fixture;
  private VerdictTally tally;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(temp, clock);
    record(Verdict.NG);
    tally = new VerdictTally(fixture.store, clock);
    tally.begin(new StartupEvent());
  }

  @Test
  void todayGoesOnAcrossARestartAndTheStartBeginsAnew() {
    count(Verdict.OK);
    assertThat(tally.today()).isEqualTo(new VerdictCounts(1, 1, 0));
    assertThat(tally.sinceStart()).isEqualTo(new VerdictCounts(1, 0, 0));
  }

  @Test
  void midnightBeginsANewDay() {
    count(Verdict.OK);
    clock.now = clock.now.plus(Duration.ofHours(2));
    assertThat(tally.today()).isEqualTo(VerdictCounts.NONE);
    count(Verdict.UNJUDGED);
    count(Verdict.UNJUDGED);
    assertThat(tally.today()).isEqualTo(new VerdictCounts(0, 0, 2));
    assertThat(tally.sinceStart()).isEqualTo(new VerdictCounts(1, 0, 2));
  }

  @Test
  void aClockThatJumpsTenYearsAndBackLosesNoCount() {
    Instant right = clock.now;
    clock.now = right.plus(Duration.ofDays(3650));
    count(Verdict.OK);
    assertThat(tally.today()).isEqualTo(new VerdictCounts(1, 0, 0));
    clock.now = right;
    count(Verdict.NG);
    assertThat(tally.today()).isEqualTo(new VerdictCounts(0, 2, 0));
  }

  @Test
  void aPartCapturedYesterdayIsNotOfToday() {
    fixture.store.record(fixture.inspection(Verdict.NG, "default", clock.now.minus(Duration.ofDays(1))), new byte[1], java.util.Optional.empty());
    tally.count(fixture.told.get(fixture.told.size() - 1));
    assertThat(tally.today()).isEqualTo(new VerdictCounts(0, 1, 0));
  }

  @Test
  void theShiftIsCountedFromTheRecordsAndThenAlong() {
    List<LocalTime> shifts = List.of(LocalTime.of(6, 0), LocalTime.of(14, 0), LocalTime.of(23, 30));
    assertThat(tally.shift(shifts)).isEqualTo(new VerdictTally.OfShift(new Shift(Instant.parse("2024-11-01T14:00:00Z"), Instant.parse("2024-11-01T23:30:00Z")), new VerdictCounts(0, 1, 0)));
    count(Verdict.OK);
    assertThat(tally.shift(shifts).counts()).isEqualTo(new VerdictCounts(1, 1, 0));
    clock.now = Instant.parse("2024-11-01T23:30:00Z");
    count(Verdict.OK);
    assertThat(tally.shift(shifts).counts()).isEqualTo(new VerdictCounts(1, 0, 0));
    assertThat(tally.today()).isEqualTo(new VerdictCounts(2, 1, 0));
  }

  @Test
  void otherShiftsAreCountedAnew() {
    count(Verdict.OK);
    clock.now = clock.now.plus(Duration.ofMinutes(30));
    count(Verdict.UNJUDGED);
    assertThat(tally.shift(List.of(LocalTime.of(23, 15))).counts()).isEqualTo(new VerdictCounts(0, 0, 1));
    assertThat(tally.shift(List.of()).counts()).isEqualTo(new VerdictCounts(1, 1, 1));
  }

  private void record(Verdict verdict) {
    fixture.record(verdict);
  }

  private void count(Verdict verdict) {
    fixture.record(verdict);
    tally.count(fixture.told.get(fixture.told.size() - 1));
  }
}
