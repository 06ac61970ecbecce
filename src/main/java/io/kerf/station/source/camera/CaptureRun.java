package io.kerf.station.source.camera;

import io.kerf.config.document.CameraSettings;
import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.Camera.Feed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** A camera from opening to closing, on a thread of its own, as a driver may hang in either. */
final class CaptureRun {
  private static final Logger LOG = Logger.getLogger(CaptureRun.class);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  private final Thread thread;
  private volatile Optional<String> failure = Optional.empty();
  private volatile boolean ending;

  /** @param frames takes each frame over, on the thread of this run */
  CaptureRun(String name, Camera camera, CameraSettings settings, Consumer<CameraFrame> frames) {
    thread = new Thread(() -> run(camera, settings, frames), "camera-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Camera camera, CameraSettings settings, Consumer<CameraFrame> frames) {
    try (Feed feed = camera.open(settings.pipeline(), settings.image())) {
      while (!ending) {
        Optional<CameraFrame> frame = feed.next(PATIENCE);
        if (ending) {
          frame.ifPresent(CameraFrame::close);
        } else {
          frame.ifPresent(frames);
        }
      }
    } catch (CameraFailure e) {
      failure = Optional.of(e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      LOG.errorf(e, "%s failed inside the station", thread.getName());
      failure = Optional.of("something failed inside the station (" + e + "), whose log says more");
    }
  }

  /** Why it ended by itself. */
  Optional<String> failure() {
    return failure;
  }

  /** Gives no more frames from now on. */
  void end() {
    ending = true;
  }

  /** @return whether it is closed */
  boolean awaitEnd(Duration patience) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, patience.toNanos());
    return !thread.isAlive();
  }

  boolean isAlive() {
    return thread.isAlive();
  }
}
