package io.kerf.web;

import io.kerf.inspection.store.Trend;
import io.kerf.inspection.store.VerdictCounts;
import io.kerf.station.LightLog;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How a recipe's parts were over time, as it is sent. */
@Schema(name = "Quality")
public record QualityView(String recipe,
    @Schema(description = "Later than asked for where there are more parts than are looked at.") Instant from, Instant until, long bucketSeconds,
    @Schema(nullable = true, description = "Share of good parts that the model in use may reject; null without a model.") Double promised, List<BucketView> buckets,
    Trend.Words reviewed, @Schema(description = "Of the last day, while the station ran.") List<LightView> light) {

  /** Parts that were captured in one span. */
  @Schema(name = "QualityBucket")
  public record BucketView(Instant from, VerdictCounts counts,
      @Schema(description = "Judged with a p-value of 0.5 or less.") long pMost50, @Schema(description = "Of 0.1 or less.") long pMost10,
      @Schema(description = "Of 0.01 or less.") long pMost1, @Schema(nullable = true) Double meanScore, @Schema(nullable = true) Double mostScore,
      @Schema(nullable = true) Double meanThreshold) {
    static BucketView of(Trend.Bucket bucket) {
      return new BucketView(bucket.from(), bucket.counts(), bucket.pMost50(), bucket.pMost10(), bucket.pMost1(), number(bucket.meanScore()), number(bucket.mostScore()),
          number(bucket.meanThreshold()));
    }
  }

  /** By how much the last hundred parts differed from the good parts learnt: −0.07 is 7 % less. */
  @Schema(name = "LightPoint")
  public record LightView(Instant at, double brightness, double contrast, double sharpness) {
    static LightView of(LightLog.Point point) {
      return new LightView(point.at(), point.drift().brightness(), point.drift().contrast(), point.drift().sharpness());
    }
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
