package io.kerf.density;

import io.kerf.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One Gaussian over the embeddings of good parts: s = (z−µ)ᵀΣ⁻¹(z−µ), ∂s/∂z = 2Σ⁻¹(z−µ), Σ by Ledoit–Wolf; z is the embedding,
 * L2-normalised where asked for. The squared Mahalanobis distance, so twice the negative log density up to a constant.
 */
public final class GaussianDensity implements Density {
  private final WhitenedSpace space;
  private final int normalCount;
  private final double shrinkage;

  private GaussianDensity(WhitenedSpace space, int normalCount, double shrinkage) {
    this.space = space;
    this.normalCount = normalCount;
    this.shrinkage = shrinkage;
  }

  static GaussianDensity of(LedoitWolf covariance, boolean l2Normalise, int normalCount) {
    return new GaussianDensity(WhitenedSpace.of(covariance, l2Normalise), normalCount, (float) covariance.shrinkage());
  }

  static GaussianDensity fromTensors(DensityTensors stored) {
    return new GaussianDensity(WhitenedSpace.fromTensors(stored), (int) stored.positiveScalar("normal_count"), stored.scalar("shrinkage"));
  }

  @Override
  public double score(float[] embedding) {
    WhitenedSpace.Point at = space.place(embedding);
    return WhitenedSpace.requireFinite(WhitenedSpace.squares(at.whitened(), 0, at.whitened().length) + at.residualEnergy());
  }

  @Override
  public float[] gradient(float[] embedding) {
    WhitenedSpace.Point at = space.place(embedding);
    float[] slope = at.whitened().clone();
    for (int k = 0; k < slope.length; k++) {
      slope[k] *= 2;
    }
    return space.pullBack(embedding, at, slope, 1);
  }

  @Override
  public int embeddingSize() {
    return space.embeddingSize();
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("format", Tensor.scalar(DensityTensors.FORMAT));
    space.addTo(tensors);
    tensors.put("normal_count", Tensor.scalar(normalCount));
    tensors.put("shrinkage", Tensor.scalar(shrinkage));
    return tensors;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "Gaussian over %d %s dimensions from %d good parts, Ledoit–Wolf shrinkage %.3f", space.embeddingSize(),
        space.l2Normalises() ? "L2-normalised" : "raw", normalCount, shrinkage);
  }

  @Override
  public String toString() {
    return description();
  }
}
