package io.kerf.station.demo;

import java.util.Objects;
import java.util.Optional;

/**
 * One picture of the simulated camera, with the truth about the part.
 *
 * @param jpeg the encoded picture, colour
 * @param partId serial number, unique within a renderer
 * @param defective whether the part was spoiled
 * @param defectKind what is wrong with it, present exactly where it is defective: {@code scratch}, {@code dent}, …
 */
public record RenderedPart(byte[] jpeg, String partId, boolean defective, Optional<String> defectKind) {
  public RenderedPart {
    Objects.requireNonNull(jpeg);
    Objects.requireNonNull(partId);
    if (defective != defectKind.isPresent()) {
      throw new IllegalArgumentException("a defective part has a kind of defect, a good one has none");
    }
  }
}
