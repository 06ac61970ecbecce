package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the body of a request within its limits of bytes and time, whether or not the caller said how long it is. */
public final class Body {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int DISCARDED_LIMITS = 16;

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
          discard(body, maxBytes, within);
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

  /**
   * Takes the rest of a body that is refused and drops it: a caller that is still sending would not read the answer. Gives up after
   * {@value #DISCARDED_LIMITS} times the limit, or when the time is over.
   */
  private static void discard(InputStream body, long maxBytes, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = DISCARDED_LIMITS * maxBytes;
    try {
      for (int n = body.read(chunk); n >= 0 && left > 0 && System.nanoTime() < deadline; n = body.read(chunk)) {
        left -= n;
      }
    } catch (IOException e) {
      // The caller has gone; there is nobody to answer.
    }
  }

  /**
   * Drops whatever comes of a body that was refused by its announced length, without waiting for it: whoever sends reads the answer while
   * or before sending. Beyond {@value #DISCARDED_LIMITS} times the limit the connection is closed.
   */
  public static void drop(HttpServerRequest request, long maxBytes) {
    if (request.isEnded()) {
      return;
    }
    AtomicLong left = new AtomicLong(DISCARDED_LIMITS * maxBytes);
    request.handler(buffer -> {
      if (left.addAndGet(-buffer.length()) < 0) {
        request.connection().close();
      }
    });
    request.resume();
  }

  static FaultException tooLarge(long maxBytes) {
    return new FaultException(Fault.IMAGE_TOO_LARGE,
        "The request has more than " + maxBytes + " bytes. Send a smaller image, or raise kerf.image.max-bytes.");
  }
}
