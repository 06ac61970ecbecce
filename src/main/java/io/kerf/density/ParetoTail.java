package io.kerf.density;

import java.util.List;
import java.util.Optional;

/**
 * The generalised Pareto distribution of scores above a high one: P(S &gt; s | S &gt; u) = (1 + ξ(s−u)/σ)^(−1/ξ), or exp(−(s−u)/σ) at ξ = 0.
 *
 * <p>Peaks over threshold with probability-weighted moments (Hosking and Wallis, "Parameter and quantile estimation for the generalized
 * Pareto distribution", Technometrics 29 (1987), section 3): with a₀ = mean y and a₁ = mean (1−pⱼ)yⱼ over the k rising excesses yⱼ,
 * pⱼ = (j−0.35)/k: ξ = 2 − a₀/(a₀−2a₁), σ = 2a₀a₁/(a₀−2a₁). A tail shorter than exponential (ξ &lt; 0) would end at a score beyond which
 * good parts are impossible; so few parts cannot show that, so ξ is at least 0, and then σ = a₀.
 *
 * @param start u, the largest score below the excesses
 * @param shape ξ, in [0, 1)
 * @param scale σ &gt; 0
 * @param exceedances k
 */
public record ParetoTail(double start, double shape, double scale, int exceedances) {
  /** The fewest held-out scores a tail is fitted to. */
  public static final int FEWEST_SCORES = 30;

  private static final int FEWEST_EXCEEDANCES = 10;

  /** Share of the largest scores taken as tail, the customary tenth. */
  private static final double TAIL_SHARE = 0.1;

  /** Offset of the plotting positions of Hosking and Wallis. */
  private static final double PLOTTING_OFFSET = 0.35;

  public ParetoTail {
    if (!Double.isFinite(start) || !(shape >= 0 && shape < 1) || !(scale > 0 && scale < Double.POSITIVE_INFINITY) || exceedances < 1) {
      throw new IllegalArgumentException("no generalised Pareto tail has start " + start + ", shape " + shape + ", scale " + scale
          + " and " + exceedances + " exceedances");
    }
  }

  /**
   * Fits the tail of rising scores.
   *
   * @return empty for fewer than {@link #FEWEST_SCORES}, and where the largest are all the same
   */
  static Optional<ParetoTail> of(List<Double> risingScores) {
    int n = risingScores.size();
    if (n < FEWEST_SCORES) {
      return Optional.empty();
    }
    int k = Math.max(FEWEST_EXCEEDANCES, (int) Math.ceil(TAIL_SHARE * n));
    double start = risingScores.get(n - k - 1);
    double first = 0;
    double second = 0;
    for (int j = 1; j <= k; j++) {
      double excess = risingScores.get(n - k - 1 + j) - start;
      first += excess / k;
      second += (1 - (j - PLOTTING_OFFSET) / k) * excess / k;
    }
    if (!(first > 0)) {
      return Optional.empty();
    }
    double denominator = first - 2 * second;
    double shape = 2 - first / denominator;
    boolean longTail = denominator > 0 && shape > 0;
    return Optional.of(longTail ? new ParetoTail(start, shape, 2 * first * second / denominator, k) : new ParetoTail(start, 0, first, k));
  }

  /**
   * P(S &gt; score | S &gt; start), for scores from {@link #start()} on: in [0, 1], never rising. StrictMath, so that a threshold and the
   * verdicts by it are the same on every machine.
   */
  double survival(double score) {
    double excesses = Math.max(0, score - start) / scale;
    return StrictMath.exp(shape == 0 ? -excesses : -StrictMath.log1p(shape * excesses) / shape);
  }
}
