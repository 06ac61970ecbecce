package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.Floor;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * One set and budget over all its seeds. A figure that no run has is empty.
 *
 * @param alpha promised false-reject rate; the largest where the held-out parts of the seeds show different ones
 * @param askedAlpha the rate asked for
 * @param normals good parts drawn; empty where all were taken
 * @param imageAuroc of the fused score
 * @param scores image AUROC of every single score
 * @param randomEncoder its image AUROC, one of the floors
 * @param thumbnail the floor's, which is the score {@code thumbnail} of a model in the same frame
 * @param hindsight image AUROC of the combination that turned out best in each run
 */
public record SummaryRow(String set, String budget, OptionalInt normals, double alpha, double askedAlpha, List<Long> seeds, Optional<Spread> imageAuroc,
    Map<ScoreKind, Spread> scores, Optional<Spread> randomEncoder, Optional<Spread> thumbnail, Optional<Spread> hindsight, Optional<Spread> pixelAuroc,
    Optional<Spread> aupro, FalseRejects falseRejects, Detections detections, Optional<Spread> trainingSeconds, Optional<Spread> trainingSteps,
    Optional<Spread> inferenceMillis) {
  public SummaryRow {
    seeds = List.copyOf(seeds);
    scores = Collections.unmodifiableMap(scores.isEmpty() ? Map.of() : new EnumMap<>(scores));
  }

  /**
   * Good test parts of all runs together.
   *
   * @param band where the rate of one run lies if the promise is kept. The runs judge the same test parts, so their mean is not taken to vary
   *     less than one of them
   * @param byGroup the same where good test parts belong together, which makes them say less; see {@link GroupedRejects}
   * @param kept whether the rate of all together is not above the higher of them; true where there were none to observe
   */
  public record FalseRejects(int rejected, int good, Optional<RateBand> band, Optional<RateBand> byGroup, boolean kept) {}

  /** Defective test parts of all runs together. */
  public record Detections(int detected, int defective) {}

  /** @param runs of one set and budget, at least one */
  static SummaryRow of(List<EvaluationResult> runs) {
    EvaluationResult first = runs.get(0);
    return new SummaryRow(first.dataset(), first.settings().budget(), first.settings().normals(),
        runs.stream().mapToDouble(run -> run.settings().alpha()).max().orElseThrow(), first.settings().askedAlpha(),
        runs.stream().map(run -> run.settings().seed()).toList(), spread(runs, run -> run.overall().imageAuroc()), scores(runs),
        spread(runs, run -> run.floor().imageAuroc()), spread(runs, run -> run.floor().thumbnailAuroc()),
        spread(runs, run -> run.hindsight().map(h -> OptionalDouble.of(h.best().imageAuroc())).orElse(OptionalDouble.empty())),
        spread(runs, run -> run.overall().pixelAuroc()), spread(runs, run -> run.overall().aupro()), falseRejects(runs),
        new Detections(sum(runs, Overall::detected), sum(runs, Overall::defective)), measured(runs, run -> run.training().seconds()),
        measured(runs, run -> run.training().steps()), measured(runs, run -> run.timingsMillis().total()));
  }

  /** The higher floor; empty where none was measured. */
  OptionalDouble highestFloor() {
    return new Floor(mean(randomEncoder), OptionalDouble.empty(), mean(thumbnail), List.of()).highest();
  }

  boolean belowFloor() {
    return imageAuroc.isPresent() && highestFloor().isPresent() && imageAuroc.get().mean() < highestFloor().getAsDouble();
  }

  private static OptionalDouble mean(Optional<Spread> spread) {
    return spread.map(s -> OptionalDouble.of(s.mean())).orElse(OptionalDouble.empty());
  }

  private static Map<ScoreKind, Spread> scores(List<EvaluationResult> runs) {
    Map<ScoreKind, Spread> scores = new EnumMap<>(ScoreKind.class);
    for (ScoreKind kind : new TreeSet<>(runs.stream().map(run -> run.scores().keySet()).flatMap(Collection::stream).toList())) {
      spread(runs, run -> run.scores().containsKey(kind) ? run.scores().get(kind).imageAuroc() : OptionalDouble.empty())
          .ifPresent(spread -> scores.put(kind, spread));
    }
    return scores;
  }

  private static FalseRejects falseRejects(List<EvaluationResult> runs) {
    int rejected = sum(runs, Overall::falseRejects);
    int good = sum(runs, Overall::good);
    List<RateBand> bands = runs.stream().flatMap(run -> run.overall().falseRejectBand().stream()).toList();
    if (bands.isEmpty()) {
      return new FalseRejects(rejected, good, Optional.empty(), Optional.empty(), true);
    }
    RateBand widest = RateBand.widest(bands);
    List<RateBand> grouped = runs.stream().flatMap(run -> run.groups().stream()).map(GroupedRejects::band).toList();
    Optional<RateBand> byGroup = grouped.isEmpty() ? Optional.empty() : Optional.of(RateBand.widest(grouped));
    boolean kept = widest.allows(rejected, good) || byGroup.filter(band -> band.allows(rejected, good)).isPresent();
    return new FalseRejects(rejected, good, Optional.of(widest), byGroup, kept);
  }

  private static int sum(List<EvaluationResult> runs, ToIntFunction<Overall> count) {
    return runs.stream().map(EvaluationResult::overall).mapToInt(count).sum();
  }

  private static Optional<Spread> measured(List<EvaluationResult> runs, ToDoubleFunction<EvaluationResult> figure) {
    return Spread.of(runs.stream().mapToDouble(figure));
  }

  private static Optional<Spread> spread(List<EvaluationResult> runs, Function<EvaluationResult, OptionalDouble> figure) {
    return Spread.of(runs.stream().map(figure).flatMapToDouble(OptionalDouble::stream));
  }
}
