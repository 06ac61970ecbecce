package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * Where embeddings are measured in standard deviations of good parts: y = Λ^(−½)·Eᵀ(z−µ) along the k axes E that the normals span,
 * and, for every direction outside them, the residual r = (z−µ) − E·Eᵀ(z−µ) in units of the residual deviation √ρ. Together
 * ‖y‖² + ‖r‖²/ρ = (z−µ)ᵀΣ⁻¹(z−µ), exactly. z is the embedding, L2-normalised where asked for.
 *
 * <p>Both layouts of the axes are held, so that either product is a sum of scaled rows, which the compiler vectorises.
 */
final class WhitenedSpace {
  private final boolean l2Normalise;
  private final float[] mean;
  private final float[] variances;
  private final float residualVariance;
  private final float[] inverseDeviations;
  private final float[] axisMajor;
  private final float[] embeddingMajor;

  /**
   * A place in the space.
   *
   * @param norm of the raw embedding
   * @param centred z−µ {@code [embeddingSize]}
   * @param whitened y {@code [axes]}
   * @param residual r {@code [embeddingSize]}
   * @param residualEnergy ‖r‖²/ρ
   */
  record Point(double norm, float[] centred, float[] whitened, float[] residual, double residualEnergy) {}

  private WhitenedSpace(boolean l2Normalise, float[] mean, float[] axisMajor, float[] variances, float residualVariance) {
    this.l2Normalise = l2Normalise;
    this.mean = mean;
    this.axisMajor = axisMajor;
    this.variances = variances;
    this.residualVariance = residualVariance;
    inverseDeviations = new float[variances.length];
    embeddingMajor = new float[axisMajor.length];
    for (int k = 0; k < variances.length; k++) {
      inverseDeviations[k] = (float) (1 / Math.sqrt(variances[k]));
      for (int c = 0; c < mean.length; c++) {
        embeddingMajor[c * variances.length + k] = axisMajor[k * mean.length + c];
      }
    }
  }

  static WhitenedSpace of(LedoitWolf covariance, boolean l2Normalise) {
    int size = covariance.mean().length;
    int axes = covariance.variances().length;
    float[] mean = toFloats(covariance.mean());
    float[] axisMajor = new float[axes * size];
    for (int k = 0; k < axes; k++) {
      System.arraycopy(toFloats(covariance.axes()[k]), 0, axisMajor, k * size, size);
    }
    float residualVariance = Math.max((float) covariance.residualVariance(), Float.MIN_NORMAL);
    return new WhitenedSpace(l2Normalise, mean, axisMajor, toFloats(covariance.variances()), residualVariance);
  }

  static WhitenedSpace fromTensors(DensityTensors stored) {
    float[] mean = stored.vector("mean");
    float[] variances = stored.vector("variances");
    float[] axes = stored.shaped("axes", variances.length, mean.length);
    double residualVariance = stored.positiveScalar("residual_variance");
    stored.requirePositive("variances", variances);
    return new WhitenedSpace(stored.flag("l2_normalise"), mean, axes, variances, (float) residualVariance);
  }

  void addTo(Map<String, Tensor> tensors) {
    tensors.put("mean", Tensor.vector(mean));
    tensors.put("axes", new Tensor(new long[] {variances.length, mean.length}, axisMajor));
    tensors.put("variances", Tensor.vector(variances));
    tensors.put("residual_variance", Tensor.scalar(residualVariance));
    tensors.put("l2_normalise", Tensor.scalar(l2Normalise ? 1 : 0));
  }

  int embeddingSize() {
    return mean.length;
  }

  int axes() {
    return variances.length;
  }

  boolean l2Normalises() {
    return l2Normalise;
  }

