package io.kerf.imaging;

import java.util.Arrays;
import java.util.Objects;

/**
 * A decoded image: red, green and blue planes of {@code float32} values in 0..1, row-major, as stored in the file (gamma-encoded, not
 * colour-managed). A grey image has three equal planes.
 *
 * <p>The planes are shared, not copied: whoever makes a picture gives them up, whoever reads one leaves them as they are.
 */
public final class Picture {
  private final int width;
  private final int height;
  private final float[] planes;

  /**
   * @param planes {@code [3, height, width]}, red first
   * @throws IllegalArgumentException where {@code planes} does not hold {@code 3 * width * height} values
   */
  public Picture(int width, int height, float[] planes) {
    Objects.requireNonNull(planes);
    if (width < 1 || height < 1 || planes.length != 3L * width * height) {
      throw new IllegalArgumentException("a picture of " + width + "×" + height + " does not have " + planes.length + " values");
    }
    this.width = width;
    this.height = height;
    this.planes = planes;
  }

  /** Width in pixels. */
  public int width() {
    return width;
  }

  /** Height in pixels. */
  public int height() {
    return height;
  }

  /** {@code [3, height, width]}, red first; shared. */
  public float[] planes() {
    return planes;
  }

  /** Whether the three planes are equal. */
  public boolean isGrey() {
    int area = width * height;
    return Arrays.equals(planes, 0, area, planes, area, 2 * area) && Arrays.equals(planes, 0, area, planes, 2 * area, 3 * area);
  }

  /** Mean of each plane: red, green, blue. */
  float[] meanColour() {
    float[] mean = new float[3];
    int area = width * height;
    for (int channel = 0; channel < 3; channel++) {
      double sum = 0;
      for (int i = channel * area, end = i + area; i < end; i++) {
        sum += planes[i];
      }
      mean[channel] = (float) (sum / area);
    }
    return mean;
  }
}
