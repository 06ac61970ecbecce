package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;

/**
 * What a feature map must be like to be learnt from or judged: {@code [channels, height, width] float32}, all numbers finite.
 *
 * @param channels at least 1, as are the others
 */
record FeatureExtent(int channels, int height, int width) {
  /** Longest side of a map. */
  static final int LONGEST_SIDE = 4096;

  /** @throws IllegalArgumentException where an extent is out of range */
  FeatureExtent {
    if (channels < 1 || height < 1 || width < 1 || height > LONGEST_SIDE || width > LONGEST_SIDE) {
      throw new IllegalArgumentException(channels + " channels of " + height + "×" + width + " are no feature map");
    }
  }

  int places() {
    return height * width;
  }

  /**
   * Says whether a good part's features can be learnt from.
   *
   * @throws IllegalArgumentException where the length differs
   * @throws FaultException {@link Fault#TRAINING_FAILED} where a number is not finite
   */
  void requireLearnable(float[] features, int part) {
    int odd = firstNotFinite(features);
    if (odd < features.length) {
      throw new FaultException(Fault.TRAINING_FAILED, "The encoder gives " + features[odd] + " in the feature map of good part " + part
          + ", so its training diverged and no density can be fitted. Train again with a lower learning rate or another seed.");
    }
  }

  /**
   * Says whether a part's features can be judged.
   *
   * @throws IllegalArgumentException where the length differs
   * @throws FaultException {@link Fault#INTERNAL} where a number is not finite
   */
  void requireScorable(float[] features) {
    int odd = firstNotFinite(features);
    if (odd < features.length) {
      throw new FaultException(Fault.INTERNAL, "The encoder gave " + features[odd] + " in channel " + odd / places() + " of its feature map, so"
          + " the part cannot be judged. If it happens again, activate the previous model and train a new one.");
    }
  }

  /** The oddness itself, unless a feature lies so far out that it cannot be computed. */
  static float[] requireFinite(float[] oddness) {
    for (float value : oddness) {
      WhitenedSpace.requireFinite(value);
    }
    return oddness;
  }

  private int firstNotFinite(float[] features) {
    if (features.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          "features of " + features.length + " numbers are not " + channels + " channels of " + height + "×" + width);
    }
    int at = 0;
    while (at < features.length && Float.isFinite(features[at])) {
      at++;
    }
    return at;
  }
}
