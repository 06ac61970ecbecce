package io.kerf.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.Case;
import io.kerf.model.Bundle;
import io.kerf.model.Manifest;
import io.kerf.training.FusionChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the choice of scores cost: the combinations that were weighed before any defect was seen, ranked by the defects of the test parts.
 * Known only afterwards, so no combination named here is a result; it says how much a better way to choose could still give.
 *
 * @param chosen what the verdict rests on, and its area under the ROC curve on the test parts
 * @param best the combination of the largest area; the chosen one where none has a larger
 * @param weighed every combination, best first; the chosen one is among them unless its scores or weights were asked for
 */
public record Hindsight(Weighed chosen, Weighed best, List<Weighed> weighed) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @param scores in words: {@code 2 × thumbnail + dense-top} */
  public record Weighed(String scores, double imageAuroc) {}

  public Hindsight {
    weighed = List.copyOf(weighed);
  }

  /** Empty where the bundle does not hold the scores of its held-out parts, or where test parts of either kind are missing. */
  static Optional<Hindsight> of(List<Case> cases, Bundle bundle) throws IOException {
    return of(cases, bundle.rules().fusion(), heldOutScores(bundle.folder().resolve(Manifest.REPORT)));
  }

  /**
   * @param heldOut scores of held-out parts by kind: what the scales of every combination come from; may be empty
   * @param chosen what the verdicts rest on
   */
  static Optional<Hindsight> of(List<Case> cases, Fusion chosen, Map<ScoreKind, double[]> heldOut) {
    OptionalDouble area = auroc(cases, chosen);
    if (area.isEmpty() || !heldOut.containsKey(ScoreKind.THUMBNAIL)) {
      return Optional.empty();
    }
    Weighed own = new Weighed(chosen.description(), area.getAsDouble());
    List<Weighed> weighed = new ArrayList<>();
    for (Fusion fusion : FusionChoice.candidates(heldOut)) {
      auroc(cases, fusion).ifPresent(value -> weighed.add(new Weighed(fusion.description(), value)));
    }
    weighed.sort(Comparator.comparingDouble(Weighed::imageAuroc).reversed());
    boolean better = !weighed.isEmpty() && weighed.get(0).imageAuroc > own.imageAuroc;
    return Optional.of(new Hindsight(own, better ? weighed.get(0) : own, weighed));
  }

  /** By how much the best is better than the chosen. */
  double gain() {
    return best.imageAuroc - chosen.imageAuroc;
  }

  String sentence() {
    if (gain() == 0) {
      return Figures.format("In hindsight: no combination weighed ranks these test parts better than %s, which was chosen (%.4f).", chosen.scores,
          chosen.imageAuroc);
    }
    return Figures.format("In hindsight: %s would have reached an image AUROC of %.4f, %.4f more than %s, which was chosen (%.4f).", best.scores,
        best.imageAuroc, gain(), chosen.scores, chosen.imageAuroc);
  }

  private static OptionalDouble auroc(List<Case> cases, Fusion fusion) {
    return new Ranking(fused(cases, fusion, false), fused(cases, fusion, true)).auroc();
  }

  private static double[] fused(List<Case> cases, Fusion fusion, boolean defective) {
    return cases.stream().filter(part -> part.defective() == defective && part.scores().keySet().containsAll(fusion.kinds()))
        .mapToDouble(part -> fusion.score(part.scores())).toArray();
  }

  /** Empty where the file is not there, is not readable, or was written before held-out scores were kept. */
  static Map<ScoreKind, double[]> heldOutScores(Path bundleReport) throws IOException {
    if (!Files.isRegularFile(bundleReport)) {
      return Map.of();
    }
    try {
      JsonNode scores = JSON.readTree(bundleReport.toFile()).path("heldOutScores");
      return scores.isObject() ? JSON.convertValue(scores, new TypeReference<Map<ScoreKind, double[]>>() {}) : Map.of();
    } catch (JacksonException | IllegalArgumentException otherVersion) {
      return Map.of();
    }
  }
}
