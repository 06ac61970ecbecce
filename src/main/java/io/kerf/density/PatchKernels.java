package io.kerf.density;

import io.kerf.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One {@link KernelDensity} for every place of a texture, over the patches of good parts: a patch is the C features at one place, taken
 * at every second row and column. Where a patch lies does not count, so parts need not be aligned. The kernels sit at a coreset of the
 * patches, as in PatchCore (Roth et al., "Towards total recall in industrial anomaly detection", CVPR 2022, section 3.2), but their
 * sum replaces the distance to the nearest and directions outside the kernels' keep a Gaussian, so that the oddness is one formula
 * with a part's score.
 */
public final class PatchKernels implements LocalDensity {
  /** Rows and columns from one patch to the next. Neighbours overlap in what they see, so half of them tell as much. */
  static final int STEP = 2;

  private final FeatureExtent extent;
  private final KernelDensity kernels;

  PatchKernels(FeatureExtent extent, KernelDensity kernels) {
    this.extent = extent;
    this.kernels = kernels;
  }

  static PatchKernels fromTensors(DensityTensors stored) {
    KernelDensity kernels = KernelDensity.fromTensors(stored);
    int height = stored.wholeNumber("feature_height", FeatureExtent.LONGEST_SIDE);
    int width = stored.wholeNumber("feature_width", FeatureExtent.LONGEST_SIDE);
    return new PatchKernels(new FeatureExtent(kernels.embeddingSize(), height, width), kernels);
  }

  /** Rows of patches in a map of so many rows; columns likewise. */
  static int patchesAlong(int extent) {
    return (extent + STEP - 1) / STEP;
  }

  /** The features of one patch, {@code [C]}, patches counted row by row. */
  static float[] patch(FeatureExtent extent, float[] features, int number) {
    int columns = patchesAlong(extent.width());
    int place = number / columns * STEP * extent.width() + number % columns * STEP;
    float[] patch = new float[extent.channels()];
    for (int c = 0; c < patch.length; c++) {
      patch[c] = features[c * extent.places() + place];
    }
    return patch;
  }

  @Override
  public float[] oddness(float[] features) {
    extent.requireScorable(features);
    float[] oddness = new float[height() * width()];
    for (int p = 0; p < oddness.length; p++) {
      oddness[p] = (float) kernels.score(patch(extent, features, p));
    }
    return FeatureExtent.requireFinite(oddness);
  }

  @Override
  public int height() {
    return patchesAlong(extent.height());
  }

  @Override
  public int width() {
    return patchesAlong(extent.width());
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(kernels.tensors());
    tensors.put("feature_height", Tensor.scalar(extent.height()));
    tensors.put("feature_width", Tensor.scalar(extent.width()));
    return tensors;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "Kernels in %d of %d channel dimensions at %d patches of good parts, the same for all %d×%d places,"
        + " bandwidth %.3f", kernels.normals().dimensions(), extent.channels(), kernels.normals().count(), height(), width(),
        kernels.bandwidth());
  }

  @Override
  public String toString() {
    return description();
  }
}
