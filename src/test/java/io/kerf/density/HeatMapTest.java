package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link ActivationMap} and {@link GaussianUpsampling}. */
class HeatMapTest {
  /** numpy: K[Y,i] = exp(-((Y+.5)/stride-.5-i)**2/(2*.25)), 0 beyond 2 strides, rows divided by their sums; K2 @ map @ K3.T. */
  private static final float[] UPSAMPLED = {
    1.1507615f, 1.3755951f, 1.8825872f, 2.3545282f, 2.9066706f, 3.1543446f,
    1.4050347f, 1.6303283f, 2.14579f, 2.6747844f, 3.346496f, 3.6508317f,
    2.0651567f, 2.2916443f, 2.8290951f, 3.5062058f, 4.488333f, 4.9397693f,
    3.029695f, 3.2579274f, 3.827507f, 4.7210383f, 6.15673f, 6.8231015f,
    3.6898172f, 3.9192436f, 4.510812f, 5.5524597f, 7.2985673f, 8.112039f,
    3.9440904f, 4.1739764f, 4.774015f, 5.872716f, 7.738393f, 8.608526f
  };

  @Test
  void activationIsTheGradientWeightedSumOfChannelsCutAtZero() {
    float[] features = {1, 2, 3, 4, 5, 6, /* second channel */ 6, 5, 4, 3, 2, 1};
    assertThat(ActivationMap.of(new float[] {2, -1}, features, 2, 3)).containsExactly(0, 0, 2, 5, 8, 11);
  }

  @Test
  void activationRefusesFeaturesOfAnotherShape() {
    assertThatIllegalArgumentException().isThrownBy(() -> ActivationMap.of(new float[] {2, -1}, new float[11], 2, 3));
  }

  @Test
  void upsamplingEqualsTheFiguresOfNumpy() {
    float[] out = GaussianUpsampling.of(2, 3, 6, 6).apply(new float[] {1, 2, 3, 4, 5, 9});
    assertThat(out).containsExactly(UPSAMPLED, within(2e-6f));
  }

  @Test
  void aHotCellIsCentredOnThePixelsItCovers() {
    float[] map = new float[64];
    map[2 * 8 + 5] = 1;
    float[] out = GaussianUpsampling.of(8, 8, 256, 256).apply(map);
    // Cell 2 covers rows 64 to 95, cell 5 columns 160 to 191; the same numpy figures as above.
    assertThat(out[79 * 256 + 175]).isCloseTo(0.61846190f, within(1e-6f)).isEqualTo(out[80 * 256 + 176]);
    assertThat(out[64 * 256 + 160]).isCloseTo(0.25635010f, within(1e-6f)).isCloseTo(out[95 * 256 + 191], within(1e-6f));
    assertThat(out[100 * 256 + 150]).isCloseTo(0.07907631f, within(1e-6f));
  }

  @Test
  void aLevelMapStaysLevelUpToTheBorder() {
    float[] map = new float[7 * 5];
    Arrays.fill(map, 3);
    for (float value : GaussianUpsampling.of(7, 5, 97, 97).apply(map)) {
      assertThat(value).isCloseTo(3, within(1e-5f));
    }
  }

  @Test
  void aMapAsLargeAsTheImageAndAMapOfOneCellAreUpsampledToo() {
    assertThat(GaussianUpsampling.of(1, 1, 3, 3).apply(new float[] {2})).containsOnly(2);
    assertThat(GaussianUpsampling.of(3, 3, 3, 3).apply(new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0})[4]).isBetween(0.6f, 0.63f);
  }

  @Test
  void upsamplingRefusesMapsOfAnotherShape() {
    assertThatIllegalArgumentException().isThrownBy(() -> GaussianUpsampling.of(8, 8, 4, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> GaussianUpsampling.of(0, 8, 4, 8));
    assertThatIllegalArgumentException().isThrownBy(() -> GaussianUpsampling.of(2, 2, 4, 4).apply(new float[5]));
  }
}
