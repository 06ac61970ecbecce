package io.kerf.training;

import io.kerf.density.Fusion;
import io.kerf.density.RocArea;
import io.kerf.density.ScoreKind;
import io.kerf.pretext.UnseenDefect;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What is known about scores before any real defect was seen: those of held-out good parts, and of the same parts with synthetic defects
 * of kinds that no lesson teaches. Each is by densities that have not seen the part.
 *
 * @param good scores of the held-out parts, by kind of score
 * @param defective by kind of defect; empty where none were painted
 */
record SyntheticEvidence(Map<ScoreKind, double[]> good, Map<UnseenDefect, Map<ScoreKind, double[]>> defective) {

  /** Mean over the kinds of defects of the area under the ROC curve; 0.5 where there is no evidence. */
  double auroc(ScoreKind kind) {
    return defective.values().stream().mapToDouble(scores -> RocArea.of(good.get(kind), scores.get(kind))).average().orElse(0.5);
  }

  /** Mean over the kinds of defects of the area under the ROC curve of a fused score; 0.5 where there is no evidence. */
  double auroc(Fusion fusion) {
    double[] fine = fusion.heldOutScores(good);
    return defective.values().stream().mapToDouble(scores -> RocArea.of(fine, fused(fusion, scores))).average().orElse(0.5);
  }

  /** The area for each kind of score and of defect. */
  Map<ScoreKind, Map<UnseenDefect, Double>> byKind() {
    Map<ScoreKind, Map<UnseenDefect, Double>> all = new EnumMap<>(ScoreKind.class);
    good.forEach((kind, scores) -> {
      Map<UnseenDefect, Double> of = new EnumMap<>(UnseenDefect.class);
      defective.forEach((defect, painted) -> of.put(defect, RocArea.of(scores, painted.get(kind))));
      all.put(kind, of);
    });
    return all;
  }

  private static double[] fused(Fusion fusion, Map<ScoreKind, double[]> scores) {
    int n = scores.values().iterator().next().length;
    return IntStream.range(0, n).mapToDouble(i -> fusion.score(Fusion.at(scores, i))).toArray();
  }
}
