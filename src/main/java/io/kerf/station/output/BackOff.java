package io.kerf.station.output;

import java.time.Duration;

/** How long to leave a receiver alone that could not be reached. */
final class BackOff {
  static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final int TOO_MANY_DOUBLINGS = 20;

  private BackOff() {}

  /**
   * Doubles with each attempt, and a random half of it comes off, so that many stations do not come back together.
   *
   * @param attempts made so far, 1 or more
   * @param chance in [0, 1)
   */
  static Duration pause(int attempts, double chance) {
    long millis = FIRST.toMillis() << Math.min(attempts - 1, TOO_MANY_DOUBLINGS);
    return Duration.ofMillis((long) (Math.min(millis, LONGEST.toMillis()) * (1 - chance / 2)));
  }
}
