package io.kerf.inspection.store;

import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a recipe's parts were over time.
 *
 * @param from where it begins; later than was asked for where there are more records than are looked at
 * @param until where it ends, not included
 * @param buckets oldest first, without those in which nothing was judged
 * @param words what people said of parts that were judged since {@code from}
 */
public record Trend(Instant from, Instant until, List<Bucket> buckets, Words words) {
  /**
   * Parts that were captured in one span. Under the promise of the calibration the p-values of good parts are spread evenly, so that one in ten is 0.1 or less.
   *
   * @param pMost50 judged with a p-value of 0.5 or less
   * @param pMost10 of 0.1 or less
   * @param pMost1 of 0.01 or less
   * @param meanScore of those judged; none where none was. Scores of two bundles do not compare
   * @param meanThreshold above which they were NG
   */
  public record Bucket(Instant from, VerdictCounts counts, long pMost50, long pMost10, long pMost1, OptionalDouble meanScore, OptionalDouble mostScore,
      OptionalDouble meanThreshold) {}

  /** @param okGood said to be good and judged OK, and so on */
  public record Words(long okGood, long okBad, long ngGood, long ngBad) {}
}
