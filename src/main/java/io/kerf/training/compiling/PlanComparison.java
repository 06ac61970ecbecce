package io.kerf.training.compiling;

import io.kerf.density.Calibration;
import io.kerf.encoder.tensorrt.Precision;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a plan judges as ONNX Runtime does. With s the score by ONNX Runtime, m the median and q the interquartile range of the held-out scores, a plan may
 * say |s' − s| ≤ t·(q + |s − m|): t of the spread of good parts near them, and t of the distance far out. A verdict may then differ only where the score lies
 * that close to the threshold. Every part has to agree, the good ones as those with defects.
 *
 * @param words for people: on how many parts, the largest difference, how many verdicts flipped
 * @param refusal why the plan must not be used, for people; empty where it may be
 */
public record PlanComparison(String words, Optional<String> refusal) {
  /**
   * One part.
   *
   * @param name for people
   * @param reference score by ONNX Runtime
   * @param compiled score by the plan
   */
  public record Pair(String name, double reference, double compiled) {}

  /** t: what rounding may do. Half precision has 11 bits, which through twenty layers is some per cent of the spread; 8 bits are coarse. */
  static double tolerance(Precision precision) {
    return switch (precision) {
      case FP32 -> 0.01;
      case FP16 -> 0.05;
      case INT8 -> 0.25;
    };
  }

  /** @param pairs at least one; a plan that was compared with nothing is not known to agree */
  public static PlanComparison of(List<Pair> pairs, Calibration calibration, Precision precision) {
    if (pairs.isEmpty()) {
      return new PlanComparison("compared on no part", Optional.of("there is no image of this station that it could be compared on"));
    }
    Spread spread = Spread.of(calibration.heldOutScores());
    double tolerance = tolerance(precision);
    Pair worst = pairs.stream().max(Comparator.comparingDouble(spread::difference)).orElseThrow();
    if (!Double.isFinite(worst.compiled)) {
      return new PlanComparison("compared on " + pairs.size() + " parts", Optional.of("the score of " + worst.name + " by the plan is no number"));
    }
    long flips = pairs.stream().filter(pair -> calibration.rejects(pair.reference) != calibration.rejects(pair.compiled)).count();
    String words = String.format(Locale.ROOT, "compared on %d parts: largest difference %.4f of the spread (at most %.2f), %d verdict%s flipped close to the threshold",
        pairs.size(), spread.difference(worst), tolerance, flips, flips == 1 ? "" : "s");
    if (spread.difference(worst) > tolerance) {
      return new PlanComparison(words, Optional.of(String.format(Locale.ROOT,
          "%s has the score %.4f by ONNX Runtime and %.4f by the plan, a difference of %.3f of the spread where %.2f is allowed for %s", worst.name, worst.reference,
          worst.compiled, spread.difference(worst), tolerance, precision)));
    }
    return new PlanComparison(words, Optional.empty());
  }

  /** Of the held-out scores. */
  private record Spread(double median, double range) {
    static Spread of(List<Double> rising) {
      return new Spread(quantile(rising, 0.5), Math.max(quantile(rising, 0.75) - quantile(rising, 0.25), Math.ulp(1.0)));
    }

    private static double quantile(List<Double> rising, double share) {
      return rising.get((int) Math.round(share * (rising.size() - 1)));
    }

    /** Largest of all where one of them is no number. */
    double difference(Pair pair) {
      double difference = Math.abs(pair.compiled - pair.reference) / (range + Math.abs(pair.reference - median));
      return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
  }
}
