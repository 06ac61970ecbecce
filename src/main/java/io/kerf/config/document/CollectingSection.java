package io.kerf.config.document;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Parts that join the normals without a person's word. What a recipe leaves out is as the station's section says, what that leaves out as {@code kerf.collect}
 * does.
 *
 * @param leastPValue share of held-out good parts that must be at least as odd, 0..1
 * @param leastDistance to the nearest normal, as a share of the typical distance between neighbours
 * @param maxBytes of images of such normals
 */
public record CollectingSection(Optional<Boolean> enabled, OptionalDouble leastPValue, OptionalDouble leastDistance, OptionalInt maxCount, OptionalLong maxBytes) {
  public static final CollectingSection DEFAULT = new CollectingSection(null, null, null, null, null);

  public CollectingSection {
    enabled = enabled == null ? Optional.empty() : enabled;
    leastPValue = leastPValue == null ? OptionalDouble.empty() : leastPValue;
    leastDistance = leastDistance == null ? OptionalDouble.empty() : leastDistance;
    maxCount = maxCount == null ? OptionalInt.empty() : maxCount;
    maxBytes = maxBytes == null ? OptionalLong.empty() : maxBytes;
  }
}
