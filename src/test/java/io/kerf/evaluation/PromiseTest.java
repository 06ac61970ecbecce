package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.density.Calibration;
import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.density.SurpriseScale;
import io.kerf.density.TailPolicy;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.QualityLimits;
import io.kerf.model.HeatRule;
import io.kerf.model.HeatSource;
import io.kerf.model.ScoringRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PromiseTest {
  /** Held-out scores 0…98: at 5 % the threshold leaves five of a hundred ranks above, so a part at 94 is rejected and one at 93 is not; at 1 % only one above 98. */
  @Test
  void eachScoreIsCountedAtEachBudgetThatItsHeldOutPartsShow() {
    List<CaseResult> cases = List.of(part(false, 95, 10), part(false, 93, 97), part(false, 99, 10), part(true, 200, 200));
    List<Promise> promises = Promise.of(cases, rules(99));
    assertThat(promises).extracting(Promise::score).containsExactly("fused", "local", "fused", "local");
    assertThat(promises).extracting(Promise::alpha).containsExactly(0.01, 0.01, 0.05, 0.05);
    assertThat(promises).extracting(Promise::rejected).containsExactly(1, 0, 2, 1);
    assertThat(promises).allSatisfy(p -> assertThat(p.good()).isEqualTo(3));
    assertThat(promises.get(2).band()).isEqualTo(RateBand.promised(3, 99, 0.05));
    assertThat(promises.get(1).band().allows(promises.get(1).rejected(), 3)).isTrue();
    assertThat(promises.get(2).band().allows(3, 3)).isFalse();
  }

  @Test
  void aBudgetThatTheHeldOutPartsCannotShowIsLeftOut() {
    List<CaseResult> cases = List.of(part(false, 30, 1));
    assertThat(Promise.of(cases, rules(41))).extracting(Promise::alpha).containsOnly(0.05);
    assertThat(Promise.of(cases, rules(15))).isEmpty();
    assertThat(Promise.of(List.of(part(true, 1, 1)), rules(99))).as("no good parts").isEmpty();
  }

  private static ScoringRules rules(int heldOut) {
    double[] scores = IntStream.range(0, heldOut).mapToDouble(i -> i).toArray();
    Calibration calibration = Calibration.of(scores, 0.1, TailPolicy.REFUSE);
    Fusion fusion = new Fusion(List.of(Fusion.Term.of(1, List.of(ScoreKind.LOCAL), Map.of(ScoreKind.LOCAL, scores))));
    return new ScoringRules(calibration, fusion, Map.of(ScoreKind.LOCAL, calibration),
        new HeatRule(Map.of(HeatSource.LOCAL, SurpriseScale.of(new float[] {0, 1, 2, 3})), 1), QualityLimits.UNLEARNT, new ImageQuality(0.5, 0.2, 0.01));
  }

  private static CaseResult part(boolean defective, double fused, double local) {
    return new CaseResult(new LabelledImage(Path.of("1.png"), defective ? "bent" : LabelledImage.GOOD, defective, Optional.empty(), Optional.empty()),
        new CaseResult.Judged(fused, 0.5, false, Map.of(ScoreKind.LOCAL, local)), 1);
  }
}
