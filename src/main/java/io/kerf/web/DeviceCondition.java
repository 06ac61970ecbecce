package io.kerf.web;

import io.kerf.config.KerfConfig;
import io.kerf.device.Device;
import io.kerf.device.DeviceReading;
import io.kerf.device.DiskWear;
import io.kerf.device.Throttling.CoolingDevice;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a person should know of the machine. A machine that suffers is degraded and goes on judging. */
@Singleton
final class DeviceCondition {
  private final Device device;
  private final double hottestCelsius;

  DeviceCondition(Device device, KerfConfig config) {
    this.device = device;
    this.hottestCelsius = config.learn().hottestCelsius();
  }

  DeviceReading reading() {
    return device.reading();
  }

  /** One sentence for each thing that is not well; empty where the machine is well, or does not tell. */
  List<String> complaints(DeviceReading reading) {
    List<String> found = new ArrayList<>();
    if (reading.throttling().throttled()) {
      String limits = reading.throttling().active().stream().map(CoolingDevice::type).distinct().collect(Collectors.joining(", "));
      found.add("The device is slowed down so that it gets no hotter (" + limits + "): parts may take longer. See that its fan turns.");
    }
    reading.hottest().filter(zone -> zone.celsius() > hottestCelsius).ifPresent(zone -> found.add(String.format(Locale.ROOT,
        "The device is too hot, %.0f °C (%s): nothing is learnt above %.0f °C (kerf.learn.hottest-celsius). Give it air.", zone.celsius(), zone.zone(),
        hottestCelsius)));
    reading.disks().stream().filter(DeviceCondition::wornOut)
        .forEach(disk -> found.add("Disk " + disk.disk() + " is worn out: verdicts and models on it may be lost. Replace it."));
    return List.copyOf(found);
  }

  private static boolean wornOut(DiskWear disk) {
    return disk.share().orElse(0) > 1 || disk.spare().equals(Optional.of(DiskWear.Spare.URGENT));
  }
}
