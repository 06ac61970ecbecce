package io.kerf.device;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the machine is and how it does at one moment. What it does not tell is absent or not in its list.
 *
 * @param board its name, such as {@code NVIDIA Jetson Orin Nano Developer Kit}
 * @param gpuLoad 0 to 1
 * @param temperatures of all zones that tell one
 */
public record DeviceReading(Optional<String> board, Optional<JetsonLinux> jetsonLinux, OptionalDouble gpuLoad, List<Temperature> temperatures,
    List<PowerRail> rails, Optional<Memory> memory, Throttling throttling, List<DiskWear> disks) {
  private static final long PER_MILLE = 1000;
  /** What makers of mainboards forget to fill in. */
  private static final Set<String> NO_NAMES = Set.of("to be filled by o.e.m.", "default string", "system product name", "not specified", "none");

  static DeviceReading read(SystemFiles files) {
    return new DeviceReading(board(files), JetsonLinux.read(files), gpuLoad(files), Temperature.read(files), PowerRail.read(files), Memory.read(files),
        Throttling.read(files), DiskWear.read(files));
  }

  private static Optional<String> board(SystemFiles files) {
    return files.text(files.at("proc/device-tree/model")).or(() -> files.text(files.at("sys/class/dmi/id/product_name")))
        .filter(name -> !NO_NAMES.contains(name.toLowerCase(Locale.ROOT)));
  }

  /** The driver's file may appear long after the start, and never does on Thor. */
  private static OptionalDouble gpuLoad(SystemFiles files) {
    OptionalLong perMille = files.number(files.at("sys/devices/platform/gpu.0/load"));
    return perMille.isPresent() && perMille.getAsLong() >= 0 && perMille.getAsLong() <= PER_MILLE ? OptionalDouble.of(perMille.getAsLong() / (double) PER_MILLE)
        : OptionalDouble.empty();
  }

  /** The hottest zone. */
  public Optional<Temperature> hottest() {
    return temperatures.stream().max(Comparator.comparingDouble(Temperature::celsius));
  }

  /**
   * What the machine takes, in mW: of the rail {@code VIN} or {@code VDD_IN}, or else the sum of its rails, which lacks what they do not measure; empty
   * where one of these does not tell, or there is none.
   */
  public OptionalDouble totalMilliwatts() {
    return PowerRail.total(rails);
  }
}
