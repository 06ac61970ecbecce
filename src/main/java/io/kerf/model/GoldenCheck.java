package io.kerf.model;

import java.util.Optional;

/** Looks at a model that is loaded and warmed, right before it comes into use. */
@FunctionalInterface
public interface GoldenCheck {
  GoldenCheck NONE = (recipe, current, next) -> Optional.empty();

  /**
   * Why the next model must not be used; empty where nothing speaks against it. Leases are the caller's.
   *
   * @param current the model in use
   */
  Optional<String> objection(String recipe, Generation.Lease current, Generation.Lease next);
}
