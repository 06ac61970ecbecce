package io.kerf.device;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What flows through one supply of the machine.
 *
 * @param name as the board labels it, such as {@code VDD_IN}
 * @param milliwatts at least 0; the small negative offset of a rail that is switched off counts as 0. Empty where it does not tell now
 */
public record PowerRail(String name, OptionalDouble milliwatts) {
  private static final Pattern I2C_DEVICES = Pattern.compile("[0-9]+-[0-9a-f]{4}");
  private static final Pattern MONITORS = Pattern.compile("hwmon\\d+");
  private static final String THREE_RAILS = "ina3221";
  private static final String ONE_RAIL = "ina238";
  private static final Set<String> CHIPS = Set.of(THREE_RAILS, ONE_RAIL);
  private static final String NOT_CONNECTED = "NC";
  /** What the chip that has no label measures on the only board that has it. */
  private static final String UNLABELLED = "VIN";
  /** Rails through which everything flows: Thor's carrier board, Orin NX and Nano. */
  private static final List<String> WHOLE = List.of("VIN", "VDD_IN");

  /** Each rail once, from whichever folder shows its chip. */
  static List<PowerRail> read(SystemFiles files) {
    Map<String, PowerRail> rails = new LinkedHashMap<>();
    monitors(files).flatMap(monitor -> rails(files, monitor)).forEach(rail -> rails.putIfAbsent(rail.name(), rail));
    return List.copyOf(rails.values());
  }

  /**
   * What all of them take, in mW: the rail through which everything flows, or else the sum of all. Empty where there is none, or where one of these does not
   * tell now, as what is left would be too little.
   */
  static OptionalDouble total(List<PowerRail> rails) {
    Optional<PowerRail> whole = WHOLE.stream().flatMap(name -> rails.stream().filter(rail -> rail.name().equals(name))).findFirst();
    List<PowerRail> counted = whole.map(List::of).orElse(rails);
    return counted.isEmpty() || counted.stream().anyMatch(rail -> rail.milliwatts().isEmpty()) ? OptionalDouble.empty()
        : OptionalDouble.of(counted.stream().mapToDouble(rail -> rail.milliwatts().getAsDouble()).sum());
  }

  /** Folders of the chips that measure power; most chips are linked from both places. */
  private static Stream<Path> monitors(SystemFiles files) {
    Stream<Path> onBus = files.in(files.at("sys/bus/i2c/devices"), I2C_DEVICES).stream().filter(device -> chip(files, device).isPresent())
        .flatMap(device -> files.in(device.resolve("hwmon"), MONITORS).stream());
    Stream<Path> ofClass = files.in(files.at("sys/class/hwmon"), MONITORS).stream();
    return Stream.concat(onBus, ofClass).filter(monitor -> chip(files, monitor).isPresent()).map(files::itself).distinct();
  }

  private static Optional<String> chip(SystemFiles files, Path folder) {
    return files.text(folder.resolve("name")).filter(CHIPS::contains);
  }

  private static Stream<PowerRail> rails(SystemFiles files, Path monitor) {
    if (chip(files, monitor).filter(THREE_RAILS::equals).isPresent()) {
      return Stream.of(1, 2, 3).flatMap(channel -> labelled(files, monitor, channel).stream());
    }
    String name = files.text(monitor.resolve("in1_label")).or(() -> files.text(monitor.resolve("label"))).orElse(UNLABELLED);
    OptionalLong microwatts = files.number(monitor.resolve("power1_input"));
    OptionalDouble milliwatts = microwatts.isPresent() ? OptionalDouble.of(microwatts.getAsLong() / 1000.0) : product(files, monitor, 1);
    return Stream.of(rail(name, milliwatts));
  }

  private static Optional<PowerRail> labelled(SystemFiles files, Path monitor, int channel) {
    return files.text(monitor.resolve("in" + channel + "_label")).filter(label -> !label.equalsIgnoreCase(NOT_CONNECTED))
        .map(label -> rail(label, product(files, monitor, channel)));
  }

  private static PowerRail rail(String name, OptionalDouble milliwatts) {
    return new PowerRail(name, milliwatts.isPresent() ? OptionalDouble.of(Math.max(0, milliwatts.getAsDouble())) : OptionalDouble.empty());
  }

  /** mV × mA / 1000 = mW. */
  private static OptionalDouble product(SystemFiles files, Path monitor, int channel) {
    OptionalLong millivolts = files.number(monitor.resolve("in" + channel + "_input"));
    OptionalLong milliamperes = files.number(monitor.resolve("curr" + channel + "_input"));
    return millivolts.isPresent() && milliamperes.isPresent() ? OptionalDouble.of(millivolts.getAsLong() * (double) milliamperes.getAsLong() / 1000)
        : OptionalDouble.empty();
  }
}
