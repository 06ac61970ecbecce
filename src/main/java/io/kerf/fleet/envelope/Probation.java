package io.kerf.fleet.envelope;

import java.time.Duration;

/**
 * What a document must prove after it was applied.
 *
 * @param duration how long inspection must go well
 * @param leastFrames that must have been judged by then; 0 where none need come
 * @param patience how long to wait for those frames where the line stood still when the document was applied
 * @param mostUnjudged share of frames that may be UNJUDGED; where it was higher before already, that is the bound
 */
public record Probation(Duration duration, long leastFrames, Duration patience, double mostUnjudged) {
  public static final Probation DEFAULT = new Probation(Duration.ofMinutes(10), 20, Duration.ofHours(72), 0.2);
}
