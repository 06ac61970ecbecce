package io.kerf.station.line;

import java.time.Instant;
import java.util.Objects;

/**
 * How a source or an output does.
 *
 * @param words what it does or what keeps it from that, and what to do, for people
 * @param since from when on
 */
public record Condition(State state, String words, Instant since) {
  public Condition {
    Objects.requireNonNull(state);
    Objects.requireNonNull(words);
    Objects.requireNonNull(since);
  }

  public enum State {
    /** Has not yet worked since it was set up. */
    STARTING,
    WORKS,
    /** Worked, or should have by now, and does not. An alarm. */
    FAILS
  }
}
