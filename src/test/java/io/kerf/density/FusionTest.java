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
   * By hand: k = max(3, 10/5) = 3, u = 7, σ = (1+2+3)/3 = 2. Of ten, four are at least 7: 5/11. At 6.5, halfway to 6, four and a half are:
   * 5.5/11. At 1 all are: 11/11.
   */
  @ParameterizedTest
  @CsvSource({"-5, 1", "1, 1", "1.25, 0.9772727272727273", "2, 0.9090909090909091", "6, 0.5454545454545454", "6.5, 0.5", "7, 0.45454545454545453",
      "9, 0.1672179278", "27, 2.0636331710220388e-5"})
  void surpriseIsTheLogarithmOfTheShareOfGoodPartsAtLeastAsOdd(double score, double share) {
    ScoreScale scale = ScoreScale.of(ONE_TO_TEN);
    assertThat(scale.tail()).isEqualTo(2);
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

  /** By hand: 2·ln(11/5.5) + ln(11/5) + (9−7)/2 = 1.386294 + 0.788457 + 1. */
  @Test
  void aFusedScoreIsTheWeightedSumOfSurprises() {
    Fusion fusion = new Fusion(List.of(new Fusion.Part(ScoreKind.THUMBNAIL, 2, ScoreScale.of(ONE_TO_TEN)),
        new Fusion.Part(ScoreKind.DENSE_TOP, 1, ScoreScale.of(ONE_TO_TEN))));
    assertThat(fusion.score(Map.of(ScoreKind.THUMBNAIL, 6.5, ScoreKind.DENSE_TOP, 9.0, ScoreKind.LOCAL, 1e9))).isCloseTo(3.174752, within(1e-6));
    assertThat(fusion.kinds()).containsExactly(ScoreKind.THUMBNAIL, ScoreKind.DENSE_TOP);
    assertThat(fusion.description()).isEqualTo("thumbnail + dense-top");
  }

  @Test
  void eachHeldOutPartIsScaledByTheOthers() {
    Random random = new Random(8);
    Map<ScoreKind, double[]> heldOut = Map.of(ScoreKind.LOCAL, random.doubles(12).toArray(), ScoreKind.POOLED, random.doubles(12).map(x -> 50 * x).toArray());
    double[] fused = Fusion.of(List.of(ScoreKind.LOCAL, ScoreKind.POOLED), heldOut).heldOutScores(heldOut);
    assertThat(fused).hasSize(12);
    for (int i = 0; i < 12; i++) {
      int left = i;
      Map<ScoreKind, double[]> others = Map.of(ScoreKind.LOCAL, without(heldOut.get(ScoreKind.LOCAL), left), ScoreKind.POOLED,
          without(heldOut.get(ScoreKind.POOLED), left));
      assertThat(fused[i]).isCloseTo(Fusion.of(List.of(ScoreKind.LOCAL, ScoreKind.POOLED), others).score(Fusion.at(heldOut, left)), within(1e-12));
    }
  }

  private static double[] without(double[] values, int index) {
    return IntStream.range(0, values.length).filter(i -> i != index).mapToDouble(i -> values[i]).toArray();
  }

  /** By hand: of the others, 1 to 9, k = 3, u = 6 and σ = 2, so that 10 gets ln(10/5) + (10−6)/2; scaled by all it would get ln(11/5) + 3/2. */
  @Test
  void theOddestHeldOutPartDoesNotStretchTheTailItIsMeasuredOn() {
    Map<ScoreKind, double[]> heldOut = Map.of(ScoreKind.LOCAL, ONE_TO_TEN);
    Fusion fusion = Fusion.of(List.of(ScoreKind.LOCAL), heldOut);
    assertThat(fusion.heldOutScores(heldOut)[9]).isCloseTo(Math.log(2) + 2, within(1e-12));
    assertThat(fusion.score(Map.of(ScoreKind.LOCAL, 10.0))).isCloseTo(Math.log(2.2) + 1.5, within(1e-12));
  }

  @Test
  void oneHeldOutPartAloneIsScaledByItself() {
    Map<ScoreKind, double[]> heldOut = Map.of(ScoreKind.LOCAL, new double[] {4});
    assertThat(Fusion.of(List.of(ScoreKind.LOCAL), heldOut).heldOutScores(heldOut)).containsExactly(0);
  }

  @Test
  void partsWithoutWeightAreRefused() {
    ScoreScale scale = ScoreScale.of(ONE_TO_TEN);
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion(List.of(new Fusion.Part(ScoreKind.LOCAL, 0, scale))));
    assertThatIllegalArgumentException().isThrownBy(() -> new Fusion(List.of(new Fusion.Part(ScoreKind.LOCAL, Double.NaN, scale))));
  }
}
