package io.kerf.station.source.camera;

import io.kerf.config.document.CameraSettings.ImageKind;
import java.time.Duration;
import java.util.Optional;

/** Opens cameras. The port to GStreamer. */
public interface Camera {
  /**
   * Opens a camera; it has no frame yet. May take seconds, or hang where a driver does.
   *
   * @param image what frames of raw video become
   * @throws CameraFailure where it cannot be opened
   */
  Feed open(String pipeline, ImageKind image) throws CameraFailure;

  /** An open camera; one thread asks it for frames. */
  interface Feed extends AutoCloseable {
    /**
     * The latest frame; those that came meanwhile and were not asked for are gone.
     *
     * @param patience how long to wait for one
     * @return to be closed by the caller; empty where none came in time
     * @throws CameraFailure where there will be no more
     */
    Optional<CameraFrame> next(Duration patience) throws CameraFailure;

    /** May hang where a driver does. Frames that are still held stay valid; they cannot be encoded any more. */
    @Override
    void close();
  }

  /** One frame. Used and closed by one thread at a time. */
  interface CameraFrame extends AutoCloseable {
    /** When it was captured, by {@link System#nanoTime()}. */
    long capturedNanos();

    /** As JPEG or PNG. @throws CameraFailure where that fails */
    byte[] encoded() throws CameraFailure;

    @Override
    void close();
  }
}
