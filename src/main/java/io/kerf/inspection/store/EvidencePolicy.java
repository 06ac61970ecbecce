package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import java.util.UUID;

/**
 * Which images are kept once they are no longer recent.
 *
 * @param okShare share of parts that passed whose images stay, 0 to 1
 * @param ng whether images of NG parts stay
 * @param unjudged whether images that could not be judged stay
 */
public record EvidencePolicy(double okShare, boolean ng, boolean unjudged) {
  public static final EvidencePolicy ALL = new EvidencePolicy(1, true, true);

  public EvidencePolicy {
    if (!(okShare >= 0 && okShare <= 1)) {
      throw new IllegalArgumentException("the share of images that stay must be 0 to 1");
    }
  }

  /** Drawn by the random bits of the identifier: evenly, and always the same for the same part. A larger share keeps what a smaller one does. */
  boolean keeps(String id, Verdict verdict) {
    return switch (verdict) {
      case OK -> (UUID.fromString(id).getLeastSignificantBits() << 2 >>> 11) * 0x1p-53 < okShare;
      case NG -> ng;
      case UNJUDGED -> unjudged;
    };
  }

  boolean keepsAll() {
    return equals(ALL);
  }
}
