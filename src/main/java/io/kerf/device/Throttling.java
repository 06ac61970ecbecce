package io.kerf.device;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What slows the machine down so that it gets no hotter.
 *
 * @param active those of Linux's cooling devices that do so now; empty where none does, or none is told
 * @param overCurrentEvents how often the board has cut clocks for an instant since it started, as its current was too high; empty where it does not
 *     count. On an Orin under load this grows all the time, so it is told and no complaint
 */
public record Throttling(List<CoolingDevice> active, OptionalLong overCurrentEvents) {
  private static final Pattern COOLING_DEVICES = Pattern.compile("cooling_device\\d+");
  private static final Pattern MONITORS = Pattern.compile("hwmon\\d+");
  private static final Pattern COUNTERS = Pattern.compile("oc\\d+_event_cnt");
  /** They warn of a surface that is hot to the touch (Jetson, from 70 °C), shift a limit, or dim a display. */
  private static final Set<String> SLOW_NOTHING = Set.of("hot-surface-alert", "TCC Offset", "LCD");

  /**
   * A limit that is in force.
   *
   * @param type as Linux tells it, such as {@code gpu-throttle-alert} or {@code cpufreq-cpu0}
   * @param state above 0, in steps of the driver's own. @param most the greatest state, where it is told
   */
  public record CoolingDevice(String type, long state, OptionalLong most) {}

  static Throttling read(SystemFiles files) {
    List<CoolingDevice> active = new ArrayList<>();
    for (Path device : files.in(files.at("sys/class/thermal"), COOLING_DEVICES)) {
      Optional<String> type = files.text(device.resolve("type")).filter(Throttling::slows);
      OptionalLong state = files.number(device.resolve("cur_state"));
      if (type.isPresent() && state.orElse(0) > 0) {
        active.add(new CoolingDevice(type.get(), state.getAsLong(), files.number(device.resolve("max_state"))));
      }
    }
    return new Throttling(List.copyOf(active), overCurrentEvents(files));
  }

  private static boolean slows(String type) {
    return !type.toLowerCase(Locale.ROOT).contains("fan") && !SLOW_NOTHING.contains(type);
  }

  private static OptionalLong overCurrentEvents(SystemFiles files) {
    List<OptionalLong> counters = files.in(files.at("sys/class/hwmon"), MONITORS).stream().flatMap(monitor -> files.in(monitor, COUNTERS).stream())
        .map(files::number).filter(OptionalLong::isPresent).toList();
    return counters.isEmpty() ? OptionalLong.empty() : OptionalLong.of(counters.stream().mapToLong(OptionalLong::getAsLong).sum());
  }

  /** Whether anything is slowed down now. */
  public boolean throttled() {
    return !active.isEmpty();
  }
}
