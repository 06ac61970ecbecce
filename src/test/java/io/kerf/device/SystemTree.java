package io.kerf.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the files by which a machine tells of itself, as it is written piece by piece. */
public record SystemTree(Path root) {
  /** @param text what {@code cat} would show */
  public SystemTree file(String path, String text) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** What is there and fails when it is read, as a driver does that answers {@code EAGAIN}. */
  public SystemTree failing(String path) {
    try {
      Files.createDirectories(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public SystemTree zone(int number, String type, String millidegrees) {
    String folder = "sys/class/thermal/thermal_zone" + number;
    return file(folder + "/type", type + "\n").file(folder + "/temp", millidegrees + "\n");
  }

  public SystemTree cooling(int number, String type, long state, long most) {
    String folder = "sys/class/thermal/cooling_device" + number;
    return file(folder + "/type", type + "\n").file(folder + "/cur_state", state + "\n").file(folder + "/max_state", most + "\n");
  }

  /** Of an INA3221 on the I²C bus. @param chip such as {@code 1-0040} */
  public SystemTree rail(String chip, int channel, String label, int millivolts, int milliamperes) {
    String device = "sys/bus/i2c/devices/" + chip;
    String monitor = device + "/hwmon/hwmon" + (chip.endsWith("0") ? 1 : 2);
    return file(device + "/name", "ina3221\n").file(monitor + "/name", "ina3221\n").file(monitor + "/in" + channel + "_label", label + "\n")
        .file(monitor + "/in" + channel + "_input", millivolts + "\n").file(monitor + "/curr" + channel + "_input", milliamperes + "\n");
  }
}
