package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Map;

/**
 * How odd each place of a part is among good parts. Immutable and safe for many threads.
 *
 * <p>Everything it computes with is {@code float32}, as it is stored: one that was read back judges exactly as the one that was
 * fitted. {@link LocalDensityEstimator} fits one.
 */
public sealed interface LocalDensity permits LocationGaussians, PatchKernels {

  /**
   * How odd each place is: minus its log density up to a constant.
   *
   * @param features an encoder's feature map as it comes, {@code [C, h, w] float32}, as large as the ones learnt from
   * @return {@code [height(), width()]}, each at least 0 and finite; higher is odder
   * @throws IllegalArgumentException where the length differs
   * @throws FaultException {@link Fault#INTERNAL} where a number is not finite: such a part is not judged
   */
  float[] oddness(float[] features);

  /** How it compares places. */
  default LocalDensityEstimator.Kind kind() {
    return this instanceof LocationGaussians ? LocalDensityEstimator.Kind.PER_LOCATION : LocalDensityEstimator.Kind.LOCATION_FREE;
  }

  /** Rows of the oddness map. */
  int height();

  /** Columns of the oddness map. */
  int width();

  /** Everything it takes to rebuild this density with {@link #fromTensors}. Shares its arrays, so treat them as read-only. */
  Map<String, Tensor> tensors();

  /** One line for a person: kind, places, channels, what it was learnt from. */
  String description();

  /**
   * Rebuilds a density from what {@link #tensors()} gave.
   *
   * @throws FaultException {@link Fault#BUNDLE_CORRUPT} where a tensor is missing, misshapen or not finite,
   *     {@link Fault#BUNDLE_UNSUPPORTED} where another version of this program wrote them
   */
  static LocalDensity fromTensors(Map<String, Tensor> tensors) {
    DensityTensors stored = new DensityTensors(tensors);
    stored.requireVersion();
    return switch (stored.kind()) {
      case GAUSSIAN -> LocationGaussians.fromTensors(stored);
      case KERNEL -> PatchKernels.fromTensors(stored);
    };
  }
}
