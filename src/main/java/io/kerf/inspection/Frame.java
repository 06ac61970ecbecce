package io.kerf.inspection;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One image as it came from a source.
 *
 * @param id what its inspection is to be called, from {@link InspectionIds}, where the source chose that beforehand to find out after a crash whether it was judged
 * @param image the encoded bytes, as received
 * @param recipe the product this is a picture of
 * @param partId serial number of the part, where the source knows it
 * @param lot lot of the part, where the source knows it
 * @param source where the image came from: {@code http}, {@code demo}, …
 * @param capturedAt wall-clock time of capture (of receipt, where the source does not say)
 */
public record Frame(Optional<String> id, byte[] image, String recipe, Optional<String> partId, Optional<String> lot, String source, Instant capturedAt) {
  /** Its inspection may be called anything. */
  public Frame(byte[] image, String recipe, Optional<String> partId, Optional<String> lot, String source, Instant capturedAt) {
    this(Optional.empty(), image, recipe, partId, lot, source, capturedAt);
  }

  public Frame {
    Objects.requireNonNull(id);
    Objects.requireNonNull(image);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(partId);
    Objects.requireNonNull(lot);
    Objects.requireNonNull(source);
    Objects.requireNonNull(capturedAt);
  }
}
