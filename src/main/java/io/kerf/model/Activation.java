package io.kerf.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A bundle becoming the one in use: what {@code active.json} holds, and a line of the history.
 *
 * @param previous the one before, to fall back to
 */
public record Activation(String digest, Optional<String> previous, Instant activatedAt, String by, String reason) {
  public Activation {
    by = by == null ? "" : by;
    reason = reason == null ? "" : reason;
  }
}
