package io.kerf.density;

import io.kerf.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A Gaussian kernel of bandwidth h at each of the n normals in the d leading whitened dimensions, times one Gaussian over every
 * direction outside them: s = −log( (1/n)·Σᵢ exp(−‖x−xᵢ‖²/2h²) ) + ½·(Σ_{j>d} yⱼ² + ‖r‖²/ρ), x the first d of the whitened
 * coordinates y and r the residual of {@link WhitenedSpace}. The negative log density up to a constant.
 *
 * <p>The second term is what Moghaddam and Pentland, "Probabilistic visual learning for object representation", IEEE TPAMI 19(7)
 * (1997), section 3.2, call the distance from feature space. They give all those directions one mean variance; here each keeps its
 * own Ledoit–Wolf variance, since defects show where good parts hardly vary. With h → 0 the first term is the distance to the nearest
 * normal, with h → ∞ the score ranks as {@link GaussianDensity}'s does.
 *
 * <p>Slopes: ∂s/∂x = (x − Σᵢ wᵢxᵢ)/h² with w the softmax of the kernel exponents, ∂s/∂yⱼ = yⱼ, ∂s/∂(‖r‖²/ρ) = ½.
 */
public final class KernelDensity implements Density {
  private final WhitenedSpace space;
  private final WhitenedNormals normals;
  private final float bandwidth;

  private KernelDensity(WhitenedSpace space, WhitenedNormals normals, float bandwidth) {
    this.space = space;
    this.normals = normals;
    this.bandwidth = bandwidth;
  }

  static KernelDensity of(WhitenedSpace space, WhitenedNormals normals, double bandwidth) {
    return new KernelDensity(space, normals, (float) bandwidth);
  }

  static KernelDensity fromTensors(DensityTensors stored) {
    WhitenedSpace space = WhitenedSpace.fromTensors(stored);
    int[] shape = stored.shape("normals", 2);
    if (shape[1] > space.axes()) {
      throw stored.corrupt("normals", "has " + shape[1] + " dimensions where the space has " + space.axes());
    }
    float[] rows = stored.shaped("normals", shape[0], shape[1]);
    return new KernelDensity(space, new WhitenedNormals(rows, shape[0], shape[1]), (float) stored.positiveScalar("bandwidth"));
  }

  WhitenedNormals normals() {
    return normals;
  }

  /** Kernel bandwidth in whitened standard deviations. */
  public double bandwidth() {
    return bandwidth;
  }

  @Override
  public double score(float[] embedding) {
    WhitenedSpace.Point at = space.place(embedding);
    float[] whitened = at.whitened();
    double outside = WhitenedSpace.squares(whitened, normals.dimensions(), whitened.length) + at.residualEnergy();
    return WhitenedSpace.requireFinite(normals.negativeLogMeanKernel(whitened, bandwidth) + outside / 2);
  }

  @Override
  public float[] gradient(float[] embedding) {
    WhitenedSpace.Point at = space.place(embedding);
    float[] slope = at.whitened().clone();
    double[] centre = normals.weightedMean(at.whitened(), bandwidth);
    for (int k = 0; k < centre.length; k++) {
      slope[k] = (float) ((slope[k] - centre[k]) / ((double) bandwidth * bandwidth));
    }
    return space.pullBack(embedding, at, slope, 0.5);
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
    tensors.put("normals", new Tensor(new long[] {normals.count(), normals.dimensions()}, normals.rows()));
    tensors.put("bandwidth", Tensor.scalar(bandwidth));
    return tensors;
  }

  @Override
  public String description() {
    return String.format(Locale.ROOT, "Kernel density in %d of %d %s dimensions over %d good parts, bandwidth %.3f", normals.dimensions(),
        space.embeddingSize(), space.l2Normalises() ? "L2-normalised" : "raw", normals.count(), bandwidth);
  }

  @Override
  public String toString() {
    return description();
  }
}
