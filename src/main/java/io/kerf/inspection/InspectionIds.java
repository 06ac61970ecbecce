package io.kerf.inspection;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives identifiers that grow: the order of identifiers is the order in which they were given, across restarts and whatever the
 * wall clock does.
 *
 * <p>They are UUIDs of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, then a 12-bit counter (method 1 of section 6.2),
 * then 62 random bits. Where the clock stands still or goes back, the counter goes on from the last identifier, and carries into
 * the milliseconds. Safe for use by many threads.
 */
public final class InspectionIds {
  private static final Pattern VALID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final int COUNTER_LIMIT = 1 << 12;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Clock clock;
  private final Random random;
  private long millis;
  private int counter;

  /**
   * @param random a secure one, so that identifiers cannot be guessed
   * @param last the last identifier given before this start, where there is one
   */
  public InspectionIds(Clock clock, Random random, Optional<String> last) {
    this.clock = clock;
    this.random = random;
    last.map(UUID::fromString).ifPresent(id -> {
      millis = id.getMostSignificantBits() >>> 16;
      counter = (int) id.getMostSignificantBits() & (COUNTER_LIMIT - 1);
    });
  }

  public synchronized String next() {
    long now = clock.millis();
    if (now > millis) {
      millis = now;
      counter = random.nextInt(COUNTER_LIMIT / 2);
    } else if (++counter == COUNTER_LIMIT) {
      millis++;
      counter = 0;
    }
    long high = millis << 16 | 0x7000 | counter;
    return new UUID(high, VARIANT | random.nextLong() >>> 2).toString();
  }

  /** Whether this is an identifier as {@link #next()} writes it. Nothing that is may lead out of a folder. */
  public static boolean isValid(String id) {
    return VALID.matcher(id).matches();
  }

  /** The time in an identifier: that of judgement, unless the clock stood behind an earlier identifier. */
  public static Instant timeOf(String id) {
    return Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16);
  }
}
