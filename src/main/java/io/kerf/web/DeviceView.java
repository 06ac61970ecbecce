package io.kerf.web;

import io.kerf.device.DeviceReading;
import io.kerf.device.DiskWear;
import io.kerf.device.JetsonLinux;
import io.kerf.device.Memory;
import io.kerf.device.PowerRail;
import io.kerf.device.Temperature;
import io.kerf.device.Throttling;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the machine is and how it does, as the API tells it.
 *
 * @param jetsonLinux such as {@code 36.4.3}. @param jetPack such as {@code 6.2}
 * @param complaints what a person should look at, one sentence each
 * @param gpuLoad 0 to 1
 * @param milliwatts what the machine takes in all, as far as its rails tell
 */
@Schema(name = "Device", description = "What the machine is and how it does. What it does not tell is null, or not in its list.")
public record DeviceView(@Schema(nullable = true, examples = "NVIDIA Jetson Orin Nano Developer Kit") String board,
    @Schema(nullable = true, examples = "36.4.3") String jetsonLinux, @Schema(nullable = true, examples = "6.2") String jetPack,
    @Schema(description = "Whether there are complaints. The station judges all the same.") boolean degraded, List<String> complaints,
    @Schema(nullable = true, description = "0 to 1.") Double gpuLoad, List<Temperature> temperatures, List<Rail> rails,
    @Schema(nullable = true, description = "What the machine takes in all, as far as its rails tell.") Double milliwatts,
    @Schema(nullable = true) Memory memory, Throttled throttling, List<Wear> disks) {

  /** @param milliwatts null where it does not tell now */
  @Schema(name = "DeviceRail")
  public record Rail(String name, @Schema(nullable = true) Double milliwatts) {
    static Rail of(PowerRail rail) {
      return new Rail(rail.name(), number(rail.milliwatts()));
    }
  }

  /** @param active limits that are in force. @param overCurrentEvents since the machine started; null where it does not count */
  @Schema(name = "DeviceThrottling")
  public record Throttled(boolean throttled, List<Limit> active, @Schema(nullable = true) Long overCurrentEvents) {
    static Throttled of(Throttling throttling) {
      return new Throttled(throttling.throttled(), throttling.active().stream().map(one -> new Limit(one.type(), one.state(), number(one.most()))).toList(),
          number(throttling.overCurrentEvents()));
    }
  }

  /** @param state above 0, in steps of the driver's own; @param most the greatest */
  @Schema(name = "DeviceLimit")
  public record Limit(String type, long state, @Schema(nullable = true) Long most) {}

  /** @param share at most this much of its life is used, 0.1 to 1; 1.1 beyond. @param spare NORMAL, WARNING or URGENT: what is left of its spare blocks */
  @Schema(name = "DeviceDisk")
  public record Wear(String disk, @Schema(nullable = true) Double share, @Schema(nullable = true) DiskWear.Spare spare) {
    static Wear of(DiskWear wear) {
      return new Wear(wear.disk(), number(wear.share()), wear.spare().orElse(null));
    }
  }

  static DeviceView of(DeviceReading reading, List<String> complaints) {
    return new DeviceView(reading.board().orElse(null), reading.jetsonLinux().map(JetsonLinux::release).orElse(null),
        reading.jetsonLinux().flatMap(JetsonLinux::jetPack).orElse(null), !complaints.isEmpty(), complaints, number(reading.gpuLoad()), reading.temperatures(),
        reading.rails().stream().map(Rail::of).toList(), number(reading.totalMilliwatts()), reading.memory().orElse(null), Throttled.of(reading.throttling()),
        reading.disks().stream().map(Wear::of).toList());
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static Long number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