  Point place(float[] embedding) {
    requireScorable(embedding);
    double norm = norm(embedding);
    float[] centred = new float[mean.length];
    // A zero embedding has no direction and stays zero, far from every normalised one.
    float scale = l2Normalise && norm > 0 ? (float) (1 / norm) : 1;
    for (int c = 0; c < centred.length; c++) {
      centred[c] = embedding[c] * scale - mean[c];
    }
    float[] along = new float[variances.length];
    for (int c = 0; c < centred.length; c++) {
      addScaled(along, embeddingMajor, c * along.length, centred[c]);
    }
    float[] residual = new float[mean.length];
    double energy = 0;
    if (variances.length < mean.length) {
      System.arraycopy(centred, 0, residual, 0, residual.length);
      for (int k = 0; k < along.length; k++) {
        addScaled(residual, axisMajor, k * residual.length, -along[k]);
      }
      energy = squares(residual, 0, residual.length) / residualVariance;
    }
    for (int k = 0; k < along.length; k++) {
      along[k] *= inverseDeviations[k];
    }
    return new Point(norm, centred, along, residual, energy);
  }

  /**
   * The gradient at the raw embedding of a score with these slopes: E·Λ^(−½)·∂s/∂y + (∂s/∂(‖r‖²/ρ))·2r/ρ, then through the
   * L2 normalisation by (I − f̂f̂ᵀ)/‖f‖.
   */
  float[] pullBack(float[] embedding, Point at, float[] whitenedSlope, double residualSlope) {
    float[] gradient = new float[mean.length];
    float residualFactor = (float) (2 * residualSlope / residualVariance);
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] = residualFactor * at.residual()[c];
    }
    for (int k = 0; k < whitenedSlope.length; k++) {
      addScaled(gradient, axisMajor, k * gradient.length, whitenedSlope[k] * inverseDeviations[k]);
    }
    if (l2Normalise) {
      throughNormalisation(gradient, embedding, at.norm());
    }
    requireFinite(squares(gradient, 0, gradient.length));
    return gradient;
  }

  /** The score itself, unless the embedding lies so far out that it cannot be computed: a score that is no number passes no threshold. */
  static double requireFinite(double score) {
    if (!Double.isFinite(score)) {
      throw new FaultException(Fault.INTERNAL, "The embedding lies so far from every good part that its score is " + score + ", so the part"
          + " cannot be judged. The encoder is likely damaged: activate the previous model and train a new one.");
    }
    return score;
  }

  private static void throughNormalisation(float[] gradient, float[] embedding, double norm) {
    if (norm == 0) {
      Arrays.fill(gradient, 0);
      return;
    }
    double radial = 0;
    for (int c = 0; c < gradient.length; c++) {
      radial += gradient[c] * (embedding[c] / norm);
    }
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] = (float) ((gradient[c] - radial * (embedding[c] / norm)) / norm);
    }
  }

  private void requireScorable(float[] embedding) {
    if (embedding.length != mean.length) {
      throw new IllegalArgumentException("this density scores embeddings of " + mean.length + " numbers, not of " + embedding.length);
    }
    for (int c = 0; c < embedding.length; c++) {
      if (!Float.isFinite(embedding[c])) {
        throw new FaultException(Fault.INTERNAL, "The encoder gave " + embedding[c] + " in place " + c + " of its embedding, so the part"
            + " cannot be judged. If it happens again, activate the previous model and train a new one.");
      }
    }
  }

  /** Scales an embedding to unit length; leaves a zero one. */
  static float[] normalised(float[] embedding) {
    double norm = norm(embedding);
    if (norm == 0) {
      return embedding.clone();
    }
    float scale = (float) (1 / norm);
    float[] unit = new float[embedding.length];
    for (int c = 0; c < unit.length; c++) {
      unit[c] = embedding[c] * scale;
    }
    return unit;
  }

  static double squares(float[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += (double) values[i] * values[i];
    }
    return sum;
  }

  private static double norm(float[] embedding) {
    return Math.sqrt(squares(embedding, 0, embedding.length));
  }

  private static void addScaled(float[] sum, float[] rows, int offset, float factor) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * rows[offset + i];
    }
  }

  private static float[] toFloats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
