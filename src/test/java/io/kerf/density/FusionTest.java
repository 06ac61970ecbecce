package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link ScoreScale} and {@link Fusion}. */
class FusionTest {
  private static final double[] ONE_TO_TEN = IntStream.rangeClosed(1, 10).mapToDouble(i -> i).toArray();

  /**
   * By hand: k = max(3, 10/2) = 5, u = 5, σ = (1+2+3+4+5)/5 = 3. Of ten, six are at least 5: 7/11. At 4.5, halfway to 4, six and a half are:
   * 7.5/11. At 1 all are: 11/11. Above 5: 7/11·exp(−(s−5)/3).
   */
  @ParameterizedTest
  @CsvSource({"-5, 1", "1, 1", "1.25, 0.9772727272727273", "2, 0.9090909090909091", "4.5, 0.6818181818", "5, 0.6363636364", "6, 0.4559744701",
      "9, 0.1677437250", "27, 0.0004157949"})
  void surpriseIsTheLogarithmOfTheShareOfGoodPartsAtLeastAsOdd(double score, double share) {
    ScoreScale scale = ScoreScale.of(ONE_TO_TEN);
    assertThat(scale.tail()).isEqualTo(3);
    assertThat(scale.surprise(score)).isCloseTo(-Math.log(share), within(1e-6));
  }

  @Test
  void theOrderOfTheScoresDoesNotMatterAndTheyAreLeftAlone() {
    double[] shuffled = {7, 3, 10, 1, 9, 2, 8, 4, 6, 5};
    double[] before = shuffled.clone();
    assertThat(ScoreScale.of(shuffled)).isEqualTo(ScoreScale.of(ONE_TO_TEN)).hasSameHashCodeAs(ScoreScale.of(ONE_TO_TEN));
    assertThat(shuffled).isEqualTo(before);
  }

