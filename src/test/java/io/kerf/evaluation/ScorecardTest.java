package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.DefectClass;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScorecardTest {
  private static final CaseResult.Unjudged DARK = new CaseResult.Unjudged("too-dark");

  private final Scorecard scorecard = new Scorecard(0.05, 10, 99);

  @Test
  void unjudgedPartsStopTheLineButAreNotRanked() {
    judged("good", 3);
    judged("good", 12);
    add("good", DARK);
    judged("bent", 11);
    judged("bent", 2);
    add("bent", DARK);
    Overall overall = scorecard.overall();
    assertThat(overall.imageAuroc()).hasValue(0.25); // 11 beats 3, loses to 12; 2 loses to both
    assertThat(overall.falseRejects()).isEqualTo(2);
    assertThat(overall.falseRejectRate()).hasValue(2 / 3.0);
    assertThat(overall.detectionRate()).hasValue(2 / 3.0);
    assertThat(overall.unjudged()).isEqualTo(2);
    assertThat(overall.unjudgedGood()).isEqualTo(1);
  }

  @Test
  void eachDefectIsRankedAgainstAllGoodParts() {
    judged("good", 3);
    judged("good", 5);
    judged("bent", 4);
    judged("torn", 20);
    assertThat(scorecard.classes().keySet()).containsExactly("bent", "torn");
    DefectClass bent = scorecard.classes().get("bent");
    assertThat(bent.imageAuroc()).hasValue(0.5);
    assertThat(bent.detectionRate()).hasValue(0);
    assertThat(scorecard.classes().get("torn").detectionRate()).hasValue(1);
    assertThat(scorecard.overall().imageAuroc()).hasValue(0.75);
  }

  @Test
  void pixelsOfAClassAreRankedAgainstThoseOfGoodParts() {
    LabelledImage bent = judged("bent", 20);
    judged("torn", 20);
    scorecard.addHeatMap(bent, new float[] {1, 5}, new Mask(2, 1, new boolean[] {false, true}));
    scorecard.addGoodHeatMap(new float[] {9, 2});
    assertThat(scorecard.classes().get("bent").pixelAuroc()).hasValue(2 / 3.0);
    assertThat(scorecard.classes().get("torn").pixelAuroc()).isEmpty();
    assertThat(scorecard.overall().pixelAuroc()).hasValue(2 / 3.0);
  }

  @Test
  void thePromiseIsBrokenOnlyAboveItsBand() {
    for (int i = 0; i < 15; i++) {
      judged("good", 1);
    }
    for (int i = 0; i < 5; i++) {
      judged("good", 20);
    }
    assertThat(scorecard.overall().falseRejectBand()) // scipy.stats.betabinom.ppf([.025, .975], 20, 5, 95) is [0, 4]
        .hasValue(new RateBand(0, 0.2, RateBand.Kind.BETA_BINOMIAL));
    assertThat(scorecard.overall().promiseKept()).isFalse();
    assertThat(Figures.falseRejectSentence(scorecard.overall()))
        .isEqualTo("5 of 20 good parts rejected (25.0 %); promised 5 %; band 0–20 %, exceeded.");
    for (int i = 0; i < 10; i++) {
      judged("good", 1);
    }
    assertThat(scorecard.overall().promiseKept()).isTrue();
  }

  @Test
  void aModelBelowWhatHasLearntNothingIsToldSo() {
    judged("bent", 4);
    judged("good", 3);
    judged("good", 5);
    floor("bent", 4, 9);
    floor("good", 3, 1);
    floor("good", 5, 2);
    assertThat(scorecard.floor().imageAuroc()).hasValue(0.5);
    assertThat(scorecard.floor().thumbnailAuroc()).hasValue(1);
    assertThat(Figures.belowFloorSentence(scorecard.overall(), scorecard.floor()).orElseThrow())
        .startsWith("The model's image AUROC of 0.5000 is below its floor: the thumbnail, which has learnt nothing, reaches 1.0000");
    judged("torn", 20);
    judged("torn", 20);
    floor("torn", 4, 1);
    floor("torn", 4, 1);
    assertThat(Figures.belowFloorSentence(scorecard.overall(), scorecard.floor())).isEmpty();
  }

  private void floor(String defectClass, double score, double thumbnail) {
    scorecard.addFloor(new CaseResult(new LabelledImage(Path.of("1.png"), defectClass, !defectClass.equals("good"), Optional.empty(), Optional.empty()),
        new CaseResult.Judged(score, 0.5, false, Map.of(ScoreKind.THUMBNAIL, thumbnail)), 1));
  }

  private LabelledImage judged(String defectClass, double score) {
    return add(defectClass, new CaseResult.Judged(score, 0.5, score > 10, Map.of()));
  }

  private LabelledImage add(String defectClass, CaseResult.Outcome outcome) {
    LabelledImage image =
        new LabelledImage(Path.of("1.png"), defectClass, !defectClass.equals("good"), Optional.empty(), Optional.empty());
    scorecard.add(new CaseResult(image, outcome, 1));
    return image;
  }
}
