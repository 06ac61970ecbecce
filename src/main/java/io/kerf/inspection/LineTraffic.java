package io.kerf.inspection;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Knows whether parts of the line are being judged, so that work that can wait lets them go first. A part never waits for it. Safe for many
 * threads.
 */
public final class LineTraffic {
  /** After the last part; long enough that a part that waits for its turn has begun. */
  static final Duration QUIET = Duration.ofMillis(10);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private final LongSupplier nanos;
  private int parts;
  private long lastEnded;

  /** @param nanos rising, whatever the wall clock does */
  public LineTraffic(LongSupplier nanos) {
    this.nanos = nanos;
    this.lastEnded = nanos.getAsLong() - QUIET.toNanos();
  }

  /** Judges a part. */
  public <T> T during(Supplier<T> part) {
    synchronized (this) {
      parts++;
    }
    try {
      return part.get();
    } finally {
      synchronized (this) {
        parts--;
        lastEnded = nanos.getAsLong();
      }
    }
  }

  /** Whether no part is being judged, nor was one just now. */
  public synchronized boolean isQuiet() {
    return parts == 0 && nanos.getAsLong() - lastEnded >= QUIET.toNanos();
  }

  /**
   * Waits until the line is quiet.
   *
   * @param patience the longest to wait
   * @param givenUp ends the wait
   * @return whether the line is quiet
   */
  public boolean awaitQuiet(Duration patience, BooleanSupplier givenUp) {
    long begun = nanos.getAsLong();
    while (!isQuiet()) {
      if (givenUp.getAsBoolean() || nanos.getAsLong() - begun >= patience.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }
}
