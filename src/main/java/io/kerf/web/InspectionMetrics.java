package io.kerf.web;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.inspection.store.InspectionStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Counts and times inspections for {@code /q/metrics}. */
@Singleton
public final class InspectionMetrics {
  private static final int MAX_RECIPES = 100;
  private static final String OTHER_RECIPES = "_other";
  private static final Duration[] BUCKETS =
      Stream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000).map(Duration::ofMillis).toArray(Duration[]::new);

  private final MeterRegistry meters;
  private final InspectionStore store;
  /** Callers name recipes, so their number has a limit here: each one makes a time series. */
  private final Set<String> recipes = ConcurrentHashMap.newKeySet();

  InspectionMetrics(MeterRegistry meters, InspectionStore store) {
    this.meters = meters;
    this.store = store;
  }

  void begin(@Observes StartupEvent event) {
    Gauge.builder("kerf.evidence.bytes", store, InspectionStore::evidenceBytes).description("What images of verdicts take on disk").baseUnit("bytes")
        .register(meters);
    FunctionCounter.builder("kerf.evidence.lost", store, InspectionStore::evidenceLost).description("Images that could not be kept").register(meters);
  }

  void count(@Observes InspectionRecorded recorded) {
    Inspection inspection = recorded.stored().inspection();
    meters.counter("kerf.inspections", "verdict", inspection.verdict().name(), "recipe", bounded(inspection.recipe())).increment();
    Timings timings = inspection.timings();
    time("decode", timings.decodeMillis());
    time("encode", timings.encodeMillis());
    time("score", timings.scoreMillis());
    time("heat_map", timings.heatMapMillis());
    double recordMillis = recorded.recordTime().toNanos() / 1e6;
    time("record", recordMillis);
    time("total", timings.totalMillis() + recordMillis);
  }

  /** A stage that did not run is not counted. */
  private void time(String stage, double millis) {
    if (millis > 0) {
      Timer.builder("kerf.inspection").description("Wall time of an inspection by stage").tag("stage", stage).serviceLevelObjectives(BUCKETS)
          .register(meters).record(Duration.ofNanos((long) (millis * 1e6)));
    }
  }

  private String bounded(String recipe) {
    if (recipes.contains(recipe)) {
      return recipe;
    }
    synchronized (recipes) {
      return recipes.size() < MAX_RECIPES && recipes.add(recipe) ? recipe : OTHER_RECIPES;
    }
  }
}
