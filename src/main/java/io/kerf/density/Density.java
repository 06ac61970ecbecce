package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Map;

/**
 * How likely an embedding is among good parts. Immutable and safe for many threads.
 *
 * <p>Everything a density computes with is {@code float32}, as it is stored: one that was read back scores exactly as the one that
 * was fitted. {@link DensityEstimator} fits one.
 */
public sealed interface Density permits GaussianDensity, KernelDensity {

  /**
   * How odd a part is: at least 0, finite, higher is odder. {@link GaussianDensity} gives the squared Mahalanobis distance (twice the
   * negative log density, up to a constant), {@link KernelDensity} the negative log density up to a constant.
   *
   * @param embedding the encoder's pooled feature as it comes, {@code [embeddingSize()] float32}; not normalised by the caller
   * @throws IllegalArgumentException where the length differs
   * @throws FaultException {@link Fault#INTERNAL} where a number is not finite: such a part is not judged
   */
  double score(float[] embedding);

  /**
   * The direction in which the score rises: ∂score/∂embedding at the raw pooled feature, {@code [embeddingSize()] float32}. Where the
   * density L2-normalises, the chain rule through it is applied.
   *
   * @throws IllegalArgumentException as {@link #score}
   * @throws FaultException as {@link #score}
   */
  float[] gradient(float[] embedding);

  /** Length of the embeddings this density scores. */
  int embeddingSize();

  /** Everything it takes to rebuild this density with {@link #fromTensors}. Shares its arrays, so treat them as read-only. */
  Map<String, Tensor> tensors();

  /** One line for a person: kind, dimensions, normals, shrinkage, bandwidth. */
  String description();

  /**
   * Rebuilds a density from what {@link #tensors()} gave.
   *
   * @throws FaultException {@link Fault#BUNDLE_CORRUPT} where a tensor is missing, misshapen or not finite,
   *     {@link Fault#BUNDLE_UNSUPPORTED} where another version of this program wrote them
   */
  static Density fromTensors(Map<String, Tensor> tensors) {
    DensityTensors stored = new DensityTensors(tensors);
    stored.requireVersion();
    return switch (stored.kind()) {
      case GAUSSIAN -> GaussianDensity.fromTensors(stored);
      case KERNEL -> KernelDensity.fromTensors(stored);
    };
  }
}
