package io.kerf.model;

import java.nio.file.Path;

/** A verified bundle in memory, but for its encoder. Immutable. */
public record Bundle(String digest, Path folder, Manifest manifest, PartScorer scorer, ScoringRules rules) {
  /** Enough of a digest for a person to tell bundles apart. */
  public static final int SHORT_DIGEST = 12;

  /** Share of good parts that it may reject. */
  public double falseRejectBudget() {
    return rules.calibration().falseRejectBudget();
  }

  public String shortDigest() {
    return shortened(digest);
  }

  public static String shortened(String digest) {
    return digest.substring(0, SHORT_DIGEST);
  }
}
