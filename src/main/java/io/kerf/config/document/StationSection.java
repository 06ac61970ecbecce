package io.kerf.config.document;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * Who the station is.
 *
 * @param id what machines call it, in topics and in the fleet: 1 to 64 of a–z, 0–9 and hyphen
 * @param name what people call it; {@code kerf.name} where absent
 * @param shifts when shifts begin, by the station's clock, rising; counts on the page are of the shift. Midnight where there are none
 */
public record StationSection(String id, Optional<String> name, List<LocalTime> shifts) {
  public static final StationSection DEFAULT = new StationSection(null, null, null);

  public StationSection {
    id = id == null ? "station" : id;
    name = name == null ? Optional.empty() : name;
    shifts = shifts == null ? List.of() : List.copyOf(shifts);
  }
}
