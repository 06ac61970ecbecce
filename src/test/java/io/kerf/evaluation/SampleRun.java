package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.Floor;
import io.kerf.evaluation.EvaluationResult.Host;
import io.kerf.evaluation.EvaluationResult.Overall;
import io.kerf.evaluation.EvaluationResult.Settings;
import io.kerf.evaluation.EvaluationResult.SingleScore;
import io.kerf.evaluation.EvaluationResult.Timings;
import io.kerf.evaluation.EvaluationResult.Training;
import io.kerf.evaluation.Hindsight.Weighed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Made-up results of runs for tables of several: only what a table is made of. */
record SampleRun(String set, String budget, long seed, String fingerprint, double alpha, double auroc, int falseRejects) {
  /** 20 good parts, 19 held out at α = 5 %: scipy.stats.betabinom.ppf([.025, .975], 20, 1, 19) is [0, 5]. */
  static final RateBand BAND = RateBand.promised(20, 19, 0.05);

  static EvaluationResult of(String set, String budget, long seed, double auroc, int falseRejects) {
    return new SampleRun(set, budget, seed, "", 0.05, auroc, falseRejects).result();
  }

  /** One that answers what was asked. */
  static EvaluationResult answering(Combination asked, double auroc) {
    return new SampleRun(asked.dataset().name(), asked.budget(), asked.seed(), asked.fingerprint(), asked.settings().falseRejectBudget(), auroc, 1).result();
  }

  EvaluationResult result() {
    Overall overall = new Overall(OptionalDouble.of(auroc), OptionalDouble.of(0.9), OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalDouble.of(falseRejects / 20.0), OptionalDouble.of(0.75), alpha, Optional.of(BAND), Optional.empty(), 20, falseRejects, 40, 30, 0, 0, 3, 19,
        List.of());
    SingleScore thumbnail = new SingleScore(true, OptionalDouble.of(auroc - 0.1), OptionalDouble.of(0), 0, 20, Optional.of(BAND), OptionalDouble.of(0.5));
    Weighed chosen = new Weighed("2 × thumbnail", auroc);
    Weighed best = new Weighed("2 × thumbnail + local", auroc + 0.01);
    return new EvaluationResult(set, Instant.EPOCH, "0123", new Settings(128, budget, seed, "natural", "thumbnail", alpha, 0.05, OptionalInt.empty(),
        fingerprint, "empirical"), overall, new Floor(OptionalDouble.of(0.8), OptionalDouble.empty(), OptionalDouble.of(0.85), List.of()),
        Map.of(ScoreKind.THUMBNAIL, thumbnail), List.of(new Promise(Promise.FUSED, 0.05, falseRejects, 20, BAND), new Promise("thumbnail", 0.05, 0, 20, BAND)),
        Optional.empty(), List.of(), Optional.of(new Hindsight(chosen, best, List.of(best, chosen))), Optional.empty(), new TreeMap<>(),
        new Training(100 + seed, budget.equals("2m") ? 120 : 300, List.of()), Map.of(), new Timings(1, 2, 3, 4), new Host(1, "", "", "", Map.of()), List.of());
  }
}
