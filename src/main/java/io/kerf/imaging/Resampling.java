package io.kerf.imaging;

import java.util.Arrays;

/**
 * Resampling along one axis: each target pixel is a weighted mean of neighbouring source pixels.
 *
 * <p>Shrinking: the mean over the stretch of source that the target pixel covers, edge pixels by the share covered, so that nothing
 * aliases. Enlarging: linear between the centres of the two nearest source pixels.
 */
final class Resampling {
  private final int target;
  private final int[] first;
  private final int taps;
  private final float[] weights;

  private Resampling(int target, int taps) {
    this.target = target;
    this.taps = taps;
    this.first = new int[target];
    this.weights = new float[target * taps];
  }

  /**
   * @param start where the stretch begins in the source, in pixels from its outer edge
   * @param length how long it is, in pixels, above 0
   * @param source pixels there are
   * @param target pixels wanted
   */
  static Resampling of(double start, double length, int source, int target) {
    return length > target ? averaging(start, length, source, target) : linear(start, length, source, target);
  }

  private static Resampling averaging(double start, double length, int source, int target) {
    double step = length / target;
    Resampling axis = new Resampling(target, Math.min(source, (int) Math.ceil(step) + 1));
    for (int i = 0; i < target; i++) {
      double from = start + i * step;
      double to = Math.min(from + step, source);
      axis.first[i] = Math.min((int) from, source - axis.taps);
      float sum = 0;
      for (int tap = 0; tap < axis.taps; tap++) {
        int pixel = axis.first[i] + tap;
        float covered = (float) Math.max(0, Math.min(pixel + 1, to) - Math.max(pixel, from));
        axis.weights[i * axis.taps + tap] = covered;
        sum += covered;
      }
      for (int tap = 0; tap < axis.taps; tap++) {
        axis.weights[i * axis.taps + tap] /= sum;
      }
    }
    return axis;
  }

  private static Resampling linear(double start, double length, int source, int target) {
    double step = length / target;
    Resampling axis = new Resampling(target, Math.min(source, 2));
    for (int i = 0; i < target; i++) {
      double centre = Math.max(0, Math.min(source - 1, start + (i + 0.5) * step - 0.5));
      axis.first[i] = Math.max(0, Math.min((int) centre, source - 2));
      float right = (float) (centre - axis.first[i]);
      axis.weights[i * axis.taps] = 1 - right;
      if (axis.taps > 1) {
        axis.weights[i * axis.taps + 1] = right;
      }
    }
    return axis;
  }

  /**
   * Resamples a plane along both axes.
   *
   * @param from plane beginning at {@code fromOffset}, {@code width} to the row
   * @param to written at {@code toOffset}, {@code toStride} to the row
   */
  static void plane(Resampling across, Resampling down, float[] from, int fromOffset, int width, float[] to, int toOffset, int toStride) {
    int firstColumn = across.first[0];
    int columns = across.first[across.target - 1] + across.taps - firstColumn;
    float[] sum = new float[columns];
    for (int y = 0; y < down.target; y++) {
      Arrays.fill(sum, 0);
      for (int tap = 0; tap < down.taps; tap++) {
        float weight = down.weights[y * down.taps + tap];
        if (weight != 0) {
          int in = fromOffset + (down.first[y] + tap) * width + firstColumn;
          for (int x = 0; x < columns; x++) {
            sum[x] += weight * from[in + x];
          }
        }
      }
      across.row(sum, -firstColumn, to, toOffset + y * toStride);
    }
  }

  private void row(float[] from, int fromOffset, float[] to, int toOffset) {
    for (int i = 0, weight = 0; i < target; i++) {
      int in = fromOffset + first[i];
      float sum = 0;
      for (int tap = 0; tap < taps; tap++) {
        sum += weights[weight++] * from[in + tap];
      }
      to[toOffset + i] = sum;
    }
  }
}
