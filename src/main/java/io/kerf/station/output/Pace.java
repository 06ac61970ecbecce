package io.kerf.station.output;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How fast what has waited is handed over: after an interruption first nothing for a random while, then what comes in meanwhile and a bounded rate beyond, until
 * nothing waits any more; then everything at once. A few that wait are no stampede and go at once.
 */
final class Pace {
  /** Up to so many that wait, nobody is overrun. */
  static final int FEW = 10;

  private final int perSecond;
  private final Duration longestDelay;
  private final DoubleSupplier chance;
  private boolean catchingUp;
  private boolean interrupted = true;
  private long from;
  private long last;
  private long newestSeen;
  private double allowance;

  /** @param chance in [0, 1) */
  Pace(int perSecond, Duration longestDelay, DoubleSupplier chance) {
    this.perSecond = perSecond;
    this.longestDelay = longestDelay;
    this.chance = chance;
  }

  /** The receiver was away. */
  void interrupted() {
    interrupted = true;
    catchingUp = false;
  }

  /**
   * How many may go now.
   *
   * @param nanos rising
   * @param newest number that was given last. @param told number that was handed over last
   */
  int allowed(long nanos, long newest, long told) {
    if (interrupted) {
      interrupted = false;
      begin(nanos, newest, newest - told > FEW);
    } else if (newest == told) {
      catchingUp = false;
    }
    if (!catchingUp) {
      return Integer.MAX_VALUE;
    }
    if (nanos - from < 0) {
      newestSeen = newest;
      return 0;
    }
    allowance = Math.min(allowance + (Math.max(0, nanos - last)) * perSecond / 1e9, perSecond) + newest - newestSeen;
    last = nanos;
    newestSeen = newest;
    return (int) Math.min(allowance, Integer.MAX_VALUE);
  }

  private void begin(long nanos, long newest, boolean many) {
    catchingUp = many;
    from = nanos + (long) (longestDelay.toNanos() * chance.getAsDouble());
    last = from;
    newestSeen = newest;
    allowance = 0;
  }

  /** So many went. */
  void went(int many) {
    allowance = Math.max(0, allowance - many);
  }

  boolean catchingUp() {
    return catchingUp;
  }
}
