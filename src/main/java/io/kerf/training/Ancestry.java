package io.kerf.training;

import io.kerf.model.Bundle;
import java.util.Optional;

/**
 * What a model comes from.
 *
 * @param parent the bundle before, where it is made from one
 * @param encoderKept whether its encoder is taken as it is, and only densities and calibration are fitted anew
 */
record Ancestry(Optional<Bundle> parent, boolean encoderKept) {
  static final Ancestry NONE = new Ancestry(Optional.empty(), false);

  /** The encoder stays. */
  static Ancestry refitted(Bundle parent) {
    return new Ancestry(Optional.of(parent), true);
  }

  /** The encoder learns on. */
  static Ancestry tuned(Bundle parent) {
    return new Ancestry(Optional.of(parent), false);
  }
}