  @Test
  void surpriseNeverFallsAndIsNeverBelowZero() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      double[] scores = scores(random, round % 2 == 0);
      ScoreScale scale = ScoreScale.of(scores);
      double[] probes = DoubleStream.concat(Arrays.stream(scores).flatMap(s -> DoubleStream.of(Math.nextDown(s), s, Math.nextUp(s), s + 0.1)),
          random.doubles(40, -70, 70)).sorted().toArray();
      double previous = 0;
      for (double probe : probes) {
        double surprise = scale.surprise(probe);
        assertThat(surprise).as("%s in %s", probe, Arrays.toString(scores)).isFinite().isGreaterThanOrEqualTo(previous - 1e-12);
        previous = surprise;
      }
    }
  }

  /** Ties, or outliers. */
  private static double[] scores(Random random, boolean ties) {
    int levels = 1 + random.nextInt(30);
    return random.doubles(1 + random.nextInt(60), -2, 2).map(x -> ties ? Math.floor(levels * x) : x * x * x * x * x).toArray();
  }

  @Test
  void goodPartsThatAreAllAlikeStillMakeAScale() {
    ScoreScale scale = ScoreScale.of(new double[] {5, 5, 5, 5, 5});
    assertThat(scale.surprise(5)).isFinite();
    assertThat(scale.surprise(6)).isFinite().isGreaterThan(1000);
    assertThat(scale.surprise(4)).isZero();
    assertThat(ScoreScale.of(new double[] {2}).surprise(2)).isZero();
  }

  @Test
  void aScaleOfNothingIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreScale(new double[0], 3, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreScale(new double[] {1, 2}, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreScale(new double[] {1, 2}, 2, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreScale(new double[] {1, 2}, 2, Double.NaN));
  }

  private static final Map<ScoreKind, double[]> HELD_OUT =
      Map.of(ScoreKind.THUMBNAIL, ONE_TO_TEN, ScoreKind.DENSE_TOP, ONE_TO_TEN, ScoreKind.LOCAL, ONE_TO_TEN);

  private static Fusion.Term term(double weight, ScoreKind... kinds) {
    return Fusion.Term.of(weight, List.of(kinds), HELD_OUT);
  }

  /** By hand: 2·(ln(11/7) + (6.5−5)/3) + ln(11/7) + (9−5)/3 = 1.903970 + 1.785318. */
  @Test
  void aFusedScoreIsTheWeightedSumOfSurprises() {
    Fusion fusion = new Fusion(List.of(term(2, ScoreKind.THUMBNAIL), term(1, ScoreKind.DENSE_TOP)));
    assertThat(fusion.score(Map.of(ScoreKind.THUMBNAIL, 6.5, ScoreKind.DENSE_TOP, 9.0, ScoreKind.LOCAL, 1e9))).isCloseTo(3.689289, within(1e-6));
    assertThat(fusion.kinds()).containsExactly(ScoreKind.THUMBNAIL, ScoreKind.DENSE_TOP);
    assertThat(fusion.description()).isEqualTo("2 × thumbnail + dense-top");
  }

  /** By hand: the smaller of ln(11/7) + (9−5)/3 and ln(11/7) + (6−5)/3. */
  @Test
  void kindsThatMustAgreeAreAsSurprisedAsTheLeastSurprisedOfThem() {
    Fusion fusion = new Fusion(List.of(term(0.5, ScoreKind.LOCAL, ScoreKind.DENSE_TOP)));
    double expected = 0.5 * (Math.log(11 / 7.0) + 1 / 3.0);
    assertThat(fusion.score(Map.of(ScoreKind.LOCAL, 9.0, ScoreKind.DENSE_TOP, 6.0))).isCloseTo(expected, within(1e-12));
    assertThat(fusion.score(Map.of(ScoreKind.LOCAL, 6.0, ScoreKind.DENSE_TOP, 1e6))).isCloseTo(expected, within(1e-12));
    assertThat(fusion.description()).isEqualTo("0.5 × local and dense-top");
  }

  @Test
  void heldOutPartsAreScoredAsAnyPart() {
    Fusion fusion = new Fusion(List.of(term(2, ScoreKind.THUMBNAIL), term(1, ScoreKind.LOCAL, ScoreKind.DENSE_TOP)));
    double[] fused = fusion.heldOutScores(HELD_OUT);
    assertThat(fused).hasSize(10);
    for (int i = 0; i < fused.length; i++) {
      assertThat(fused[i]).isEqualTo(fusion.score(Fusion.at(HELD_OUT, i)));
    }
  }

  /** Independent scores with heavy tails: 19 held-out parts and α = 5 % reject where a part is odder than all of them, one in twenty. */
  @Test
  void thresholdsFromHeldOutPartsKeepThePromise() {
    Random random = new Random(11);
    int rejected = 0;
    int rounds = 4000;
    for (int round = 0; round < rounds; round++) {
      Map<ScoreKind, double[]> heldOut = Map.of(ScoreKind.THUMBNAIL, odd(random), ScoreKind.LOCAL, odd(random), ScoreKind.DENSE_TOP, odd(random));
      Fusion fusion = new Fusion(List.of(Fusion.Term.of(2, List.of(ScoreKind.THUMBNAIL), heldOut),
          Fusion.Term.of(1, List.of(ScoreKind.LOCAL, ScoreKind.DENSE_TOP), heldOut)));
      double threshold = Arrays.stream(fusion.heldOutScores(heldOut)).max().orElseThrow();
      Map<ScoreKind, double[]> next = Map.of(ScoreKind.THUMBNAIL, odd(random), ScoreKind.LOCAL, odd(random), ScoreKind.DENSE_TOP, odd(random));
      rejected += fusion.score(Fusion.at(next, 0)) > threshold ? 1 : 0;
    }
    assertThat(rejected / (double) rounds).isBetween(0.04, 0.06);
  }

  /** Nineteen draws of a Pareto distribution without a variance. */
  private static double[] odd(Random random) {
    return random.doubles(19).map(x -> Math.pow(x, -0.5)).toArray();
  }

  @Test
  void termsWithoutWeightOrMemberAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion.Term(1, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> term(0, ScoreKind.LOCAL));
    assertThatIllegalArgumentException().isThrownBy(() -> term(Double.NaN, ScoreKind.LOCAL));
  }
}
