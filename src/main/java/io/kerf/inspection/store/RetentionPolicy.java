package io.kerf.inspection.store;

import io.kerf.config.KerfConfig;
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
  /** Keeps everything, for commands that work on scratch folders. */
  public static final RetentionPolicy UNLIMITED =
      new RetentionPolicy(EvidencePolicy.ALL, Duration.ofDays(36_500), Long.MAX_VALUE, Duration.ofDays(36_500), 0, Long.MAX_VALUE);

  public static RetentionPolicy of(KerfConfig config) {
    KerfConfig.Evidence evidence = config.evidence();
    return new RetentionPolicy(new EvidencePolicy(evidence.okShare(), evidence.ng(), evidence.unjudged()), evidence.recent(), evidence.maxBytes().asLongValue(),
        evidence.maxAge(), evidence.leastFree().asLongValue(), config.records().maxCount());
  }
}
