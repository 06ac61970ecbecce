package io.kerf.encoder;

/**
 * One output of an encoder for one image.
 *
 * @param values {@code [channels, height, width]} row-major, shared
 * @param height 1 for a vector, as is {@code width}
 */
public record FeatureMap(float[] values, int channels, int height, int width) {
  public FeatureMap {
    if (values.length != channels * height * width) {
      throw new IllegalArgumentException(values.length + " values are not " + channels + " channels of " + height + "×" + width);
    }
  }

  public static FeatureMap vector(float[] values) {
    return new FeatureMap(values, values.length, 1, 1);
  }

  /** Positions of one channel. */
  public int area() {
    return height * width;
  }
}
