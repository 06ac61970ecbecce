package io.kerf.evaluation;

import io.kerf.density.CountDistribution;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * A range of rates with the counts behind it.
 *
 * @param low share, 0…1
 * @param high share, 0…1
 * @param kind what the range says, for the reader of a report
 */
public record RateBand(double low, double high, Kind kind) {
  /** Share of the probability a band holds. */
  public static final double CONFIDENCE = 0.95;

  private static final double TAIL = (1 - CONFIDENCE) / 2;
  private static final int BISECTIONS = 60;

  /** What a band says. */
  public enum Kind {
    /** Where the rate of {@code n} fresh parts falls if each is rejected with the promised probability. */
    BINOMIAL,
    /** The same, allowing for the threshold having been set from a finite number of held-out parts. */
    BETA_BINOMIAL,
    /** The true rates that would not be surprised by what was counted. */
    CLOPPER_PEARSON
  }

  /**
   * The central 95 % of Binomial(n, α) / n: where the observed false-reject rate lies if the true one is α.
   *
   * @param parts n, at least 1
   * @param promised α in [0, 1]
   */
  public static RateBand binomial(int parts, double promised) {
    return central(CountDistribution.binomial(parts, promised), parts, Kind.BINOMIAL);
  }

  /**
   * The central 95 % of the false-reject rate among {@code parts} fresh good parts when the threshold came from split-conformal
   * calibration on {@code heldOut} good parts.
   *
   * <p>With k = ⌊α(m+1)⌋ the true rate of a threshold set from m held-out scores is Beta(k, m+1−k) distributed over calibrations, so
   * the count among n fresh parts is BetaBinomial(n, k, m+1−k) (V. Vovk, "Conditional validity of inductive conformal predictors",
   * 2012; A. Angelopoulos and S. Bates, "A Gentle Introduction to Conformal Prediction", 2021, section 3.2). Ties among scores make
   * the true rate smaller. Where k = 0 nothing can be rejected and the band is {0, 0}.
   *
   * @param parts n, at least 1
   * @param heldOut m, at least 1
   * @param promised α in (0, 1)
   */
  public static RateBand calibrated(int parts, int heldOut, double promised) {
    int k = rejectableRanks(heldOut, promised);
    if (k == 0) {
      return new RateBand(0, 0, Kind.BETA_BINOMIAL);
    }
    return central(CountDistribution.betaBinomial(parts, k, heldOut + 1 - k), parts, Kind.BETA_BINOMIAL);
  }

  /**
   * The band in which the observed false-reject rate keeps the promise: {@link #calibrated} where the held-out parts reach α, else
   * (the tail was extrapolated) {@link #binomial}.
   */
  public static RateBand promised(int parts, int heldOut, double promised) {
    return rejectableRanks(heldOut, promised) > 0 ? calibrated(parts, heldOut, promised) : binomial(parts, promised);
  }

  /**
   * k = ⌊α(m+1)⌋: how many of the ranks among m held-out parts and a fresh one are rejected. Counted by comparing p = k/(m+1) with α,
   * as a verdict does, since α(m+1) rounds to just below a whole number for some.
   */
  static int rejectableRanks(int heldOut, double promised) {
    int k = (int) Math.round(promised * (heldOut + 1));
    return k / (heldOut + 1.0) <= promised ? k : k - 1;
  }

  /**
   * Exact 95 % confidence interval of a rate from a count (C. Clopper and E. Pearson, Biometrika 26, 1934).
   *
   * @param count x in 0…n
   * @param parts n, at least 1
   */
  public static RateBand clopperPearson(int count, int parts) {
    double low = 0;
    double high = 1;
    if (count > 0) {
      low = rateWhere(rate -> 1 - CountDistribution.binomial(parts, rate).atMost(count - 1) < TAIL);
    }
    if (count < parts) {
      high = rateWhere(rate -> CountDistribution.binomial(parts, rate).atMost(count) > TAIL);
    }
    return new RateBand(low, high, Kind.CLOPPER_PEARSON);
  }

  /** Whether so many of so many are not above it. */
  boolean allows(int count, int of) {
    return count <= high * of + 1e-9;
  }

  /** From the lowest to the highest of several. @param bands at least one */
  static RateBand widest(List<RateBand> bands) {
    return new RateBand(bands.stream().mapToDouble(RateBand::low).min().orElseThrow(), bands.stream().mapToDouble(RateBand::high).max().orElseThrow(),
        bands.get(0).kind());
  }

  private static RateBand central(CountDistribution counts, int parts, Kind kind) {
    return new RateBand(counts.quantile(TAIL) / (double) parts, counts.quantile(1 - TAIL) / (double) parts, kind);
  }

  private static double rateWhere(DoublePredicate below) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (below.test(middle)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
