package io.kerf.config.document;

import java.time.Duration;

/**
 * What waits for a receiver that is away. There is no limit of age: a wall clock that jumps would throw away what is new.
 *
 * @param maxWaiting outcomes, 100 to 10,000,000; the oldest beyond are given up and counted as lost. 1,000,000 by default: 72 hours of 3.8 parts a second
 * @param catchUpRate outcomes a second, 1 to 10,000, that are handed over beyond those that come meanwhile; 50 by default
 * @param catchUpDelay the longest, at random, before what has waited is handed over, so that many stations do not begin together; 10 s by default
 */
public record OutboxSettings(Integer maxWaiting, Integer catchUpRate, Duration catchUpDelay) {
  public static final OutboxSettings DEFAULT = new OutboxSettings(null, null, null);

  public OutboxSettings {
    maxWaiting = maxWaiting == null ? 1_000_000 : maxWaiting;
    catchUpRate = catchUpRate == null ? 50 : catchUpRate;
    catchUpDelay = catchUpDelay == null ? Duration.ofSeconds(10) : catchUpDelay;
  }
}
