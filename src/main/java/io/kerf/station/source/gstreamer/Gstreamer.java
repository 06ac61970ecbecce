package io.kerf.station.source.gstreamer;

import io.kerf.station.source.camera.CameraFailure;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Version;

/** GStreamer in this process: begun with the first camera, never where there is none. */
final class Gstreamer {
  private static final String PACKAGES = "sudo apt install libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad";

  private Gstreamer() {}

  /** @throws CameraFailure where this machine lacks it; everything but cameras works without */
  static synchronized void require() throws CameraFailure {
    if (Gst.isInitialized()) {
      return;
    }
    try {
      // It would else handle SIGSEGV while it reads its plugins, which the JVM needs for itself.
      Gst.setSegTrap(false);
      Gst.init(Version.BASELINE, "kerf");
    } catch (LinkageError e) {
      throw new CameraFailure("GStreamer is not installed on this machine. Install it (" + PACKAGES + ") and start the station again");
    } catch (GstException e) {
      throw new CameraFailure("GStreamer does not start (" + e.getMessage() + "). Install it anew (" + PACKAGES + ") and start the station again");
    }
  }
}
