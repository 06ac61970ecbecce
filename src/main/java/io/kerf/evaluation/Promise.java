package io.kerf.evaluation;

import io.kerf.density.Calibration;
import io.kerf.density.TailPolicy;
import io.kerf.model.ScoringRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Whether good test parts are rejected as often as one score would promise at one budget, whatever budget the model itself was given: its
 * held-out scores are calibrated anew.
 *
 * @param score label of the kind, or {@value #FUSED} for what the verdict rests on
 * @param alpha the budget
 * @param rejected good test parts above the threshold at that budget
 * @param good good test parts judged
 * @param band where the rate lies if the promise is kept
 */
public record Promise(String score, double alpha, int rejected, int good, RateBand band) {
  public static final String FUSED = "fused";
  /** The budgets a line is run at. */
  static final double[] BUDGETS = {0.01, 0.05};

  /** Of the fused score first, then of every single one, at each budget that the held-out parts can show; none without good test parts. */
  static List<Promise> of(List<CaseResult> cases, ScoringRules rules) {
    List<CaseResult> good = cases.stream().filter(part -> !part.image().defective()).toList();
    List<Promise> promises = new ArrayList<>();
    for (double alpha : BUDGETS) {
      check(promises, FUSED, alpha, rules.calibration(), good, CaseResult::score);
      rules.each().forEach((kind, calibration) -> check(promises, kind.label(), alpha, calibration, good, part -> part.score(kind)));
    }
    return promises;
  }

  private static void check(List<Promise> promises, String score, double alpha, Calibration calibration, List<CaseResult> good,
      Function<CaseResult, OptionalDouble> value) {
    double[] scores = good.stream().map(value).flatMapToDouble(OptionalDouble::stream).toArray();
    int heldOut = calibration.heldOutScores().size();
    if (scores.length > 0 && heldOut >= Calibration.fewestHeldOut(alpha)) {
      Calibration at = calibration.withBudget(alpha, TailPolicy.REFUSE);
      promises.add(new Promise(score, alpha, (int) Arrays.stream(scores).filter(at::rejects).count(), scores.length, RateBand.promised(scores.length, heldOut, alpha)));
    }
  }
}
