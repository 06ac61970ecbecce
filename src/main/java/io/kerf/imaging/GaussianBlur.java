package io.kerf.imaging;

/**
 * Convolution with a Gaussian, cut off at four deviations, its weights adding up to 1; beyond the edge the outermost pixels repeat. The
 * same as {@code scipy.ndimage.gaussian_filter(plane, sigma, mode="nearest")}.
 */
final class GaussianBlur {
  private static final double REACH_IN_SIGMAS = 4;

  private final int reach;
  private final float[] weights;

  /** @param sigmaPx standard deviation, 0 or more; below a quarter of a pixel it takes next to nothing from a pixel for its neighbours */
  GaussianBlur(double sigmaPx) {
    reach = (int) (REACH_IN_SIGMAS * sigmaPx + 0.5);
    weights = new float[2 * reach + 1];
    double sum = 0;
    for (int k = -reach; k <= reach; k++) {
      sum += kernel(k, sigmaPx);
    }
    for (int k = -reach; k <= reach; k++) {
      weights[k + reach] = (float) (kernel(k, sigmaPx) / sum);
    }
  }

  private static double kernel(int k, double sigmaPx) {
    return k == 0 ? 1 : Math.exp(-0.5 * (k / sigmaPx) * (k / sigmaPx));
  }

  Picture of(Picture picture) {
    float[] across = new float[picture.planes().length];
    float[] both = new float[across.length];
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < picture.height(); y++) {
        row(picture.planes(), (channel * picture.height() + y) * picture.width(), picture.width(), across);
      }
      columns(across, channel * picture.height(), picture, both);
    }
    return new Picture(picture.width(), picture.height(), both);
  }

  private void row(float[] in, int start, int width, float[] out) {
    for (int x = 0; x < width; x++) {
      float sum = 0;
      for (int k = -reach; k <= reach; k++) {
        sum += weights[k + reach] * in[start + within(x + k, width)];
      }
      out[start + x] = sum;
    }
  }

  private void columns(float[] in, int firstRow, Picture size, float[] out) {
    for (int y = 0; y < size.height(); y++) {
      int to = (firstRow + y) * size.width();
      for (int k = -reach; k <= reach; k++) {
        int from = (firstRow + within(y + k, size.height())) * size.width();
        for (int x = 0; x < size.width(); x++) {
          out[to + x] += weights[k + reach] * in[from + x];
        }
      }
    }
  }

  private static int within(int place, int extent) {
    return Math.max(0, Math.min(extent - 1, place));
  }
}
