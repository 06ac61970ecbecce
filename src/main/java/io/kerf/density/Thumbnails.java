package io.kerf.density;

/**
 * A small grey picture of a part, standardised: what {@link ScoreKind#THUMBNAIL} is a density of. Light that is stronger, weaker or of more
 * contrast leaves it as it is.
 */
public final class Thumbnails {
  /** Places along each side. */
  public static final int SIDE = 16;

  private static final double LEAST_DEVIATION = 1e-3;

  private Thumbnails() {}

  /**
   * Means of {@value #SIDE}×{@value #SIDE} equal cells of the grey picture, less their mean, over the picture's deviation.
   *
   * @param planes {@code [3, heightPx, widthPx]}, on any scale
   * @return {@code [256]}
   */
  public static float[] of(float[] planes, int widthPx, int heightPx) {
    int area = widthPx * heightPx;
    double[] sums = new double[SIDE * SIDE];
    int[] counts = new int[SIDE * SIDE];
    double sum = 0;
    double squares = 0;
    for (int y = 0, at = 0; y < heightPx; y++) {
      int row = y * SIDE / heightPx * SIDE;
      for (int x = 0; x < widthPx; x++, at++) {
        double grey = (planes[at] + planes[at + area] + planes[at + 2 * area]) / 3;
        int cell = row + x * SIDE / widthPx;
        sums[cell] += grey;
        counts[cell]++;
        sum += grey;
        squares += grey * grey;
      }
    }
    double mean = sum / area;
    double deviation = Math.sqrt(Math.max(0, squares / area - mean * mean)) + LEAST_DEVIATION;
    float[] thumbnail = new float[SIDE * SIDE];
    for (int cell = 0; cell < thumbnail.length; cell++) {
      thumbnail[cell] = (float) ((sums[cell] / Math.max(1, counts[cell]) - mean) / deviation);
    }
    return thumbnail;
  }
}
