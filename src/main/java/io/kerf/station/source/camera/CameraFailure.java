package io.kerf.station.source.camera;

/** A camera gives no frames. The message says what keeps it from that, for people, without a full stop. */
public final class CameraFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public CameraFailure(String message) {
    super(message);
  }
}
