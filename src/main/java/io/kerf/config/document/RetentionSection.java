package io.kerf.config.document;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What is kept, and for how long. What it leaves out is as {@code kerf.evidence} and {@code kerf.records} say.
 *
 * @param okShare share of OK parts whose images are kept beyond {@code recent}, 0..1
 * @param ng whether images of NG parts are. @param unjudged whether those of UNJUDGED ones are
 * @param recent how long all images are kept, so that a part can be looked at, reviewed and learnt from
 * @param maxBytes of all images together. @param maxAge of images
 * @param leastFree bytes of the disk that images leave free
 * @param maxRecords verdicts kept
 */
public record RetentionSection(OptionalDouble okShare, Optional<Boolean> ng, Optional<Boolean> unjudged, Optional<Duration> recent, OptionalLong maxBytes,
    Optional<Duration> maxAge, OptionalLong leastFree, OptionalLong maxRecords) {
  public static final RetentionSection DEFAULT = new RetentionSection(null, null, null, null, null, null, null, null);

  public RetentionSection {
    okShare = okShare == null ? OptionalDouble.empty() : okShare;
    ng = ng == null ? Optional.empty() : ng;
    unjudged = unjudged == null ? Optional.empty() : unjudged;
    recent = recent == null ? Optional.empty() : recent;
    maxBytes = maxBytes == null ? OptionalLong.empty() : maxBytes;
    maxAge = maxAge == null ? Optional.empty() : maxAge;
    leastFree = leastFree == null ? OptionalLong.empty() : leastFree;
    maxRecords = maxRecords == null ? OptionalLong.empty() : maxRecords;
  }
}
