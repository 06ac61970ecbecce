package io.kerf.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTest {
  @TempDir
  private Path root;
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @Test
  void whatWasReadIsToldAgainForASecond() {
    Device device = new Device(root, nanos::get);
    assertThat(device.reading().gpuLoad()).isEmpty();
    new SystemTree(root).file("sys/devices/platform/gpu.0/load", "500\n");
    nanos.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(device.reading().gpuLoad()).isEmpty();
    nanos.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(device.reading().gpuLoad()).as("a file that appears late is found").hasValue(0.5);
  }
}
