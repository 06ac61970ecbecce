package io.kerf.density;

/**
 * Where on the part the score comes from: map(p) = max(0, Σ_c (∂s/∂f)_c · A_c(p)) for the last feature map A and its mean f over
 * positions. Grad-CAM (Selvaraju et al., ICCV 2017, equations 1 and 2) in closed form: since f is that mean, no backward pass is
 * needed. It explains a score; it does not measure a defect's outline.
 */
public final class ActivationMap {
  private ActivationMap() {}

  /**
   * Computes the map.
   *
   * @param gradient ∂s/∂f, {@code [C] float32}, from {@link Density#gradient}
   * @param features A, {@code [C, height, width] float32}
   * @return {@code [height, width]}, each at least 0
   * @throws IllegalArgumentException where {@code features} does not hold C·height·width numbers
   */
  public static float[] of(float[] gradient, float[] features, int height, int width) {
    if (height < 1 || width < 1 || features.length != (long) gradient.length * height * width) {
      throw new IllegalArgumentException(
          "features of " + features.length + " numbers are not " + gradient.length + " channels of " + height + "×" + width);
    }
    float[] map = new float[height * width];
    for (int c = 0; c < gradient.length; c++) {
      float weight = gradient[c];
      int offset = c * map.length;
      for (int p = 0; p < map.length; p++) {
        map[p] += weight * features[offset + p];
      }
    }
    for (int p = 0; p < map.length; p++) {
      map[p] = Math.max(0, map[p]);
    }
    return map;
  }
}
