package io.kerf.web;

import io.kerf.device.Device;
import io.kerf.device.DeviceReading;
import io.kerf.device.Memory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/**
 * How the machine does, for {@code /q/metrics}. Zones, rails and disks come and go with what tells them, as does the zone of a GPU that sleeps; load and
 * memory are {@code NaN} where nothing tells them.
 */
@Singleton
final class DeviceMetrics {
  private static final double MILLI = 1000;

  private final Device device;
  private final MeterRegistry meters;
  private final MultiGauge temperatures;
  private final MultiGauge rails;
  private final MultiGauge disks;

  DeviceMetrics(MeterRegistry meters, Device device) {
    this.meters = meters;
    this.device = device;
    this.temperatures = MultiGauge.builder("kerf.device.temperature").description("Temperature by thermal zone").baseUnit("celsius").register(meters);
    this.rails = MultiGauge.builder("kerf.device.power").description("Power by rail; some rails are parts of others").baseUnit("watts").register(meters);
    this.disks = MultiGauge.builder("kerf.device.disk.wear").description("Share of its life that a disk has used, at most").register(meters);
  }

  void begin(@Observes StartupEvent event) {
    Gauge.builder("kerf.device.gpu.load", device, one -> one.reading().gpuLoad().orElse(Double.NaN)).description("Load of the GPU, 0 to 1").register(meters);
    Gauge.builder("kerf.device.memory.available", device, one -> one.reading().memory().map(Memory::availableBytes).map(Long::doubleValue).orElse(Double.NaN))
        .description("Memory that programs could still have").baseUnit("bytes").register(meters);
    follow();
  }

  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void follow() {
    DeviceReading reading = device.reading();
    show(temperatures, reading.temperatures().stream().map(one -> Row.of(Tags.of("zone", one.zone()), one.celsius())));
    show(rails, reading.rails().stream().filter(one -> one.milliwatts().isPresent())
        .map(one -> Row.of(Tags.of("rail", one.name()), one.milliwatts().getAsDouble() / MILLI)));
    show(disks, reading.disks().stream().filter(one -> one.share().isPresent()).map(one -> Row.of(Tags.of("disk", one.disk()), one.share().getAsDouble())));
  }

  private static void show(MultiGauge gauge, Stream<? extends Row<?>> rows) {
    gauge.register(rows.<Row<?>>map(row -> row).toList(), true);
  }
}
