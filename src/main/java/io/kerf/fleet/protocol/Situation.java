package io.kerf.fleet.protocol;

import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.trust.TrustDocument;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * All that the reception of an envelope depends on.
 *
 * @param audiences this station and its groups
 * @param seen empty for a station that has accepted nothing yet
 * @param taken whether the highest version was taken in hand: without that a station died right after it had made it durable, and it is still due
 * @param now not before the clock's floor
 */
public record Situation(TrustDocument trust, Set<Audience> audiences, Optional<Seen> seen, boolean taken, Instant now, String appVersion) {
  /**
   * The clock, but never before what is known to be past: the build and the last trusted time. So a clock that was set back revives no old document, and one that
   * is ahead refuses new ones and says so.
   */
  public static Instant floored(Instant clock, Instant built, Optional<Seen> seen) {
    Instant floor = seen.map(Seen::trustedTime).filter(built::isBefore).orElse(built);
    return clock.isBefore(floor) ? floor : clock;
  }
}
