package io.kerf.station.line;

import java.util.Objects;
import java.util.Optional;

/**
 * A part is in front of a camera.
 *
 * @param by what saw it: the name of an output with an input line, {@code http}, …
 * @param nanos when, by {@link System#nanoTime()}: a frame captured before it does not show the part
 */
public record Trigger(Optional<String> partId, Optional<String> lot, String by, long nanos) {
  public Trigger {
    Objects.requireNonNull(partId);
    Objects.requireNonNull(lot);
    Objects.requireNonNull(by);
  }
}
