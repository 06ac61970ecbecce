package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.Case;
import io.kerf.evaluation.Hindsight.Weighed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HindsightTest {
  /** Held-out scores 0, 1, 2, 3: u = 0, mean excess σ = 2, so the surprise of any s ≥ 0 is s/2 for each kind. */
  private static final double[] EVEN = {0, 1, 2, 3};
  private static final Map<ScoreKind, double[]> HELD_OUT = Map.of(ScoreKind.THUMBNAIL, EVEN, ScoreKind.DENSE_TOP, EVEN, ScoreKind.LOCAL, EVEN);

  private final List<Case> cases = List.of(part(false, 3, 0, 0), part(false, 0, 0, 3), part(true, 2, 4, 0), part(true, 1, 4, 1), unjudged());

  private static Case part(boolean defective, double thumbnail, double dense, double local) {
    return new Case("x", defective ? "bent" : "good", defective, "OK", OptionalDouble.of(1), OptionalDouble.of(0.5),
        Map.of(ScoreKind.THUMBNAIL, thumbnail, ScoreKind.DENSE_TOP, dense, ScoreKind.LOCAL, local), Optional.empty(), 1);
  }

  private static Case unjudged() {
    return new Case("x", "bent", true, "UNJUDGED", OptionalDouble.empty(), OptionalDouble.empty(), Map.of(), Optional.of("too-dark"), 1);
  }

  private static Fusion fusion(double thumbnail, double dense) {
    return new Fusion(List.of(Fusion.Term.of(thumbnail, List.of(ScoreKind.THUMBNAIL), HELD_OUT), Fusion.Term.of(dense, List.of(ScoreKind.DENSE_TOP), HELD_OUT)));
  }

  /** By hand, fused = t + d/2 + l/2: thumbnail {3, 0 | 2, 1}, with dense-top {3, 0 | 4, 3}, with local {3, 1.5 | 2, 1.5}, with both {3, 1.5 | 4, 3.5}, with their agreement {3, 0 | 2, 1.5}. */
  @Test
  void everyCombinationIsRankedByTheTestParts() {
    Hindsight hindsight = Hindsight.of(cases, fusion(2, 1), HELD_OUT).orElseThrow();
    assertThat(hindsight.weighed()).containsExactly(new Weighed("2 × thumbnail + local + dense-top", 1), new Weighed("2 × thumbnail + dense-top", 0.875),
        new Weighed("2 × thumbnail + local and dense-top", 0.5), new Weighed("2 × thumbnail", 0.5), new Weighed("2 × thumbnail + local", 0.375));
    assertThat(hindsight.chosen()).isEqualTo(new Weighed("2 × thumbnail + dense-top", 0.875));
    assertThat(hindsight.best()).isEqualTo(hindsight.weighed().get(0));
    assertThat(hindsight.gain()).isCloseTo(0.125, within(1e-12));
    assertThat(hindsight.sentence()).contains("2 × thumbnail + local + dense-top would have reached", "1.0000, 0.1250 more than 2 × thumbnail + dense-top");
  }

  /** Dense-top alone in effect: {0, 0 | 4, 4} with a hint of the thumbnail ranks all. */
  @Test
  void whatWasAskedForMayBeTheBest() {
    Hindsight hindsight = Hindsight.of(cases, fusion(0.1, 1), HELD_OUT).orElseThrow();
    assertThat(hindsight.best()).isEqualTo(hindsight.chosen()).isEqualTo(new Weighed("0.1 × thumbnail + dense-top", 1));
    assertThat(hindsight.sentence()).contains("no combination weighed ranks these test parts better");
  }

  @Test
  void withoutHeldOutScoresOrDefectsThereIsNothingToSay() {
    assertThat(Hindsight.of(cases, fusion(2, 1), Map.of())).isEmpty();
    assertThat(Hindsight.of(cases.subList(0, 2), fusion(2, 1), HELD_OUT)).isEmpty();
  }

  @Test
  void heldOutScoresAreReadFromTheBundlesReportWhereItHasThem(@TempDir Path folder) throws Exception {
    Path report = folder.resolve("report.json");
    assertThat(Hindsight.heldOutScores(report)).isEmpty();
    Files.writeString(report, "{\"threshold\": 3}");
    assertThat(Hindsight.heldOutScores(report)).isEmpty();
    Files.writeString(report, "{\"threshold\": 3, \"heldOutScores\": {\"THUMBNAIL\": [1.5, 2], \"DENSE_TOP\": [0, -1]}}");
    assertThat(Hindsight.heldOutScores(report)).containsOnlyKeys(ScoreKind.THUMBNAIL, ScoreKind.DENSE_TOP);
    assertThat(Hindsight.heldOutScores(report).get(ScoreKind.DENSE_TOP)).containsExactly(0, -1);
  }
}
