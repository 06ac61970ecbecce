package io.kerf.web;

import io.kerf.station.line.Condition;
import io.kerf.station.line.Source.Status;
import io.kerf.station.source.Sources;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Sources for {@code /q/metrics}. They come and go with the station document, and their meters with them. */
@Singleton
final class SourceMetrics {
  private final MeterRegistry meters;
  private final Sources sources;
  private final Map<String, List<Meter>> registered = new HashMap<>();

  SourceMetrics(MeterRegistry meters, Sources sources) {
    this.meters = meters;
    this.sources = sources;
  }

  @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void follow() {
    Map<String, String> kinds = sources.statuses().stream().collect(Collectors.toMap(Status::name, Status::kind));
    Set<String> gone = registered.keySet().stream().filter(name -> !kinds.containsKey(name)).collect(Collectors.toSet());
    gone.forEach(name -> registered.remove(name).forEach(meters::remove));
    kinds.forEach((name, kind) -> registered.computeIfAbsent(name, any -> register(name, kind)));
  }

  private List<Meter> register(String name, String kind) {
    List<Meter> made = new ArrayList<>();
    made.add(counter("kerf.source.frames", "Frames that came", name, kind, Status::frames));
    made.add(counter("kerf.source.judged", "Frames that were judged", name, kind, Status::judged));
    made.add(counter("kerf.source.dropped", "Frames that were to be judged and were not", name, kind, Status::dropped));
    made.add(Gauge.builder("kerf.source.fails", () -> value(name, status -> status.condition().state() == Condition.State.FAILS ? 1 : 0))
        .description("Whether a source fails").tag("source", name).tag("kind", kind).register(meters));
    return made;
  }

  private Meter counter(String meter, String description, String name, String kind, ToDoubleFunction<Status> value) {
    return FunctionCounter.builder(meter, this, any -> value(name, value)).description(description).tag("source", name).tag("kind", kind).register(meters);
  }

  private double value(String name, ToDoubleFunction<Status> value) {
    Optional<Status> status = sources.statuses().stream().filter(one -> one.name().equals(name)).findFirst();
    return status.map(value::applyAsDouble).orElse(0.0);
  }
}
