package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.kerf.density.Density;
import io.kerf.density.DensityEstimator;
import io.kerf.density.DensityOptions;
import io.kerf.density.LocalDensity;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.density.SurpriseScale;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.FeatureMap;
import io.kerf.storage.Safetensors;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link PartScorer} and {@link HeatRule}. */
class PartScorerTest {
  private static final int SIZE = 16;

  private final Random random = new Random(4);

  private float[] numbers(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 1 + 0.3f * (float) random.nextGaussian();
    }
    return numbers;
  }

  private Density density(int length, DensityOptions options) {
    float[][] rows = new float[20][];
    Arrays.setAll(rows, i -> numbers(length));
    return DensityEstimator.fit(rows, options);
  }

  private LocalDensity local(LocalDensityEstimator.Kind kind) {
    float[][] maps = new float[20][];
    Arrays.setAll(maps, i -> numbers(5 * 4 * 3));
    int[] folds = new int[20];
    Arrays.fill(folds, -1);
    return LocalDensityEstimator.fit(kind, maps, folds, 5, 4, 3, 1).density();
  }

  private PartScorer scorer(Optional<LocalDensity> local) {
    return new PartScorer(Map.of(ScoreKind.POOLED, density(8, DensityOptions.DEFAULT), ScoreKind.THUMBNAIL,
        density(256, DensityOptions.DEFAULT.withKind(DensityOptions.Kind.GAUSSIAN)), ScoreKind.STATISTICS,
        density(12, DensityOptions.DEFAULT.withKind(DensityOptions.Kind.GAUSSIAN).withL2Normalise(false))), local);
  }

  private Encoding encoding(boolean dense) {
    Map<EncoderOutput, FeatureMap> outputs = new EnumMap<>(EncoderOutput.class);
    outputs.put(EncoderOutput.EMBEDDING, FeatureMap.vector(numbers(8)));
    outputs.put(EncoderOutput.FEATURES, new FeatureMap(numbers(8 * 2), 8, 1, 2));
    outputs.put(EncoderOutput.STATISTICS, FeatureMap.vector(numbers(12)));
    outputs.put(EncoderOutput.LOCAL, new FeatureMap(numbers(5 * 4 * 3), 5, 4, 3));
    if (dense) {
      outputs.put(EncoderOutput.DENSE, new FeatureMap(new float[] {-2, 0, 3, -1}, 1, 2, 2));
    }
    return new Encoding(outputs);
  }

  @ParameterizedTest
  @EnumSource
  void aScorerReadBackReadsEveryPartBitForBitAlike(LocalDensityEstimator.Kind kind) {
    PartScorer fitted = scorer(Optional.of(local(kind)));
    PartScorer reloaded = PartScorer.fromTensors(Safetensors.read(Safetensors.write(fitted.tensors(), Map.of()), "density.safetensors"));
    assertThat(reloaded.descriptions()).isEqualTo(fitted.descriptions());
    for (int part = 0; part < 5; part++) {
      Encoding encoding = encoding(true);
      float[] planes = numbers(3 * SIZE * SIZE);
      PartScorer.Reading due = fitted.read(encoding, planes, SIZE, SIZE);
      PartScorer.Reading actual = reloaded.read(encoding, planes, SIZE, SIZE);
      assertThat(actual.scores()).isEqualTo(due.scores()).containsOnlyKeys(ScoreKind.values());
      assertThat(actual.maps().get(HeatSource.LOCAL).values()).isEqualTo(due.maps().get(HeatSource.LOCAL).values());
    }
  }

  /** By hand: the top hundredth of four places is one; σ of −2, 0, 3, −1 is 0.119203, 0.5, 0.952574, 0.268941, 0.460180 in the mean. */
  @Test
  void theDenseHeadGivesThreeScoresAndItsMap() {
    PartScorer.Reading reading = scorer(Optional.empty()).read(encoding(true), numbers(3 * SIZE * SIZE), SIZE, SIZE);
    assertThat(reading.scores().get(ScoreKind.DENSE_TOP)).isEqualTo(3);
    assertThat(reading.scores().get(ScoreKind.DENSE_MAX)).isEqualTo(3);
    assertThat(reading.scores().get(ScoreKind.DENSE_MEAN)).isCloseTo(Math.log(0.460180 / 0.539820), within(1e-5));
    assertThat(reading.maps()).containsOnlyKeys(HeatSource.DENSE);
  }

  @Test
  void withoutMapsOfItsOwnWhatExplainsThePooledScoreIsDrawn() {
    PartScorer.Reading reading = scorer(Optional.empty()).read(encoding(false), numbers(3 * SIZE * SIZE), SIZE, SIZE);
    assertThat(reading.scores()).containsOnlyKeys(ScoreKind.POOLED, ScoreKind.STATISTICS, ScoreKind.THUMBNAIL);
    assertThat(reading.maps()).containsOnlyKeys(HeatSource.ACTIVATION);
    assertThat(reading.maps().get(HeatSource.ACTIVATION).area()).isEqualTo(2);
  }

  @Test
  void scoresThatAreReadOffAMapHaveNoVector() {
    assertThatIllegalArgumentException().isThrownBy(() -> PartScorer.vector(ScoreKind.LOCAL, encoding(true), numbers(768), SIZE, SIZE));
  }

  private static final SurpriseScale ONCE = new SurpriseScale(List.of(0.0, 1.0), List.of(0.0, 1.0));
  private static final SurpriseScale THRICE = new SurpriseScale(List.of(0.0, 1.0), List.of(0.0, 3.0));

  private static FeatureMap even(float value, int height, int width) {
    float[] values = new float[height * width];
    Arrays.fill(values, value);
    return new FeatureMap(values, 1, height, width);
  }

  /** By hand: a place of 2 is 2 by the one scale and 6 by the other, 4 in the mean; below the first knot nothing is surprising. */
  @Test
  void heatIsTheMeanSurpriseOverTheMapsThatHaveAScale() {
    Map<HeatSource, FeatureMap> maps = Map.of(HeatSource.DENSE, even(2, 4, 6), HeatSource.LOCAL, even(2, 2, 3), HeatSource.ACTIVATION, even(9, 1, 1));
    HeatRule both = new HeatRule(Map.of(HeatSource.DENSE, ONCE, HeatSource.LOCAL, THRICE), 1);
    float[] heat = both.heat(maps, 24, 16);
    assertThat(heat).hasSize(24 * 16);
    for (float value : heat) {
      assertThat(value).isCloseTo(4, within(1e-5f));
    }
    assertThat(maps.get(HeatSource.DENSE).values()).as("the map itself").containsOnly(2);
    assertThat(new HeatRule(Map.of(HeatSource.LOCAL, ONCE), 1).heat(Map.of(HeatSource.LOCAL, even(-5, 2, 3)), 24, 16)).containsOnly(0);
  }

  @Test
  void aHotPlaceIsHotWhereItLiesInTheFrame() {
    FeatureMap map = even(0, 2, 3);
    map.values()[5] = 4;
    float[] heat = new HeatRule(Map.of(HeatSource.DENSE, ONCE), 1).heat(Map.of(HeatSource.DENSE, map), 24, 16);
    assertThat(heat[15 * 24 + 23]).isGreaterThan(3);
    assertThat(heat[0]).isZero();
  }

  @Test
  void aRuleWithoutScalesOrWithoutAHeatToCompareWithIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new HeatRule(Map.of(), 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new HeatRule(Map.of(HeatSource.DENSE, ONCE), 0));
    assertThat(new HeatRule(Map.of(HeatSource.DENSE, ONCE), 1).withHot(3).hot()).isEqualTo(3);
  }
}
