package io.kerf.density;

import java.util.Arrays;

/**
 * Brings a coarse map to the pixels of an image: out(Y, X) = Σ_{i,j} a(Y,i)·b(X,j)·map(i, j) with a(Y,i) ∝ exp(−(Y+½ − (i+½)·H/h)²/2σ²),
 * σ = {@value #SIGMA_IN_STRIDES}·H/h, and b likewise along the width; the weights of each pixel add up to 1, so that a level map stays
 * level up to the border and no pixel leaves the range of the map. Cell i covers the pixels i·H/h … (i+1)·H/h, as a strided
 * convolution's output does. Immutable and safe for many threads.
 */
public final class GaussianUpsampling {
  /** Deviation of the kernel in strides: half a cell, smooth between neighbours without smearing over them. */
  public static final double SIGMA_IN_STRIDES = 0.5;

  /** Weights beyond this many deviations are left out (exp(−8) = 3e-4 of the centre's). */
  private static final double REACH_IN_SIGMAS = 4;

  private final int height;
  private final int width;
  private final int widthPx;
  private final int heightPx;
  private final Weights vertical;
  private final Weights horizontal;

  /**
   * The weight of each cell at each pixel along one axis, and the pixels a cell reaches.
   *
   * @param of {@code [cells][sizePx]}
   * @param from first pixel of each cell
   * @param to pixel after the last of each cell
   */
  private record Weights(float[][] of, int[] from, int[] to) {}

  private GaussianUpsampling(int height, int width, int heightPx, int widthPx) {
    this.height = height;
    this.width = width;
    this.heightPx = heightPx;
    this.widthPx = widthPx;
    vertical = weights(height, heightPx);
    horizontal = weights(width, widthPx);
  }

  /**
   * Computes the weights from {@code height × width} cells to {@code heightPx × widthPx} pixels.
   *
   * @throws IllegalArgumentException where an extent is below 1 or a map is larger than the image
   */
  public static GaussianUpsampling of(int height, int width, int heightPx, int widthPx) {
    if (height < 1 || width < 1 || heightPx < height || widthPx < width) {
      throw new IllegalArgumentException("a map of " + height + "×" + width + " cannot be upsampled to " + heightPx + "×" + widthPx + " px");
    }
    return new GaussianUpsampling(height, width, heightPx, widthPx);
  }

  /**
   * Upsamples one map.
   *
   * @param map {@code [height, width]}
   * @return {@code [heightPx, widthPx]}
   */
  public float[] apply(float[] map) {
    if (map.length != height * width) {
      throw new IllegalArgumentException("a map of " + map.length + " cells is not " + height + "×" + width);
    }
    float[] wide = new float[height * widthPx];
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        addScaled(wide, i * widthPx, horizontal, j, map[i * width + j]);
      }
    }
    float[] out = new float[heightPx * widthPx];
    for (int i = 0; i < height; i++) {
      for (int y = vertical.from()[i]; y < vertical.to()[i]; y++) {
        addScaled(out, y * widthPx, wide, i * widthPx, widthPx, vertical.of()[i][y]);
      }
    }
    return out;
  }

  private static void addScaled(float[] sum, int at, Weights weights, int cell, float factor) {
    float[] weight = weights.of()[cell];
    for (int x = weights.from()[cell]; x < weights.to()[cell]; x++) {
      sum[at + x] += factor * weight[x];
    }
  }

  private static void addScaled(float[] sum, int at, float[] values, int from, int length, float factor) {
    for (int x = 0; x < length; x++) {
      sum[at + x] += factor * values[from + x];
    }
  }

  private static Weights weights(int cells, int sizePx) {
    double stride = (double) sizePx / cells;
    double reach = REACH_IN_SIGMAS * SIGMA_IN_STRIDES;
    Weights weights = new Weights(new float[cells][sizePx], new int[cells], new int[cells]);
    Arrays.fill(weights.from(), sizePx);
    for (int pixel = 0; pixel < sizePx; pixel++) {
      double position = (pixel + 0.5) / stride - 0.5;
      int first = Math.max(0, (int) Math.ceil(position - reach));
      int last = Math.min(cells - 1, (int) Math.floor(position + reach));
      double total = 0;
      for (int cell = first; cell <= last; cell++) {
        total += kernel(position - cell);
      }
      for (int cell = first; cell <= last; cell++) {
        weights.of()[cell][pixel] = (float) (kernel(position - cell) / total);
        weights.from()[cell] = Math.min(weights.from()[cell], pixel);
        weights.to()[cell] = pixel + 1;
      }
    }
    return weights;
  }

  private static double kernel(double strides) {
    double deviations = strides / SIGMA_IN_STRIDES;
    return Math.exp(-deviations * deviations / 2);
  }
}
