package io.kerf.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well scores put defective parts above good ones, whatever the threshold. A higher score is odder.
 *
 * <p>Needs at least one part of each kind; without, {@link #auroc()} and {@link #averagePrecision()} are empty and {@link #roc()} has
 * no points.
 */
public final class Ranking {
  /**
   * A point of the receiver operating characteristic, each a share in [0, 1].
   *
   * @param falseRejectRate share of good parts at or above some score
   * @param detectionRate share of defective parts at or above it
   */
  public record RocPoint(double falseRejectRate, double detectionRate) {}

  private final double[] good;
  private final double[] defective;

  /**
   * @param good scores of good parts, finite
   * @param defective scores of defective parts, finite
   * @throws IllegalArgumentException on NaN or infinity
   */
  public Ranking(double[] good, double[] defective) {
    this.good = ascending(good);
    this.defective = ascending(defective);
  }

  private static double[] ascending(double[] scores) {
    double[] sorted = scores.clone();
    for (double score : sorted) {
      if (!Double.isFinite(score)) {
        throw new IllegalArgumentException("a score of " + score + " cannot be ranked");
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * Area under the ROC: the chance that a defective part scores above a good one, ties counting one half.
   *
   * <p>AUROC = (R − n₁(n₁+1)/2) / (n₀ n₁), R the sum of the defective parts' mid-ranks (Mann and Whitney, 1947).
   */
  public OptionalDouble auroc() {
    if (good.length == 0 || defective.length == 0) {
      return OptionalDouble.empty();
    }
    double won = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : defective) {
      while (below < good.length && good[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < good.length && good[notAbove] == score) {
        notAbove++;
      }
      won += 0.5 * ((double) below + notAbove);
    }
    return OptionalDouble.of(won / ((double) good.length * defective.length));
  }

  /** Average precision, Σ (Rₖ − Rₖ₋₁) Pₖ over the distinct scores from the highest, as scikit-learn defines it (no interpolation). */
  public OptionalDouble averagePrecision() {
    if (good.length == 0 || defective.length == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    int g = good.length;
    int d = defective.length;
    while (d > 0) {
      double score = g > 0 ? Math.max(good[g - 1], defective[d - 1]) : defective[d - 1];
      int before = d;
      g = firstAtLeast(good, g, score);
      d = firstAtLeast(defective, d, score);
      int stopped = defective.length - d;
      sum += (before - d) * (double) stopped / (stopped + good.length - g);
    }
    return OptionalDouble.of(sum / defective.length);
  }

  /** Points from (0, 0) to (1, 1), one for each distinct score, those in the middle of a straight stretch left out. */
  public List<RocPoint> roc() {
    if (good.length == 0 || defective.length == 0) {
      return List.of();
    }
    List<RocPoint> points = new ArrayList<>(List.of(new RocPoint(0, 0)));
    int g = good.length;
    int d = defective.length;
    while (g > 0 || d > 0) {
      double score = Math.max(g > 0 ? good[g - 1] : Double.NEGATIVE_INFINITY, d > 0 ? defective[d - 1] : Double.NEGATIVE_INFINITY);
      g = firstAtLeast(good, g, score);
      d = firstAtLeast(defective, d, score);
      add(points, new RocPoint((good.length - g) / (double) good.length, (defective.length - d) / (double) defective.length));
    }
    return List.copyOf(points);
  }

  private static void add(List<RocPoint> points, RocPoint next) {
    int last = points.size() - 1;
    if (last > 0 && straight(points.get(last - 1), points.get(last), next)) {
      points.remove(last);
    }
    points.add(next);
  }

  private static boolean straight(RocPoint a, RocPoint b, RocPoint c) {
    return a.falseRejectRate == b.falseRejectRate && b.falseRejectRate == c.falseRejectRate
        || a.detectionRate == b.detectionRate && b.detectionRate == c.detectionRate;
  }

  private static int firstAtLeast(double[] ascending, int end, double score) {
    int i = end;
    while (i > 0 && ascending[i - 1] >= score) {
      i--;
    }
    return i;
  }

  /** Share of good parts scoring above the threshold; empty where there are none. */
  public OptionalDouble falseRejectRate(double threshold) {
    return shareAbove(good, threshold);
  }

  /** Share of defective parts scoring above the threshold; empty where there are none. */
  public OptionalDouble detectionRate(double threshold) {
    return shareAbove(defective, threshold);
  }

  private static OptionalDouble shareAbove(double[] scores, double threshold) {
    return Arrays.stream(scores).map(score -> score > threshold ? 1 : 0).average();
  }
}
