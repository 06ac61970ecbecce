package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read off maps and pictures: {@link MapStatistic}, {@link SurpriseScale} and {@link Thumbnails}. */
class MapScoresTest {
  @Test
  void statisticsOfAMapAreItsMeanItsTopHundredthAndItsMaximum() {
    float[] map = new float[250];
    for (int i = 0; i < map.length; i++) {
      map[i] = (i * 101 + 7) % 250;
    }
    float[] before = map.clone();
    assertThat(MapStatistic.MEAN.of(map)).isEqualTo(124.5);
    assertThat(MapStatistic.TOP.of(map)).as("of 249 and 248").isEqualTo(248.5);
    assertThat(MapStatistic.MAX.of(map)).isEqualTo(249);
    assertThat(map).isEqualTo(before);
  }

  @Test
  void theTopOfASmallMapIsItsMaximumAndMapsMayLieBelowZero() {
    assertThat(MapStatistic.TOP.of(new float[] {-3, -1, -2})).isEqualTo(-1);
    assertThat(MapStatistic.MAX.of(new float[] {-3, -1, -2})).isEqualTo(-1);
    assertThat(MapStatistic.MEAN.of(new float[] {-3, -1, -2})).isEqualTo(-2);
  }

  /**
   * Of −ln(m/10000), m = 1…9999, a share of m in 10000 is at least as high, so the surprise of v is v/ln 10: within the scale and beyond.
   * Knots stand at whole places, such as 3 for 3.41: log10(3.41/3) = 0.06.
   */
  @ParameterizedTest
  @CsvSource({"0.5", "1", "2.3", "4.7", "6.2", "8", "9.2", "12", "30"})
  void surpriseOfExponentialPlacesIsProportional(float value) {
    float[] places = new float[9999];
    for (int m = 1; m <= places.length; m++) {
      places[(m * 7919) % places.length] = (float) -Math.log(m / 10000.0);
    }
    assertThat((double) surprise(SurpriseScale.of(places), value)).isCloseTo(value / Math.log(10), within(0.06));
  }

  /** numpy: −log10((x >= 0.9).mean()) and so on of the same 20,000 uniform numbers, x = (i + 0.5)/20000: 1, 2 and 0.30103. */
  @ParameterizedTest
  @CsvSource({"0.9, 1", "0.99, 2", "0.5, 0.30103"})
  void surpriseIsTheOrderOfRarity(float value, double expected) {
    float[] places = new float[20_000];
    for (int i = 0; i < places.length; i++) {
      places[i] = (i + 0.5f) / places.length;
    }
    assertThat((double) surprise(SurpriseScale.of(places), value)).isCloseTo(expected, within(0.05));
  }

  private static float surprise(SurpriseScale scale, float value) {
    float[] map = {value};
    scale.apply(map);
    return map[0];
  }

  /** By hand: between knots linear; beyond the last with the slope over the upper half of them, (2 − 1)/(3 − 1). */
  @Test
  void aScaleIsLinearBetweenItsKnotsAndGoesOnBeyondThem() {
    SurpriseScale scale = new SurpriseScale(List.of(0.0, 1.0, 3.0), List.of(0.0, 1.0, 2.0));
    float[] map = {-1, 0, 0.25f, 1, 2, 3, 5, 1e9f};
    scale.apply(map);
    assertThat(map).containsExactly(0, 0, 0.25f, 1, 1.5f, 2, 3, 20);
  }

  @Test
  void surpriseNeverFallsAndIsNeverBelowZero() {
    Random random = new Random(4);
    for (int round = 0; round < 200; round++) {
      float[] places = new float[1 + random.nextInt(300)];
      int levels = 1 + random.nextInt(40);
      for (int i = 0; i < places.length; i++) {
        double value = random.nextGaussian();
        places[i] = (float) (round % 2 == 0 ? Math.floor(levels * value) : value * value * value);
      }
      float[] probes = Arrays.copyOf(places, places.length + 100);
      for (int i = places.length; i < probes.length; i++) {
        probes[i] = (float) (60 * random.nextGaussian());
      }
      Arrays.sort(probes);
      SurpriseScale.of(places).apply(probes);
      assertThat(probes).isSorted();
      assertThat(probes[0]).isZero();
      assertThat(probes[probes.length - 1]).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void aScaleOfOneKnotOrOfKnotsWithoutSurprisesIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new SurpriseScale(List.of(1.0), List.of(0.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> new SurpriseScale(List.of(1.0, 2.0), List.of(0.0)));
  }

  /** By hand: half the picture 0.2 and half 0.6, mean 0.4, deviation 0.2: ∓0.2/0.201. */
  @Test
  void aThumbnailHasTheMeansOfCellsStandardisedByTheWholePicture() {
    float[] planes = new float[3 * 48 * 32];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = i % 48 < 24 ? 0.2f : 0.6f;
    }
    float[] thumbnail = Thumbnails.of(planes, 48, 32);
    assertThat(thumbnail).hasSize(256);
    for (int cell = 0; cell < 256; cell++) {
      assertThat((double) thumbnail[cell]).isCloseTo(cell % 16 < 8 ? -0.9950249 : 0.9950249, within(1e-5));
    }
  }

  /** A cell of 48 × 32 pixels is 3 × 2; one bright pixel of value 6 in a black picture: mean 6/1536, deviation 0.1530433 by numpy. */
  @Test
  void aBrightPixelIsInTheCellItLiesIn() {
    float[] planes = new float[3 * 48 * 32];
    for (int plane = 0; plane < 3; plane++) {
      planes[plane * 48 * 32 + 21 * 48 + 47] = 6;
    }
    float[] thumbnail = Thumbnails.of(planes, 48, 32);
    assertThat((double) thumbnail[10 * 16 + 15]).isCloseTo((1 - 6 / 1536.0) / 0.1540433, within(1e-4));
    thumbnail[10 * 16 + 15] = thumbnail[0];
    assertThat(thumbnail).containsOnly(thumbnail[0]);
  }

  @Test
  void lightThatIsStrongerOrOfMoreContrastLeavesAThumbnailAsItIs() {
    Random random = new Random(5);
    float[] planes = new float[3 * 40 * 56];
    float[] brighter = new float[planes.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = 100 * random.nextFloat();
      brighter[i] = 1.7f * planes[i] + 20;
    }
    assertThat(Thumbnails.of(brighter, 40, 56)).containsExactly(Thumbnails.of(planes, 40, 56), within(1e-3f));
  }

  @Test
  void theGreyOfAPixelIsTheMeanOfItsChannels() {
    float[] planes = new float[3 * 256];
    planes[0] = 1;
    planes[256 + 1] = 1;
    planes[512 + 2] = 1;
    float[] thumbnail = Thumbnails.of(planes, 16, 16);
    assertThat(thumbnail[0]).isEqualTo(thumbnail[1]).isEqualTo(thumbnail[2]).isGreaterThan(thumbnail[3]);
  }
}
