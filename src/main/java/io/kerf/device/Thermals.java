package io.kerf.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Temperatures of this machine, as Linux tells them in {@code class/thermal/thermal_zone*}. */
public final class Thermals {
  private static final double PLAUSIBLE_FROM = -40;
  private static final double PLAUSIBLE_UNTIL = 150;

  private final Path sysfs;

  /** @param sysfs where it is mounted: {@code /sys} */
  public Thermals(Path sysfs) {
    this.sysfs = sysfs;
  }

  /** The hottest zone in degrees Celsius; empty where there is none that tells. Zones that are off or tell nonsense do not count. */
  public OptionalDouble hottest() {
    Path zones = sysfs.resolve("class/thermal");
    if (!Files.isDirectory(zones)) {
      return OptionalDouble.empty();
    }
    try (Stream<Path> all = Files.list(zones)) {
      return all.filter(zone -> zone.getFileName().toString().startsWith("thermal_zone")).mapToDouble(Thermals::celsius)
          .filter(celsius -> celsius > PLAUSIBLE_FROM && celsius < PLAUSIBLE_UNTIL).max();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  private static double celsius(Path zone) {
    try {
      return Long.parseLong(Files.readString(zone.resolve("temp")).strip()) / 1000.0;
    } catch (IOException | NumberFormatException silent) {
      return Double.NaN;
    }
  }
}
