package io.kerf.pretext;

import java.util.Arrays;

/**
 * Three colour planes of one image or patch, a window of a longer array.
 *
 * @param values holds the planes at {@code offset}: red, green, blue, each {@code heightPx} rows of {@code widthPx}, 0…1
 */
record Planes(float[] values, int offset, int widthPx, int heightPx) {
  static Planes allocate(int widthPx, int heightPx) {
    return new Planes(new float[3 * widthPx * heightPx], 0, widthPx, heightPx);
  }

  int area() {
    return widthPx * heightPx;
  }

  /** Index of a plane's first value. */
  int plane(int channel) {
    return offset + channel * area();
  }

  /** A copy of the rectangle whose upper left corner is at {@code (xPx, yPx)}. */
  Planes cut(int xPx, int yPx, int cutWidthPx, int cutHeightPx) {
    Planes cut = allocate(cutWidthPx, cutHeightPx);
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < cutHeightPx; y++) {
        System.arraycopy(values, plane(channel) + (yPx + y) * widthPx + xPx, cut.values, cut.plane(channel) + y * cutWidthPx, cutWidthPx);
      }
    }
    return cut;
  }

  /** One colour everywhere. */
  static Planes filled(int widthPx, int heightPx, float[] rgb) {
    Planes planes = allocate(widthPx, heightPx);
    for (int channel = 0; channel < 3; channel++) {
      Arrays.fill(planes.values, planes.plane(channel), planes.plane(channel) + planes.area(), rgb[channel]);
    }
    return planes;
  }

  /** Mean red, green and blue. */
  float[] mean() {
    float[] mean = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int i = plane(channel); i < plane(channel) + area(); i++) {
        sum += values[i];
      }
      mean[channel] = (float) (sum / area());
    }
    return mean;
  }

  /** Whether the three planes are equal. */
  boolean isGrey() {
    int red = plane(0);
    int green = plane(1);
    return Arrays.equals(values, red, red + area(), values, green, green + area())
        && Arrays.equals(values, red, red + area(), values, plane(2), plane(2) + area());
  }
}
