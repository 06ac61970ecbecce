package io.kerf.station.line;

import java.util.concurrent.CompletableFuture;

/** Asks cameras for parts. The port that PLC handshakes and the web call. */
public interface Triggers {
  /**
   * Has the next frame of a camera judged.
   *
   * @param camera its name in the station document
   * @return ends, never exceptionally and never later than the camera's patience, with the outcome, after every output was told of it; {@link Outcome.Missed}
   *     with code {@code no-such-source} where there is no such camera
   */
  CompletableFuture<Outcome> fire(String camera, Trigger trigger);
}
