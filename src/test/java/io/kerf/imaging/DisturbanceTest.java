package io.kerf.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DisturbanceTest {
  private static final float EXACT = 1e-6f;

  static Stream<Disturbance> nothings() {
    return Stream.of(new Disturbance.Brightness(0), new Disturbance.Contrast(0), new Disturbance.Gamma(1), new Disturbance.Blur(Extent.px(0)),
        new Disturbance.Shift(Extent.px(0)), new Disturbance.Rotation(0), new Disturbance.Warmth(0));
  }

  static Stream<Disturbance> all() {
    return Disturbance.STANDARD.stream();
  }

  @ParameterizedTest
  @MethodSource("nothings")
  void nothingChangesNothing(Disturbance nothing) {
    Picture picture = noise(7, 5);
    assertThat(nothing.applyTo(picture).planes()).isEqualTo(picture.planes()).isNotSameAs(picture.planes());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyStandardOneChangesThePictureAndLeavesTheOriginalAndTheRangeAlone(Disturbance disturbance) {
    Picture picture = noise(160, 120);
    float[] before = picture.planes().clone();
    Picture after = disturbance.applyTo(picture);
    assertThat(Arrays.equals(picture.planes(), before)).as("the original is as it was").isTrue();
    assertThat(Arrays.equals(after.planes(), before)).as("nothing happened").isFalse();
    assertThat(after.width()).isEqualTo(160);
    assertThat(after.height()).isEqualTo(120);
    float[] sorted = after.planes().clone();
    Arrays.sort(sorted);
    assertThat(sorted[0]).isNotNegative();
    assertThat(sorted[sorted.length - 1]).isLessThanOrEqualTo(1);
  }

  @Test
  void theStandardOnesHaveStableLabelsInAStableOrder() {
    assertThat(Disturbance.STANDARD).extracting(Disturbance::label).containsExactly("brightness +5 %", "brightness -5 %", "brightness +10 %",
        "brightness -10 %", "brightness +20 %", "brightness -20 %", "contrast +10 %", "contrast -10 %", "contrast +20 %", "contrast -20 %", "gamma 0.8",
        "gamma 1.25", "blur 1 px at 256 px", "shift 1 %", "rotation 1°", "warmth +5 %", "warmth -5 %");
    assertThat(new Disturbance.Shift(Extent.px(-2.5)).label()).isEqualTo("shift -2.5 px");
    assertThat(new Disturbance.Brightness(0.07).label()).as("100 · 0.07 is 7.000000000000001").isEqualTo("brightness +7 %");
  }

  @Test
  void brightnessMultipliesAndClamps() {
    assertThat(red(new Disturbance.Brightness(0.25).applyTo(row(0, 0.4, 0.8, 0.9)))).containsExactly(floats(0, 0.5, 1, 1), within(EXACT));
    assertThat(red(new Disturbance.Brightness(-0.25).applyTo(row(0, 0.4, 0.8, 1)))).containsExactly(floats(0, 0.3, 0.6, 0.75), within(EXACT));
  }

  @Test
  void contrastStretchesAroundTheMeanGreyAndClamps() {
    assertThat(red(new Disturbance.Contrast(0.5).applyTo(row(0, 0.4, 0.6, 1)))).containsExactly(floats(0, 0.35, 0.65, 1), within(EXACT));
    Picture coloured = new Picture(1, 1, floats(1, 0.5, 0));
    // Grey 0.299 + 0.587 · 0.5 = 0.5925, halved distances: 0.79625, 0.54625, 0.29625.
    assertThat(new Disturbance.Contrast(-0.5).applyTo(coloured).planes()).containsExactly(floats(0.79625, 0.54625, 0.29625), within(EXACT));
  }

  @Test
  void gammaIsAPower() {
    assertThat(red(new Disturbance.Gamma(0.5).applyTo(row(0, 0.25, 0.81, 1)))).containsExactly(floats(0, 0.5, 0.9, 1), within(EXACT));
    assertThat(red(new Disturbance.Gamma(2).applyTo(row(0, 0.5, 0.9, 1)))).containsExactly(floats(0, 0.25, 0.81, 1), within(EXACT));
  }

  @Test
  void warmthGivesToRedAndTakesFromBlue() {
    Picture grey = new Picture(1, 1, floats(0.5, 0.5, 0.5));
    assertThat(new Disturbance.Warmth(0.1).applyTo(grey).planes()).containsExactly(floats(0.55, 0.5, 0.45), within(EXACT));
    assertThat(new Disturbance.Warmth(-0.1).applyTo(new Picture(1, 1, floats(1, 1, 1))).planes()).containsExactly(floats(0.9, 1, 1), within(EXACT));
  }

  @Test
  void aShiftMovesToTheRightAndRepeatsTheEdge() {
    assertThat(red(new Disturbance.Shift(Extent.px(1)).applyTo(row(0.1, 0.2, 0.6, 0.9)))).containsExactly(floats(0.1, 0.1, 0.2, 0.6));
    assertThat(red(new Disturbance.Shift(Extent.px(-0.5)).applyTo(row(0.1, 0.2, 0.6, 0.9))))
        .containsExactly(floats(0.15, 0.4, 0.75, 0.9), within(EXACT));
    assertThat(new Disturbance.Shift(Extent.px(99)).applyTo(row(0.1, 0.2, 0.6, 0.9)).planes()).containsOnly(0.1f);
  }

  @Test
  void aQuarterTurnPermutesThePixelsOfASquare() {
    Picture square = grey(3, 3, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9);
    assertThat(red(new Disturbance.Rotation(90).applyTo(square))).containsExactly(floats(0.3, 0.6, 0.9, 0.2, 0.5, 0.8, 0.1, 0.4, 0.7));
    assertThat(red(new Disturbance.Rotation(-90).applyTo(square))).containsExactly(floats(0.7, 0.4, 0.1, 0.8, 0.5, 0.2, 0.9, 0.6, 0.3));
    Picture even = grey(2, 2, 0.1, 0.2, 0.3, 0.4);
    assertThat(red(new Disturbance.Rotation(90).applyTo(even))).containsExactly(floats(0.2, 0.4, 0.1, 0.3));
    assertThat(red(new Disturbance.Rotation(180).applyTo(grey(3, 1, 0.1, 0.2, 0.3)))).containsExactly(floats(0.3, 0.2, 0.1));
  }

  @Test
  void aHalfQuarterTurnReadsBetweenThePixels() {
    Picture turned = new Disturbance.Rotation(45).applyTo(grey(3, 3, 0, 0, 0, 0, 0, 1, 0, 0, 0));
    // The upper right corner lies 1, -1 from the centre and is read at √2, 0: beyond the edge, so the middle of the right edge.
    assertThat(turned.planes()[2]).isCloseTo(1, within(EXACT));
    // The middle of the right edge lies 1, 0 from the centre and is read at √½, √½: √½ · (1 − √½) of that pixel.
    assertThat(turned.planes()[5]).isCloseTo(0.207107f, within(EXACT));
    assertThat(turned.planes()[4]).isCloseTo(0, within(EXACT));
  }

  @Test
  void aBlurredPointIsAGaussian() {
    float[] planes = new float[3 * 81];
    planes[81 + 40] = 1;
    float[] blurred = new Disturbance.Blur(Extent.px(1)).applyTo(new Picture(9, 9, planes)).planes();
    // exp(−k²/2) for k = 0…4, divided by the two-sided sum 2.506621: 0.398943, 0.241971, 0.053991, 0.004432, 0.000134; one factor per axis.
    assertThat(blurred[81 + 40]).isCloseTo(0.398943f * 0.398943f, within(2e-6f));
    assertThat(blurred[81 + 41]).isCloseTo(0.241971f * 0.398943f, within(2e-6f));
    assertThat(blurred[81 + 40 - 18]).isCloseTo(0.053991f * 0.398943f, within(2e-6f));
    assertThat(blurred[81 + 40 + 9 + 1]).isCloseTo(0.241971f * 0.241971f, within(2e-6f));
    assertThat(Arrays.copyOf(blurred, 81)).as("the other planes").containsOnly(0);
    assertThat(sum(blurred)).isCloseTo(1, within(1e-5));
  }

  @Test
  void blurRepeatsTheEdgeAndKeepsAnEvenPictureEven() {
    float[] even = new float[3 * 20 * 10];
    Arrays.fill(even, 0.375f);
    assertThat(new Disturbance.Blur(Extent.px(2)).applyTo(new Picture(20, 10, even)).planes()).containsExactly(even, within(EXACT));
    // Half of the centre's weight and all beyond it fall on the repeated edge: 0.398943 + 0.241971 + 0.053991 + 0.004432 + 0.000134.
    assertThat(new Disturbance.Blur(Extent.px(1)).applyTo(row(1, 0, 0, 0, 0, 0)).planes()[0]).isCloseTo(0.699471f, within(2e-6f));
  }

  @Test
  void lengthsFollowThePicture() {
    Picture wide = new Picture(1024, 256, new float[3 * 1024 * 256]);
    assertThat(Extent.px(3).pxIn(wide)).isEqualTo(3);
    assertThat(Extent.pxAt256(1).pxIn(wide)).isEqualTo(2);
    assertThat(Extent.percent(1).pxIn(wide)).isCloseTo(5.12, within(1e-12));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new Disturbance.Brightness(-1.5)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("brightness");
    assertThatThrownBy(() -> new Disturbance.Contrast(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Disturbance.Gamma(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Disturbance.Blur(Extent.px(-1))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Disturbance.Rotation(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Disturbance.Warmth(1.1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Extent.px(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] red(Picture picture) {
    return Arrays.copyOf(picture.planes(), picture.width() * picture.height());
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private static Picture row(double... values) {
    return grey(values.length, 1, values);
  }

  private static Picture grey(int width, int height, double... values) {
    float[] planes = new float[3 * values.length];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (float) values[i % values.length];
    }
    return new Picture(width, height, planes);
  }

  private static Picture noise(int width, int height) {
    Random random = new Random(1);
    float[] planes = new float[3 * width * height];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = random.nextFloat();
    }
    return new Picture(width, height, planes);
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
