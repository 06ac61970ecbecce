package io.kerf.station.line;

import java.time.Instant;
import java.util.Optional;

/**
 * Brings frames to be judged, on threads of its own, from construction until it is closed. A source that fails says so in its {@link #status()} and tries on;
 * it never ends by itself.
 */
public interface Source extends AutoCloseable {
  /** As the station document calls it, unique among sources: what {@code Frame.source()} says of its frames. */
  String name();

  Status status();

  /** Ends its threads; frames that are being judged are judged. Waits for that a few seconds at most. */
  @Override
  void close();

  /**
   * @param kind {@code http}, {@code folder}, {@code camera}, {@code demo}
   * @param frames that came since the source was set up
   * @param judged of those
   * @param dropped of those that were replaced by a later one, were too old, or were no image
   */
  record Status(String name, String kind, Condition condition, long frames, long judged, long dropped, Optional<Instant> lastFrameAt) {}
}
