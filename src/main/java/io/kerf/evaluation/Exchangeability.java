package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.Case;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the good test parts could have been drawn from the same box as the held-out ones they are judged by: what the promise of a
 * false-reject rate rests on.
 *
 * <p>If they could, the mean of their p-values is (m+2)/(2(m+1)) with m held-out parts, with a standard error of √((1/n + 1/m)/12) for n test
 * parts: the rank-sum test of Wilcoxon, Mann and Whitney, written in p-values.
 *
 * @param mean p-value of the good test parts
 * @param expected mean where they are alike
 * @param standardErrors by which the mean lies below what is expected; negative where above
 */
record Exchangeability(double mean, double expected, double standardErrors) {
  /** Two standard errors: by chance in one of 44 evaluations. */
  private static final double NOTABLE = 2;

  /** Empty without judged good parts or held-out parts. */
  static Optional<Exchangeability> of(List<Case> cases, int heldOut) {
    double[] pValues = cases.stream().filter(c -> !c.defective()).flatMapToDouble(c -> c.pValue().stream()).toArray();
    if (pValues.length == 0 || heldOut == 0) {
      return Optional.empty();
    }
    double mean = java.util.Arrays.stream(pValues).sum() / pValues.length;
    double expected = (heldOut + 2.0) / (2 * (heldOut + 1.0));
    double error = Math.sqrt((1.0 / pValues.length + 1.0 / heldOut) / 12);
    return Optional.of(new Exchangeability(mean, expected, (expected - mean) / error));
  }

  boolean shifted() {
    return standardErrors > NOTABLE;
  }

  /** Why a promise is not kept where the test parts differ from those it was made for. */
  String sentence() {
    return String.format(Locale.ROOT, "The good test parts are odder than the held-out parts of the training set (mean p-value %.2f where %.2f is expected,"
        + " %.1f standard errors off): they differ from the parts the promise was made for.", mean, expected, standardErrors);
  }
}
