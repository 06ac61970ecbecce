package io.kerf.encoder;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;

/**
 * Keeps ONNX Runtime from reporting. Its Linux builds from 1.29 on send events about sessions and models to their maker and keep a queue of
 * them in the user's cache folder, unless {@value #VARIABLE} is in the process's environment when the library is loaded. No part of a plant
 * leaves the plant, so it is always set; Java cannot, the C library can.
 */
final class NoTelemetry {
  static final String VARIABLE = "ORT_DISABLE_TELEMETRY";

  private NoTelemetry() {}

  private interface CLibrary extends Library {
    int setenv(String name, String value, int overwrite) throws LastErrorException;

    String getenv(String name);
  }

  /** Must be called before the library is loaded. @throws FaultException where it cannot be set: then nothing is loaded */
  static void ensure() {
    if (System.getenv(VARIABLE) != null) {
      return;
    }
    try {
      CLibrary c = Native.load("c", CLibrary.class);
      c.setenv(VARIABLE, "1", 1);
      if (c.getenv(VARIABLE) != null) {
        return;
      }
    } catch (LastErrorException | UnsatisfiedLinkError e) {
      throw refused(e.getMessage());
    }
    throw refused("the variable did not stay");
  }

  private static FaultException refused(String why) {
    return new FaultException(Fault.ENGINE_UNAVAILABLE, "ONNX Runtime reports to its maker unless " + VARIABLE + " is set, and it could not be set (" + why
        + "), so it is not loaded. Set " + VARIABLE + "=1 in the environment and start again.");
  }
}
