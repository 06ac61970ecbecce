package io.kerf.fleet.protocol;

import io.kerf.storage.Sha256;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which refusals are told: each once, and at most {@value #MOST_PER_HOUR} an hour in the audit trail, from which nothing is ever deleted, so that neither a document that
 * comes again with every reconnection nor whoever sends rubbish fills it.
 */
final class Refusals {
  static final int MOST_PER_HOUR = 20;

  private static final long HOUR_NANOS = Duration.ofHours(1).toNanos();
  private static final int REMEMBERED = 64;

  private final LongSupplier nanos;
  private final Map<String, Boolean> known = new LinkedHashMap<>();
  private long hourBegan;
  private int thisHour;
  private long untold;

  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
    this.hourBegan = nanos.getAsLong();
  }

  /** Whether this envelope was refused for this before, as far as is remembered. */
  boolean isKnown(byte[] envelope, String code) {
    boolean known = this.known.put(Sha256.of(envelope) + code, true) != null;
    if (this.known.size() > REMEMBERED) {
      this.known.remove(this.known.keySet().iterator().next());
    }
    return known;
  }

  /** Whether one more may be told this hour; else it is counted. */
  boolean mayTell() {
    if (nanos.getAsLong() - hourBegan >= HOUR_NANOS) {
      hourBegan = nanos.getAsLong();
      thisHour = 0;
    }
    if (thisHour >= MOST_PER_HOUR) {
      untold++;
      return false;
    }
    thisHour++;
    return true;
  }

  /** Refusals that were not told for being too many, since this was asked last. */
  long untold() {
    long count = untold;
    untold = 0;
    return count;
  }
}
