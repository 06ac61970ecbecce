package io.kerf.density;

import java.util.List;
import java.util.Optional;

/**
 * The p-values that held-out scores give, and the threshold that is exactly equivalent to comparing them with a budget.
 *
 * @param rising held-out scores, at least one
 * @param tail how they continue above the largest
 */
record Evidence(List<Double> rising, Optional<ParetoTail> tail) {

  PValue pValue(double score) {
    requireNumber(score);
    int n = rising.size();
    if (tail.isPresent() && score > rising.get(n - 1)) {
      ParetoTail beyond = tail.get();
      double continued = (beyond.exceedances() + 1.0) / (n + 1) * beyond.survival(score);
      return new PValue(Math.max(smallestPValue(), Math.min(1.0 / (n + 1), continued)), true);
    }
    return new PValue((1.0 + atLeast(score)) / (n + 1), false);
  }

  /** No score has a smaller p-value. */
  double smallestPValue() {
    double counted = 1.0 / (rising.size() + 1);
    return tail.isPresent() ? counted / Calibration.EXTRAPOLATION_LIMIT : counted;
  }

  /**
   * The largest number that is not rejected: {@code score > threshold} exactly where p(score) ≤ budget, both in {@code double}.
   * By counting: with m the most held-out scores that may be as odd, (1+m)/(n+1) ≤ α, a part is rejected where fewer than m+1 are at least
   * as odd, that is above the (m+1)-th largest; ties with it are kept.
   *
   * @throws IllegalArgumentException where no score has a p-value within the budget
   */
  double threshold(double budget) {
    if (smallestPValue() > budget) {
      throw new IllegalArgumentException("no score has a p-value of " + budget + " or less");
    }
    int n = rising.size();
    if (1.0 / (n + 1) > budget) {
      return extrapolatedThreshold(budget);
    }
    int most = (int) Math.min(n - 1, Math.floor(budget * (n + 1)));
    while ((1.0 + most) / (n + 1) > budget) {
      most--;
    }
    return rising.get(n - 1 - most);
  }

  /** Bisects the doubles between the largest held-out score, which is not rejected, and the largest double, which is. */
  private double extrapolatedThreshold(double budget) {
    long kept = ordinal(rising.get(rising.size() - 1));
    long rejected = ordinal(Double.MAX_VALUE);
    while (rejected != kept + 1) {
      long middle = (kept & rejected) + ((kept ^ rejected) >> 1);
      if (pValue(atOrdinal(middle)).value() > budget) {
        kept = middle;
      } else {
        rejected = middle;
      }
    }
    return atOrdinal(kept);
  }

  static void requireNumber(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException("a score that is not a number cannot be judged");
    }
  }

  private int atLeast(double score) {
    int low = 0;
    int high = rising.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rising.get(middle) >= score) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rising.size() - low;
  }

  /** Numbers the doubles in their order, so that neighbours differ by one. Its own inverse on the bits. */
  private static long ordinal(double value) {
    long bits = Double.doubleToRawLongBits(value);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static double atOrdinal(long ordinal) {
    return Double.longBitsToDouble(ordinal ^ (ordinal >> 63 & Long.MAX_VALUE));
  }
}
