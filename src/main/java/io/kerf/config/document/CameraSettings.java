package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;

/**
 * A camera.
 *
 * @param pipeline GStreamer elements up to raw video in the memory of the processor, JPEG or PNG, as {@code gst-launch-1.0} takes them; the station adds the end
 * @param mode which frames are judged; {@code free-running} where absent
 * @param every free-running: least time between two frames that are judged, 0s for as fast as it can, at most 1h; 0s where absent
 * @param delay triggered: time from the trigger until the part is in view, at most 1m; 0s where absent
 * @param timeout triggered: how long a frame may take to come after trigger and delay, 10ms to 1m; 1s where absent
 * @param staleAfter age beyond which a frame is not judged any more, 50ms to 1m; 1s where absent
 * @param silence time without a frame after which the camera has failed and is opened anew, 200ms to 10m; 3s where absent
 * @param image what frames of raw video are kept and judged as; {@code jpeg} where absent
 * @param recipe of its parts; where absent, as for every other part
 */
public record CameraSettings(String pipeline, Mode mode, Duration every, Duration delay, Duration timeout, Duration staleAfter, Duration silence, ImageKind image,
    Optional<String> recipe) implements SourceSettings {

  public CameraSettings {
    mode = mode == null ? Mode.FREE_RUNNING : mode;
    every = every == null ? Duration.ZERO : every;
    delay = delay == null ? Duration.ZERO : delay;
    timeout = timeout == null ? Duration.ofSeconds(1) : timeout;
    staleAfter = staleAfter == null ? Duration.ofSeconds(1) : staleAfter;
    silence = silence == null ? Duration.ofSeconds(3) : silence;
    image = image == null ? ImageKind.JPEG : image;
    recipe = recipe == null ? Optional.empty() : recipe;
  }

  /** {@code free-running}: frames as they come; {@code triggered}: one for each trigger, the first that was captured at or after trigger and delay. */
  public enum Mode {
    FREE_RUNNING,
    TRIGGERED
  }

  /** {@code jpeg}: quality 95, about 6 ms for 1080p; {@code png}: without loss, slower and larger. */
  public enum ImageKind {
    JPEG,
    PNG
  }
}
