package io.kerf.density;

import java.util.Arrays;

/**
 * Puts scores of different kinds on one scale: surprise in nats, g(s) = −ln p̂(s), with p̂ the share of good parts at least as odd.
 *
 * <p>With n scores of good parts and u the one above which k = max({@value #FEWEST_TAIL}, n/{@value #TAIL_PART}) lie: above u, the tail is
 * exponential, p̂(s) = (k+2)/(n+1)·exp(−(s−u)/σ) with σ the mean excess over u, so that g goes on rising beyond the oddest good part; below,
 * p̂ is counted and interpolated. g never falls and is never below 0. The sum of g over kinds is Fisher's combination of p-values (Fisher,
 * "Statistical methods for research workers", 1932, section 21.1).
 *
 * @param body rising scores up to u, which is the last
 * @param count n
 * @param tail σ, above 0
 */
public record ScoreScale(double[] body, int count, double tail) {
  private static final int FEWEST_TAIL = 3;
  private static final int TAIL_PART = 2;
  /** A mean excess below this share of the whole spread is chance: the tail would be a wall. */
  private static final double LEAST_TAIL_SHARE = 0.02;

  public ScoreScale {
    if (body.length == 0 || count < body.length || !(tail > 0)) {
      throw new IllegalArgumentException(body.length + " of " + count + " scores and a tail of " + tail + " are no scale");
    }
  }

  /** @param scores of good parts, in any order, at least one; finite */
  public static ScoreScale of(double[] scores) {
    double[] rising = scores.clone();
    Arrays.sort(rising);
    int n = rising.length;
    int k = Math.min(n - 1, Math.max(FEWEST_TAIL, n / TAIL_PART));
    double u = rising[n - 1 - k];
    double excess = 0;
    for (int i = n - k; i < n; i++) {
      excess += (rising[i] - u) / k;
    }
    double spread = rising[n - 1] - rising[0];
    double least = Math.max(LEAST_TAIL_SHARE * spread, 1e-6 * Math.max(1, Math.abs(rising[n - 1])));
    return new ScoreScale(Arrays.copyOf(rising, n - k), n, Math.max(excess, least));
  }

  /** g(s), at least 0. */
  public double surprise(double score) {
    double u = body[body.length - 1];
    if (score >= u) {
      return Math.log((count + 1.0) / (count - body.length + 2.0)) + (score - u) / tail;
    }
    int at = Arrays.binarySearch(body, score);
    int above = at >= 0 ? at : -at - 1;
    double between = above == 0 || at >= 0 ? 0 : (body[above] - score) / (body[above] - body[above - 1]);
    double atLeast = above == 0 ? count : count - above + between;
    return Math.log((count + 1.0) / Math.min(count + 1.0, atLeast + 1));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreScale that && Arrays.equals(body, that.body) && count == that.count && tail == that.tail;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(body) + 31 * count;
  }
}
