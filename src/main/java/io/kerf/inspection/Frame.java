package io.kerf.inspection;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One image as it came from a source.
 *
 * @param image the encoded bytes, as received
 * @param recipe the product this is a picture of
 * @param partId serial number of the part, where the source knows it
 * @param lot lot of the part, where the source knows it
 * @param source where the image came from: {@code http}, {@code demo}, …
 * @param capturedAt wall-clock time of capture (of receipt, where the source does not say)
 */
public record Frame(byte[] image, String recipe, Optional<String> partId, Optional<String> lot, String source, Instant capturedAt) {
  public Frame {
    Objects.requireNonNull(image);
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(partId);
    Objects.requireNonNull(lot);
    Objects.requireNonNull(source);
    Objects.requireNonNull(capturedAt);
  }
}
