package io.kerf.pretext;

import java.util.random.RandomGenerator;

/**
 * Brightness, contrast, saturation and hue, each shifted a little, in random order. The four are those of torchvision's
 * {@code ColorJitter} on {@code float32} tensors: values in and out are 0…1, and grey is 0.2989 R + 0.587 G + 0.114 B.
 *
 * @param strength the most each may shift: factors are 1 ± strength, the hue turns by ± strength of the full circle
 */
record ColourJitter(double strength) {
  /** Shifts below this move no value by as much as a quarter of a grey level of 256. */
  private static final float IMPERCEPTIBLE = 1f / 1024;

  private static final float RED_WEIGHT = 0.2989f;
  private static final float GREEN_WEIGHT = 0.587f;
  private static final float BLUE_WEIGHT = 0.114f;

  private static final int KINDS = 4;

  void apply(Planes planes, RandomGenerator rng) {
    if (strength == 0) {
      return;
    }
    int[] order = {0, 1, 2, 3};
    for (int i = KINDS - 1; i >= 0; i--) {
      int drawn = rng.nextInt(i + 1);
      int kind = order[drawn];
      order[drawn] = order[i];
      float shift = (float) rng.nextDouble(-strength, strength);
      if (Math.abs(shift) > IMPERCEPTIBLE) {
        shift(planes, kind, shift);
      }
    }
  }

  private static void shift(Planes planes, int kind, float shift) {
    switch (kind) {
      case 0 -> brightness(planes, 1 + shift);
      case 1 -> contrast(planes, 1 + shift);
      case 2 -> saturation(planes, 1 + shift);
      default -> hue(planes, shift);
    }
  }

  /** x ← clamp(factor · x). */
  static void brightness(Planes planes, float factor) {
    blendWithConstant(planes, factor, 0);
  }

  /** x ← clamp(factor · x + (1 − factor) · m), with m the mean grey of all pixels. */
  static void contrast(Planes planes, float factor) {
    float[] mean = planes.mean();
    blendWithConstant(planes, factor, (1 - factor) * (RED_WEIGHT * mean[0] + GREEN_WEIGHT * mean[1] + BLUE_WEIGHT * mean[2]));
  }

  private static void blendWithConstant(Planes planes, float factor, float constant) {
    float[] values = planes.values();
    int end = planes.offset() + 3 * planes.area();
    for (int i = planes.offset(); i < end; i++) {
      values[i] = clamp(factor * values[i] + constant);
    }
  }

  /** x ← clamp(factor · x + (1 − factor) · g), with g the pixel's own grey. */
  static void saturation(Planes planes, float factor) {
    float[] values = planes.values();
    int red = planes.plane(0);
    int green = planes.plane(1);
    int blue = planes.plane(2);
    for (int i = 0; i < planes.area(); i++) {
      float r = values[red + i];
      float g = values[green + i];
      float b = values[blue + i];
      float grey = (1 - factor) * (RED_WEIGHT * r + GREEN_WEIGHT * g + BLUE_WEIGHT * b);
      values[red + i] = clamp(factor * r + grey);
      values[green + i] = clamp(factor * g + grey);
      values[blue + i] = clamp(factor * b + grey);
    }
  }

  /**
   * Turns the hue of HSV, which keeps a pixel's largest and smallest channel. With c = max − min, and the hue h counted in sixths
   * and multiplied by c, the way back is r = min + clamp(|h − 3c| − c), g = min + clamp(2c − |h − 2c|),
   * b = min + clamp(2c − |h − 4c|), each clamped to 0…c: the whole turn needs no division.
   *
   * @param turn share of the full circle, −0.5…0.5
   */
  static void hue(Planes planes, float turn) {
    float[] values = planes.values();
    int red = planes.plane(0);
    int green = planes.plane(1);
    int blue = planes.plane(2);
    for (int i = 0; i < planes.area(); i++) {
      float r = values[red + i];
      float g = values[green + i];
      float b = values[blue + i];
      float max = Math.max(r, Math.max(g, b));
      float min = Math.min(r, Math.min(g, b));
      float chroma = max - min;
      if (chroma > 0) {
        float hue = (max == r ? g - b : max == g ? 2 * chroma + b - r : 4 * chroma + r - g) + 6 * turn * chroma;
        hue = hue < 0 ? hue + 6 * chroma : hue >= 6 * chroma ? hue - 6 * chroma : hue;
        values[red + i] = min + clamp(Math.abs(hue - 3 * chroma) - chroma, chroma);
        values[green + i] = min + clamp(2 * chroma - Math.abs(hue - 2 * chroma), chroma);
        values[blue + i] = min + clamp(2 * chroma - Math.abs(hue - 4 * chroma), chroma);
      }
    }
  }

  private static float clamp(float value) {
    return clamp(value, 1);
  }

  private static float clamp(float value, float most) {
    return Math.max(0, Math.min(most, value));
  }
}
