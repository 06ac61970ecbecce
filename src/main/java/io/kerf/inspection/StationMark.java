package io.kerf.inspection;

import java.util.Objects;
import java.util.Optional;

/**
 * Where and under what orders a part was judged.
 *
 * @param station what the station calls itself; empty text where the record is older than marks are
 * @param document digest of the station document in force; empty where the station has none
 */
public record StationMark(String station, Optional<String> document) {
  /** Of records that were made before marks were. */
  public static final StationMark UNKNOWN = new StationMark("", Optional.empty());

  public StationMark {
    Objects.requireNonNull(station);
    Objects.requireNonNull(document);
  }
}
