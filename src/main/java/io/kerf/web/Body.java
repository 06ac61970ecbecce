package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads the body of a request within its limits of bytes and time, whether or not the caller said how long it is. */
final class Body {
  private static final int CHUNK_BYTES = 64 * 1024;

  private Body() {}

  /**
   * All bytes of the body.
   *
   * @throws FaultException {@link Fault#IMAGE_TOO_LARGE} beyond {@code maxBytes}; {@link Fault#IMAGE_TRUNCATED} where the upload broke
   *     off or took longer than {@code within}
   */
  static byte[] read(InputStream body, long expectedBytes, long maxBytes, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    ByteArrayOutputStream read = new ByteArrayOutputStream((int) Math.min(Math.max(expectedBytes, CHUNK_BYTES), maxBytes));
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
        read.write(chunk, 0, n);
        if (read.size() > maxBytes) {
          throw tooLarge(maxBytes);
        }
        if (System.nanoTime() - deadline > 0) {
          throw new FaultException(Fault.IMAGE_TRUNCATED,
              "The upload took longer than " + within.toSeconds() + " s and was cut off, so the part was not judged. See the network between sender and station.");
        }
      }
      return read.toByteArray();
    } catch (IOException e) {
      throw new FaultException(Fault.IMAGE_TRUNCATED, "The upload broke off, so the part was not judged. Send it again.", e);
    }
  }

  static FaultException tooLarge(long maxBytes) {
    return new FaultException(Fault.IMAGE_TOO_LARGE,
        "The request has more than " + maxBytes + " bytes. Send a smaller image, or raise kerf.image.max-bytes.");
  }
}
