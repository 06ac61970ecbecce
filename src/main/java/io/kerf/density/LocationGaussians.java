package io.kerf.density;

import io.kerf.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One Gaussian at each place p of aligned parts: oddness(p) = ½·(x−µ_p)ᵀΣ_p⁻¹(x−µ_p), x the features at p. PaDiM (Defard, Setkov,
 * Loesch and Audigier, "PaDiM: a patch distribution modeling framework for anomaly detection and localization", ICPR 2020 workshops,
 * arXiv 2011.08785, section III), with every channel and with the covariance that {@link CovariancePrior} describes.
 *
 * <p>Σ_p⁻¹ is held as the inverse W of Σ_p's lower Cholesky factor, so that the form is ½‖W(x−µ)‖². Both µ and W are laid out with the
 * place innermost, as the features are: each sum runs over all places side by side (no scalar sum, which the compiler would not
 * vectorise). {@code C(C+1)/2} multiply-adds and as many numbers per place, 8.5 MB for 64 channels of 32×32.
 */
public final class LocationGaussians implements LocalDensity {
  private static final int LARGEST_PART_COUNT = 1 << 24;

  private final FeatureExtent extent;
  private final float[] mean;
  private final float[] whitening;
  private final int partCount;

  /**
   * @param mean µ {@code [C, h, w]}
   * @param whitening W by rows, without the zeros above its diagonal, {@code [C(C+1)/2, h, w]}
   * @param partCount good parts learnt from
   */
  LocationGaussians(FeatureExtent extent, float[] mean, float[] whitening, int partCount) {
    this.extent = extent;
    this.mean = mean;
    this.whitening = whitening;
    this.partCount = partCount;
  }

  static LocationGaussians fromTensors(DensityTensors stored) {
    int[] shape = stored.shape("mean", 3);
    if (Math.max(shape[1], shape[2]) > FeatureExtent.LONGEST_SIDE) {
      throw stored.corrupt("mean", "has shape " + Arrays.toString(shape) + ", larger than any feature map");
    }
    FeatureExtent extent = new FeatureExtent(shape[0], shape[1], shape[2]);
    float[] mean = stored.shaped("mean", shape[0], shape[1], shape[2]);
    float[] whitening = stored.shaped("whitening", packedSize(extent.channels()), shape[1], shape[2]);
    for (int c = 0; c < extent.channels(); c++) {
      int from = (int) (packedSize(c) + c) * extent.places();
      stored.requirePositive("whitening", Arrays.copyOfRange(whitening, from, from + extent.places()));
    }
    return new LocationGaussians(extent, mean, whitening, stored.wholeNumber("part_count", LARGEST_PART_COUNT));
  }

  /** Numbers in a lower triangle of so many rows. */
  static long packedSize(int rows) {
    return rows * (rows + 1L) / 2;
  }

  @Override
  public float[] oddness(float[] features) {
    extent.requireScorable(features);
    float[] deviations = new float[features.length];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = features[i] - mean[i];
    }
    float[] oddness = new float[extent.places()];
    float[] whitened = new float[extent.places()];
    for (int c = 0; c < extent.channels(); c++) {
      Arrays.fill(whitened, 0);
      int row = (int) packedSize(c);
      for (int k = 0; k <= c; k++) {
        addProducts(whitened, whitening, (row + k) * whitened.length, deviations, k * whitened.length);
      }
      addHalfSquares(oddness, whitened);
    }
    return FeatureExtent.requireFinite(oddness);
  }

  private static void addProducts(float[] sum, float[] a, int fromA, float[] b, int fromB) {
    for (int p = 0; p < sum.length; p++) {
      sum[p] += a[fromA + p] * b[fromB + p];
    }
  }

  private static void addHalfSquares(float[] sum, float[] values) {
    for (int p = 0; p < sum.length; p++) {
      sum[p] += 0.5f * values[p] * values[p];
    }
  }

  @Override
  public int height() {
    return extent.height();
  }

  @Override
  public int width() {
    return extent.width();
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("format", Tensor.scalar(DensityTensors.FORMAT));
    tensors.put("mean", new Tensor(new long[] {extent.channels(), extent.height(), extent.width()}, mean));
    tensors.put("whitening", new Tensor(new long[] {packedSize(extent.channels()), extent.height(), extent.width()}, whitening));
    tensors.put("part_count", Tensor.scalar(partCount));
    return tensors;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "Gaussian over %d channels at each of %d×%d places from %d good part%s", extent.channels(), height(),
        width(), partCount, partCount == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    return description();
  }
}
