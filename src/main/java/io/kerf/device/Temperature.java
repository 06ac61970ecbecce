package io.kerf.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * How hot one part of the machine is.
 *
 * @param zone its type as Linux tells it, such as {@code gpu-thermal}; with a number where several are of one type
 */
public record Temperature(String zone, double celsius) {
  private static final double PLAUSIBLE_FROM = -40;
  private static final double PLAUSIBLE_UNTIL = 150;
  private static final Pattern ZONES = Pattern.compile("thermal_zone\\d+");

  /** Zones that are off (Orin: −256 °C, Thor: no answer while the GPU sleeps) or tell nonsense are left out. */
  static List<Temperature> read(SystemFiles files) {
    List<Temperature> found = new ArrayList<>();
    Map<String, Integer> ofType = new HashMap<>();
    for (Path zone : files.in(files.at("sys/class/thermal"), ZONES)) {
      String type = files.text(zone.resolve("type")).orElse(zone.getFileName().toString());
      int number = ofType.merge(type, 1, Integer::sum);
      OptionalLong millidegrees = files.number(zone.resolve("temp"));
      double celsius = millidegrees.isPresent() ? millidegrees.getAsLong() / 1000.0 : Double.NaN;
      if (celsius > PLAUSIBLE_FROM && celsius < PLAUSIBLE_UNTIL) {
        found.add(new Temperature(number == 1 ? type : type + " " + number, celsius));
      }
    }
    return List.copyOf(found);
  }
}
