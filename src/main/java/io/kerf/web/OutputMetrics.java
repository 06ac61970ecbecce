package io.kerf.web;

import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Output.Status;
import io.kerf.station.output.Outputs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Tells {@code /q/metrics} of outputs, as of the last five seconds; those that are gone from the document are gone there. */
@Singleton
public final class OutputMetrics {
  private final Outputs outputs;
  private final MultiGauge works;
  private final MultiGauge told;
  private final MultiGauge delivered;
  private final MultiGauge waiting;
  private final MultiGauge lost;

  OutputMetrics(MeterRegistry meters, Outputs outputs) {
    this.outputs = outputs;
    this.works = MultiGauge.builder("kerf.output.works").description("1 where the output works, 0 where it does not (yet)").register(meters);
    this.told = MultiGauge.builder("kerf.output.told").description("Parts that the output was told of since it was set up").register(meters);
    this.delivered = MultiGauge.builder("kerf.output.delivered").description("Of those, handed over").register(meters);
    this.waiting = MultiGauge.builder("kerf.output.waiting").description("In the outbox of the output").register(meters);
    this.lost = MultiGauge.builder("kerf.output.lost").description("Given up by the output").register(meters);
  }

  @Scheduled(every = "5s")
  void read() {
    List<Status> statuses = outputs.statuses();
    put(works, statuses, status -> status.condition().state() == State.WORKS ? 1 : 0);
    put(told, statuses, Status::told);
    put(delivered, statuses, Status::delivered);
    put(waiting, statuses, Status::waiting);
    put(lost, statuses, Status::lost);
  }

  private static void put(MultiGauge gauge, List<Status> statuses, ToDoubleFunction<Status> value) {
    gauge.register(statuses.stream().<Row<?>>map(status -> Row.of(Tags.of("output", status.name()), value.applyAsDouble(status))).toList(), true);
  }
}
