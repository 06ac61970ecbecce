package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.TestConfig;
import io.kerf.device.Boards;
import io.kerf.device.Device;
import io.kerf.device.SystemTree;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceConditionTest {
  private static final String SLOWED =
      "The device is slowed down so that it gets no hotter (gpu-throttle-alert, devfreq-gpu-gpc-0): parts may take longer. See that its fan turns.";
  private static final String HOT = "The device is too hot, 109 °C (tj-thermal): nothing is learnt above 85 °C (kerf.learn.hottest-celsius). Give it air.";

  @TempDir
  private Path root;
  private final AtomicLong nanos = new AtomicLong();

  private Device device() {
    return new Device(root, nanos::get);
  }

  private List<String> complaints(String... settings) {
    DeviceCondition condition = new DeviceCondition(device(), TestConfig.of(settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1])));
    return condition.complaints(condition.reading());
  }

  @Test
  void whatSlowsAMachineDownAndWhatIsTooHotIsComplainedOf() {
    Boards.thor(root);
    assertThat(complaints()).containsExactly(SLOWED, HOT);
    assertThat(complaints("kerf.learn.hottest-celsius", "110")).containsExactly(SLOWED);
  }

  @Test
  void aMachineThatIsWellOrTellsNothingIsNotComplainedOf() {
    assertThat(complaints()).isEmpty();
    Boards.agxOrin(root);
    assertThat(complaints()).isEmpty();
  }

  @Test
  void aDiskIsToBeReplacedBeforeItFails() {
    SystemTree disk = Boards.agxOrin(root).file("sys/block/mmcblk0/device/life_time", "0x0A 0x0A\n");
    assertThat(complaints()).isEmpty();
    disk.file("sys/block/mmcblk0/device/life_time", "0x0B 0x01\n");
    assertThat(complaints()).containsExactly("Disk mmcblk0 is worn out: verdicts and models on it may be lost. Replace it.");
    disk.file("sys/block/mmcblk0/device/life_time", "0x01 0x01\n").file("sys/block/mmcblk0/device/pre_eol_info", "0x03\n");
    assertThat(complaints()).hasSize(1);
  }

  @Test
  void aHotStationIsDegradedAndUp() {
    Boards.thor(root);
    HealthCheckResponse answer = new DeviceCheck(new DeviceCondition(device(), TestConfig.of(Map.of()))).call();
    assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    assertThat(answer.getData()).hasValue(Map.of("condition", "degraded", "throttled", true, "hottestCelsius", "108.9", "complaints", SLOWED + " " + HOT));
  }

  @Test
  void zonesThatWakeAndSleepComeAndGoAmongTheMetrics() {
    SystemTree tree = new SystemTree(root).zone(0, "cpu-thermal", "50000").file("sys/class/thermal/thermal_zone1/type", "gpu-thermal\n");
    MeterRegistry meters = new SimpleMeterRegistry();
    DeviceMetrics metrics = new DeviceMetrics(meters, device());
    metrics.follow();
    assertThat(zones(meters)).containsOnly(Map.entry("cpu-thermal", 50.0));
    later(metrics, tree.zone(0, "cpu-thermal", "52000").zone(1, "gpu-thermal", "61000"));
    assertThat(zones(meters)).containsOnly(Map.entry("cpu-thermal", 52.0), Map.entry("gpu-thermal", 61.0));
    later(metrics, tree.zone(1, "gpu-thermal", "-256000"));
    assertThat(zones(meters)).containsOnly(Map.entry("cpu-thermal", 52.0));
  }

  private void later(DeviceMetrics metrics, SystemTree changed) {
    assertThat(changed.root()).isDirectory();
    nanos.addAndGet(Duration.ofSeconds(5).toNanos());
    metrics.follow();
  }

  private static Map<String, Double> zones(MeterRegistry meters) {
    return meters.find("kerf.device.temperature").gauges().stream()
        .collect(Collectors.toMap(gauge -> gauge.getId().getTag("zone"), Gauge::value));
  }
}
