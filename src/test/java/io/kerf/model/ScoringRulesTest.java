package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.density.Calibration;
import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.density.SurpriseScale;
import io.kerf.density.TailPolicy;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.QualityLimits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ScoringRulesTest {
  @Test
  void areWrittenAndReadBackEqual() throws Exception {
    Random random = new Random(2);
    Map<ScoreKind, double[]> heldOut = Map.of(ScoreKind.THUMBNAIL, random.doubles(41, 30, 90).toArray(), ScoreKind.DENSE_TOP, random.doubles(41, -4, 2).toArray());
    Fusion fusion = new Fusion(List.of(Fusion.Term.of(2, List.of(ScoreKind.THUMBNAIL), heldOut), Fusion.Term.of(1, List.of(ScoreKind.DENSE_TOP), heldOut)));
    float[] places = new float[500];
    for (int i = 0; i < places.length; i++) {
      places[i] = (float) random.nextGaussian();
    }
    ScoringRules rules = new ScoringRules(Calibration.of(fusion.heldOutScores(heldOut), 0.05, TailPolicy.EXTRAPOLATE), fusion,
        Map.of(ScoreKind.THUMBNAIL, Calibration.of(heldOut.get(ScoreKind.THUMBNAIL), 0.05, TailPolicy.REFUSE)),
        new HeatRule(Map.of(HeatSource.DENSE, SurpriseScale.of(places)), 2.25), QualityLimits.UNLEARNT, new ImageQuality(0.5, 0.2, 0.01));
    ScoringRules read = BundleStore.JSON.readValue(BundleStore.JSON.writeValueAsBytes(rules), ScoringRules.class);
    assertThat(read).isEqualTo(rules);
    for (int i = 0; i < 41; i++) {
      assertThat(read.fusion().score(Fusion.at(heldOut, i))).isEqualTo(fusion.score(Fusion.at(heldOut, i)));
    }
  }
}
