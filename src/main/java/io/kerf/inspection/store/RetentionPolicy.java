package io.kerf.inspection.store;

import java.time.Duration;

/**
 * How much of the past a station keeps.
 *
 * @param evidence which images stay once they are no longer recent
 * @param recent how long every image stays, whatever {@code evidence} says, as long as there is room: for reviews, normals and trials
 * @param maxBytes that images and heat maps may take; 0 keeps none
 * @param maxAge of images and heat maps
 * @param leastFreeBytes of the file system that images never eat into
 * @param maxRecords verdicts
 */
public record RetentionPolicy(EvidencePolicy evidence, Duration recent, long maxBytes, Duration maxAge, long leastFreeBytes, long maxRecords) {
  /** Longer than any station runs, and short enough to reckon with. */
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final long MOST_BYTES = 1L << 60;

  public RetentionPolicy {
    recent = recent.compareTo(LONGEST) > 0 ? LONGEST : recent;
    maxAge = maxAge.compareTo(LONGEST) > 0 ? LONGEST : maxAge;
    maxBytes = Math.min(maxBytes, MOST_BYTES);
    leastFreeBytes = Math.min(leastFreeBytes, MOST_BYTES);
  }

  /** Keeps everything, for commands that work on scratch folders. */
  public static final RetentionPolicy UNLIMITED =
      new RetentionPolicy(EvidencePolicy.ALL, LONGEST, Long.MAX_VALUE, LONGEST, 0, Long.MAX_VALUE);
}
