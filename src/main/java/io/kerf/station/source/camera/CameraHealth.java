package io.kerf.station.source.camera;

import io.kerf.station.line.Condition.State;
import java.time.Duration;
import java.util.Optional;

/**
 * How a camera does and whether it is to be opened anew, decided from what was seen of it. A frame that is too old does not count as one.
 *
 * @param anew whether to open it anew
 */
record CameraHealth(State state, String words, boolean anew) {
  /** To give the first frame: cameras on a network take seconds. */
  static final Duration OPENING = Duration.ofSeconds(10);

  /**
   * @param everWorked whether it gave a frame since it was set up
   * @param openFor time since it was opened last
   * @param silentFor time since its last frame after that; empty where it gave none
   * @param tooOld age of its last frame, where that was too old
   * @param failure what it said last of why it gives no frames
   * @param failed whether it said so since it was opened last, so that no more will come
   */
  record Sight(boolean everWorked, Duration openFor, Optional<Duration> silentFor, Optional<Duration> tooOld, Optional<String> failure, boolean failed) {}

  static CameraHealth of(Sight seen, Duration silence) {
    Duration opening = silence.compareTo(OPENING) > 0 ? silence : OPENING;
    boolean silent = seen.silentFor.map(time -> time.compareTo(silence) >= 0).orElse(seen.openFor.compareTo(opening) >= 0);
    if (!silent && !seen.failed && seen.silentFor.isPresent()) {
      return new CameraHealth(State.WORKS, "Frames come.", false);
    }
    boolean anew = silent || seen.failed;
    if (!anew && !seen.everWorked && seen.failure.isEmpty()) {
      return new CameraHealth(State.STARTING, "Waits for the first frame.", false);
    }
    return new CameraHealth(State.FAILS, words(seen, silence), anew);
  }

  private static String words(Sight seen, Duration silence) {
    String what = seen.tooOld.map(age -> "Frames come " + age.toMillis() + " ms after they were captured, which is older than stale-after, so none is judged. "
            + "Shorten the way of the frames, or raise stale-after.")
        .or(() -> seen.failure.map(failure -> "No frames come: " + failure + ". See to camera, cable and pipeline."))
        .orElse("No frames come" + (seen.everWorked ? " any more" : "") + ", for longer than " + silence.toMillis() + " ms. See to camera and cable; where the camera itself is triggered, raise silence above the longest pause of the line.");
    return what + " No part is judged by this camera until then; it is opened anew by itself.";
  }
}
