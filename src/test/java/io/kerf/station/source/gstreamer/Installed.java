package io.kerf.station.source.gstreamer;

import static org.assertj.core.api.Assertions.fail;

import com.sun.jna.NativeLibrary;
import org.junit.jupiter.api.Assumptions;

/** A test that needs GStreamer is skipped where there is none; on the build server ({@code CI=true}) that is a failure. */
public final class Installed {
  private Installed() {}

  public static void requireGstreamer() {
    require("gstreamer-1.0", "libgstreamer1.0-0 gstreamer1.0-plugins-base gstreamer1.0-plugins-good");
  }

  static void requireRtspServer() {
    require("gstrtspserver-1.0", "libgstrtspserver-1.0-0");
  }

  private static void require(String library, String packages) {
    try {
      NativeLibrary.getInstance(library);
    } catch (UnsatisfiedLinkError missing) {
      if ("true".equals(System.getenv("CI"))) {
        fail("There is no " + library + " (apt install " + packages + "), and on the build server no test may be skipped.");
      }
      Assumptions.abort("No " + library + "; apt install " + packages + " to run this test.");
    }
  }
}
