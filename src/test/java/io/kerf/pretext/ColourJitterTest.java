package io.kerf.pretext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * The expected figures are torchvision 0.14.1's: {@code functional.adjust_brightness(x, 1.1)} and so on of the float32 tensor
 * {@code [3, 2, 3]} in {@link #image()}, rounded to six places.
 */
class ColourJitterTest {
  private static final float TOLERANCE = 2e-6f;

  @Test
  void brightnessIsTorchvisions() {
    assertThat(after(image -> ColourJitter.brightness(image, 1.1f))).containsExactly(floats(
        0.99, 0.22, 0.55, 0.0, 1.0, 0.385, 0.11, 0.66, 0.55, 0.275, 1.0, 0.385, 0.33, 0.44, 0.55, 0.825, 0.99, 0.11), within(TOLERANCE));
    assertThat(after(image -> ColourJitter.brightness(image, 0.93f))).containsExactly(floats(
        0.837, 0.186, 0.465, 0.0, 0.93, 0.3255, 0.093, 0.558, 0.465, 0.2325, 0.93, 0.3255, 0.279, 0.372, 0.465, 0.6975, 0.837, 0.093),
        within(TOLERANCE));
  }

  @Test
  void contrastIsTorchvisions() {
    assertThat(after(image -> ColourJitter.contrast(image, 1.1f))).containsExactly(floats(
        0.942306, 0.172306, 0.502306, 0.0, 1.0, 0.337306, 0.062306, 0.612306, 0.502306, 0.227306, 1.0, 0.337306, 0.282306, 0.392306,
        0.502306, 0.777306, 0.942306, 0.062306), within(TOLERANCE));
    assertThat(after(image -> ColourJitter.contrast(image, 0.92f))).containsExactly(floats(
        0.866155, 0.222155, 0.498155, 0.038155, 0.958155, 0.360155, 0.130155, 0.590155, 0.498155, 0.268155, 0.958155, 0.360155, 0.314155,
        0.406155, 0.498155, 0.728155, 0.866155, 0.130155), within(TOLERANCE));
  }

  @Test
  void saturationIsTorchvisions() {
    assertThat(after(image -> ColourJitter.saturation(image, 1.1f))).containsExactly(floats(
        0.953809, 0.174242, 0.500005, 0.0, 1.0, 0.352853, 0.073809, 0.614242, 0.500005, 0.251775, 1.0, 0.352853, 0.293809, 0.394242,
        0.500005, 0.801775, 0.89115, 0.077854), within(TOLERANCE));
    assertThat(after(image -> ColourJitter.saturation(image, 0.9f))).containsExactly(floats(
        0.846191, 0.225758, 0.499995, 0.023225, 0.99885, 0.347147, 0.126191, 0.585758, 0.499995, 0.248225, 0.99885, 0.347147, 0.306191,
        0.405758, 0.499995, 0.698225, 0.90885, 0.122147), within(TOLERANCE));
  }

  @Test
  void hueIsTorchvisions() {
    assertThat(after(image -> ColourJitter.hue(image, 0.1f))).containsExactly(floats(
        0.9, 0.2, 0.5, 0.200001, 0.94, 0.2, 0.38, 0.56, 0.5, 0.0, 1.0, 0.35, 0.1, 0.6, 0.5, 0.75, 0.9, 0.1), within(TOLERANCE));
    assertThat(after(image -> ColourJitter.hue(image, -0.07f))).containsExactly(floats(
        0.9, 0.2, 0.5, 0.0, 1.0, 0.35, 0.1, 0.6, 0.5, 0.565, 0.958, 0.245, 0.636, 0.232, 0.5, 0.75, 0.9, 0.1), within(TOLERANCE));
    assertThat(after(image -> ColourJitter.hue(image, 0.5f))).containsExactly(floats(
        0.1, 0.6, 0.5, 0.75, 0.9, 0.1, 0.9, 0.2, 0.5, 0.5, 0.9, 0.1, 0.7, 0.4, 0.5, 0.0, 1.0, 0.35), within(TOLERANCE));
  }

  @Test
  void keepsGreyGreyAndValuesInRange() {
    Random random = new Random(3);
    for (int draw = 0; draw < 200; draw++) {
      Planes grey = Planes.allocate(8, 8);
      for (int i = 0; i < 64; i++) {
        float level = random.nextFloat();
        grey.values()[i] = level;
        grey.values()[64 + i] = level;
        grey.values()[128 + i] = level;
      }
      new ColourJitter(0.5).apply(grey, random);
      assertThat(grey.isGrey()).isTrue();
      for (float value : grey.values()) {
        assertThat(value).isBetween(0f, 1f);
      }
    }
  }

  @Test
  void touchesOnlyItsWindowOfALongerArray() {
    float[] values = new float[3 + 12 + 3];
    Arrays.fill(values, 0.4f);
    new ColourJitter(0.5).apply(new Planes(values, 3, 2, 2), new Random(1));
    assertThat(Arrays.copyOfRange(values, 0, 3)).containsOnly(0.4f);
    assertThat(Arrays.copyOfRange(values, 15, 18)).containsOnly(0.4f);
    assertThat(Arrays.copyOfRange(values, 3, 15)).doesNotContain(0.4f);
  }

  @Test
  void leavesColoursAloneAtStrengthZero() {
    assertThat(after(image -> new ColourJitter(0).apply(image, new Random(1)))).containsExactly(image().values());
  }

  private static float[] after(Consumer<Planes> change) {
    Planes image = image();
    change.accept(image);
    return image.values();
  }

  private static Planes image() {
    return new Planes(floats(0.9, 0.2, 0.5, 0.0, 1.0, 0.35, 0.1, 0.6, 0.5, 0.25, 1.0, 0.35, 0.3, 0.4, 0.5, 0.75, 0.9, 0.1), 0, 3, 2);
  }

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
