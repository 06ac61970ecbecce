package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.density.Fusion;
import io.kerf.density.RocArea;
import io.kerf.density.ScoreKind;
import io.kerf.pretext.UnseenDefect;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Forty good parts score ½ to 20 by every kind; a defect's score by a kind says at once how many of them it beats. */
class FusionChoiceTest {
  private static final double FOUND = 50;
  private static final double MISSED = 0;
  private static final double[] GOOD = IntStream.rangeClosed(1, 40).mapToDouble(i -> i / 2.0).toArray();

  private static SyntheticEvidence evidence(Map<ScoreKind, Double> defective) {
    Map<ScoreKind, double[]> good = new EnumMap<>(ScoreKind.class);
    Map<ScoreKind, double[]> painted = new EnumMap<>(ScoreKind.class);
    defective.forEach((kind, score) -> {
      good.put(kind, GOOD.clone());
      painted.put(kind, new double[] {score, score});
    });
    return new SyntheticEvidence(good, Map.of(UnseenDefect.SCAR, painted));
  }

  private static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("the prior finds all", Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.DENSE_TOP, FOUND, ScoreKind.LOCAL, FOUND), "2 × thumbnail + local and dense-top", true),
        Arguments.of("the two that must agree do not, and one of them is right", Map.of(ScoreKind.THUMBNAIL, 12.5, ScoreKind.DENSE_TOP, MISSED, ScoreKind.LOCAL, FOUND),
            "2 × thumbnail + local", false),
        Arguments.of("its partner does harm and nothing helps", Map.of(ScoreKind.THUMBNAIL, 20.5, ScoreKind.DENSE_TOP, MISSED), "2 × thumbnail", false),
        Arguments.of("its partner does hardly any harm", Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.DENSE_TOP, 10.0), "2 × thumbnail + dense-top", true),
        Arguments.of("without a dense head", Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.LOCAL, FOUND, ScoreKind.STATISTICS, FOUND), "2 × thumbnail + local", true),
        Arguments.of("with a pooled feature", Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.LOCAL, FOUND, ScoreKind.POOLED, FOUND),
            "2 × thumbnail + local and pooled", true),
        Arguments.of("with statistics alone", Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.STATISTICS, FOUND), "2 × thumbnail", true),
        Arguments.of("without partners", Map.of(ScoreKind.THUMBNAIL, 3.0), "2 × thumbnail", true),
        Arguments.of("other scores of the dense head are no candidates", Map.of(ScoreKind.THUMBNAIL, 3.0, ScoreKind.DENSE_MAX, FOUND), "2 × thumbnail", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void thePriorGivesWayOnlyToWhatIsClearlyBetter(String name, Map<ScoreKind, Double> defective, String chosen, boolean prior) {
    FusionChoice choice = FusionChoice.of(evidence(defective));
    assertThat(choice.fusion().description()).isEqualTo(chosen);
    assertThat(choice.reasons()).hasSize(2);
    assertThat(choice.reasons().get(0)).startsWith("Scores by " + chosen + " (").contains(prior ? "the prior, as no combination" : "better than the prior");
  }

  /** By hand: 12.5 beats 24 and ties with one of forty; 0 adds nothing for either, so the prior ranks as the thumbnail, but for ties that it breaks. */
  @Test
  void theReasonsNameTheFiguresBestFirst() {
    FusionChoice choice = FusionChoice.of(evidence(Map.of(ScoreKind.THUMBNAIL, 12.5, ScoreKind.LOCAL, FOUND)));
    assertThat(choice.reasons().get(1)).startsWith("Area under the ROC curve on unseen synthetic defects: 2 × thumbnail + local (1.000), 2 × thumbnail (0.")
        .endsWith(").");
    assertThat(FusionChoice.of(evidence(Map.of(ScoreKind.THUMBNAIL, FOUND))).reasons().get(0)).contains("2 × thumbnail (1.000)", "0.062");
  }

  /** 0.03 + 0.2/√n, by hand. */
  @Test
  void fewPartsHaveToSayItMoreClearly() {
    assertThat(FusionChoice.margin(16)).isCloseTo(0.08, within(1e-12));
    assertThat(FusionChoice.margin(100)).isCloseTo(0.05, within(1e-12));
    assertThat(FusionChoice.margin(10_000)).isCloseTo(0.032, within(1e-12));
  }

  /** What would move the prior with many parts does not with few. */
  @Test
  void withFewPartsTheStatisticsMustAgreeAndNothingMovesThePrior() {
    List<ScoreKind> kinds = List.of(ScoreKind.THUMBNAIL, ScoreKind.STATISTICS, ScoreKind.LOCAL, ScoreKind.DENSE_TOP);
    double[] few = IntStream.rangeClosed(1, FusionChoice.FEW - 1).mapToDouble(i -> i).toArray();
    Map<ScoreKind, double[]> good = kinds.stream().collect(Collectors.toMap(kind -> kind, kind -> few));
    Map<ScoreKind, double[]> painted = kinds.stream().collect(Collectors.toMap(kind -> kind, kind -> new double[] {kind == ScoreKind.LOCAL ? 100 : 0}));
    FusionChoice choice = FusionChoice.of(new SyntheticEvidence(good, Map.of(UnseenDefect.SCAR, painted)));
    assertThat(choice.fusion().description()).isEqualTo("2 × thumbnail + local and dense-top and statistics");
    assertThat(choice.reasons().get(0)).contains("the prior, which 29 held-out parts say too little to move");
  }

  @Test
  void withManyPartsTheAgreementOfTwoIsThePriorAndThatOfThreeACandidate() {
    List<ScoreKind> kinds = List.of(ScoreKind.THUMBNAIL, ScoreKind.STATISTICS, ScoreKind.LOCAL, ScoreKind.DENSE_TOP);
    double[] many = IntStream.range(0, FusionChoice.FEW).mapToDouble(i -> i).toArray();
    List<String> candidates = FusionChoice.candidates(kinds.stream().collect(Collectors.toMap(kind -> kind, kind -> many))).stream().map(Fusion::description).toList();
    assertThat(candidates).hasSize(11).doesNotHaveDuplicates().startsWith("2 × thumbnail + local and dense-top")
        .endsWith("2 × thumbnail + local and dense-top and statistics");
  }

  @Test
  void theThumbnailCountsTwiceAsMuchAsItsPartner() {
    Fusion fusion = FusionChoice.of(evidence(Map.of(ScoreKind.THUMBNAIL, FOUND, ScoreKind.DENSE_TOP, FOUND))).fusion();
    assertThat(fusion.terms()).extracting(Fusion.Term::weight).containsExactly(2.0, 1.0);
  }

  @Test
  void whatSomeoneAskedForIsTakenAtEqualWeights() {
    FusionChoice choice = FusionChoice.asked(List.of(ScoreKind.LOCAL, ScoreKind.DENSE_MAX), evidence(Map.of(ScoreKind.LOCAL, FOUND, ScoreKind.DENSE_MAX, MISSED)));
    assertThat(choice.fusion().terms()).extracting(Fusion.Term::weight).containsExactly(1.0, 1.0);
    assertThat(choice.reasons()).containsExactly("Scores by local + dense-max: asked for.");
  }

  @Test
  void withoutDefectsThereIsNoEvidenceAgainstThePrior() {
    SyntheticEvidence nothing = new SyntheticEvidence(evidence(Map.of(ScoreKind.THUMBNAIL, 0.0, ScoreKind.DENSE_TOP, 0.0)).good(), Map.of());
    assertThat(FusionChoice.of(nothing).fusion().description()).isEqualTo("2 × thumbnail + dense-top");
  }

  /** By hand: of the 2 × 3 pairs 5 > 1, 5 > 4, 5 = 5, 2 > 1 are won, one of them by half: 3.5 of 6. */
  @Test
  void areaUnderTheRocCurveIsTheShareOfPairsWon() {
    assertThat(RocArea.of(new double[] {1, 4, 5}, new double[] {5, 2})).isCloseTo(3.5 / 6, within(1e-12));
  }

  @Test
  void everyScoreHasItsAreaForEveryKindOfDefect() {
    Map<ScoreKind, Map<UnseenDefect, Double>> areas = evidence(Map.of(ScoreKind.THUMBNAIL, 12.5, ScoreKind.LOCAL, FOUND)).byKind();
    assertThat(areas).isEqualTo(Map.of(ScoreKind.THUMBNAIL, Map.of(UnseenDefect.SCAR, 24.5 / 40), ScoreKind.LOCAL, Map.of(UnseenDefect.SCAR, 1.0)));
  }
}
