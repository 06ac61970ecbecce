package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.model.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir
  Path temp;

  private final TestClock clock = new TestClock(Instant.parse("2024-11-25T10:05:00Z"));
  private StoreFixture fixture;
  private TrendStore trends;

  @BeforeEach
  void open() throws Exception {
    fixture = new StoreFixture(temp, clock);
    trends = new TrendStore(fixture.dataSource);
  }

  private Inspection record(Verdict verdict, String capturedAt) {
    return record(verdict, "default", capturedAt);
  }

  private Inspection record(Verdict verdict, String recipe, String capturedAt) {
    Inspection inspection = fixture.inspection(verdict, recipe, Instant.parse(capturedAt));
    fixture.store.record(inspection, new byte[1], Optional.empty());
    return inspection;
  }

  private void say(Inspection inspection, Truth truth) {
    new ReviewStore(fixture.dataSource).put(new Review(inspection.id(), inspection.recipe(), truth, "ann", clock.now, Optional.empty()));
  }

  /** Judged ones have score 12.5, p-value 0.125 and threshold 40. */
  @Test
  void partsAreInTheBucketOfTheirCapture() {
    record(Verdict.OK, "2024-11-25T08:00:00Z");
    record(Verdict.NG, "2024-11-25T08:59:59.999Z");
    record(Verdict.UNJUDGED, "2024-11-25T10:00:00Z");
    record(Verdict.OK, "other", "2024-11-25T10:00:00Z");
    record(Verdict.OK, "2024-11-25T06:59:59Z");
    Trend trend = trends.trend("default", clock.now, HOUR, 4);
    assertThat(trend.from()).isEqualTo("2024-11-25T07:00:00Z");
    assertThat(trend.until()).isEqualTo("2024-11-25T11:00:00Z");
    assertThat(trend.buckets()).containsExactly(
        new Trend.Bucket(Instant.parse("2024-11-25T08:00:00Z"), new VerdictCounts(1, 1, 0), 2, 0, 0, OptionalDouble.of(12.5), OptionalDouble.of(12.5), OptionalDouble.of(40)),
        new Trend.Bucket(Instant.parse("2024-11-25T10:00:00Z"), new VerdictCounts(0, 0, 1), 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()));
  }

  @Test
  void aBucketThatIsOverIsReadOnceAndThatOfNowEachTime() {
    record(Verdict.OK, "2024-11-25T08:30:00Z");
    record(Verdict.OK, "2024-11-25T10:01:00Z");
    trends.trend("default", clock.now, HOUR, 4);
    record(Verdict.OK, "2024-11-25T08:31:00Z");
    record(Verdict.NG, "2024-11-25T10:02:00Z");
    assertThat(trends.trend("default", clock.now, HOUR, 4).buckets()).extracting(Trend.Bucket::counts).containsExactly(new VerdictCounts(1, 0, 0), new VerdictCounts(1, 1, 0));
  }

  @Test
  void aPartThatIsRecordedMomentsAfterItsHourIsCounted() {
    clock.now = Instant.parse("2024-11-25T10:00:30Z");
    assertThat(trends.trend("default", clock.now, HOUR, 4).buckets()).isEmpty();
    record(Verdict.OK, "2024-11-25T09:59:59Z");
    assertThat(trends.trend("default", clock.now, HOUR, 4).buckets()).hasSize(1);
  }

  @Test
  void fromTheNewestOnNoMoreRecordsAreReadThanMayBe() {
    for (String hour : new String[] {"06", "07", "08", "09", "10"}) {
      record(Verdict.OK, "2024-11-25T" + hour + ":00:00Z");
    }
    assertThat(new TrendStore(fixture.dataSource, 3).trend("default", clock.now, HOUR, 24).from()).isEqualTo("2024-11-25T08:00:00Z");
    assertThat(new TrendStore(fixture.dataSource, 6).trend("default", clock.now, HOUR, 24).from()).isEqualTo("2024-11-24T11:00:00Z");
  }

  @Test
  void whatPeopleSaidIsCountedByTheVerdictItWasSaidOf() {
    say(record(Verdict.NG, "2024-11-25T10:00:00Z"), Truth.GOOD);
    say(record(Verdict.NG, "2024-11-25T10:00:01Z"), Truth.BAD);
    say(record(Verdict.NG, "2024-11-25T10:00:02Z"), Truth.BAD);
    say(record(Verdict.OK, "2024-11-25T10:00:03Z"), Truth.BAD);
    say(record(Verdict.NG, "other", "2024-11-25T10:00:04Z"), Truth.GOOD);
    say(record(Verdict.NG, "2024-11-25T05:00:00Z"), Truth.GOOD);
    assertThat(trends.trend("default", clock.now, HOUR, 2).words()).isEqualTo(new Trend.Words(0, 1, 1, 2));
  }

  @Test
  void aClockThatJumpsTenYearsAndBackShowsWhatIsOnRecord() {
    record(Verdict.OK, "2024-11-25T10:00:00Z");
    assertThat(trends.trend("default", clock.now.plus(Duration.ofDays(3650)), HOUR, 4).buckets()).isEmpty();
    assertThat(trends.trend("default", clock.now.minus(Duration.ofDays(3650)), HOUR, 4).buckets()).isEmpty();
    assertThat(trends.trend("default", clock.now, HOUR, 4).buckets()).hasSize(1);
    assertThat(trends.trend("default", Instant.EPOCH, HOUR, 4).buckets()).isEmpty();
  }

  @Test
  void anHourThatTheClockCameBackToIsReadAnew() {
    record(Verdict.OK, "2024-11-25T08:30:00Z");
    trends.trend("default", clock.now, HOUR, 4);
    record(Verdict.NG, "2024-11-25T08:40:00Z");
    assertThat(trends.trend("default", Instant.parse("2024-11-25T08:41:00Z"), HOUR, 4).buckets()).extracting(Trend.Bucket::counts).containsExactly(new VerdictCounts(1, 1, 0));
  }

  @Test
  void thereAreAsManyBucketsAsMayBe() {
    assertThat(trends.trend("default", clock.now, HOUR, TrendStore.MOST_BUCKETS).buckets()).isEmpty();
    assertThatThrownBy(() -> trends.trend("default", clock.now, HOUR, TrendStore.MOST_BUCKETS + 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
