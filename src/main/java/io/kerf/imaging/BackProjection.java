package io.kerf.imaging;

/** Along one axis, where in the network's frame each pixel of the image lies. */
final class BackProjection {
  private final int from;
  private final int to;
  private final int[] lower;
  private final int[] upper;
  private final float[] share;

  /**
   * @param source left edge, in the image, of what was framed
   * @param length its width in the image
   * @param inner left edge in the frame of what was framed
   * @param innerLength its width in the frame
   * @param size pixels of the image
   */
  BackProjection(double source, double length, int inner, int innerLength, int size) {
    // A pixel was judged where its centre was.
    from = (int) Math.max(0, Math.ceil(source - 0.5));
    to = (int) Math.min(size, Math.ceil(source + length - 0.5));
    lower = new int[size];
    upper = new int[size];
    share = new float[size];
    for (int i = from; i < to; i++) {
      double at = inner + (i + 0.5 - source) / length * innerLength - 0.5;
      at = Math.max(inner, Math.min(inner + innerLength - 1, at));
      lower[i] = (int) at;
      upper[i] = Math.min(lower[i] + 1, inner + innerLength - 1);
      share[i] = (float) (at - lower[i]);
    }
  }

  static float[] map(BackProjection across, BackProjection down, float[] map, int stride) {
    int width = across.lower.length;
    float[] out = new float[width * down.lower.length];
    float[] row = new float[stride];
    for (int y = down.from; y < down.to; y++) {
      float weight = down.share[y];
      int above = down.lower[y] * stride;
      int below = down.upper[y] * stride;
      for (int x = 0; x < stride; x++) {
        row[x] = map[above + x] + weight * (map[below + x] - map[above + x]);
      }
      for (int x = across.from; x < across.to; x++) {
        float left = row[across.lower[x]];
        out[y * width + x] = left + across.share[x] * (row[across.upper[x]] - left);
      }
    }
    return out;
  }
}
