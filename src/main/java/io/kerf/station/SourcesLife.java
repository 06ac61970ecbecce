package io.kerf.station;

import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.station.document.DocumentApplied;
import io.kerf.station.source.Sources;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The sources from start to stop: they follow the station document. */
@ApplicationScoped
final class SourcesLife {
  private final Sources sources;

  SourcesLife(Sources sources) {
    this.sources = sources;
  }

  void follow(@Observes DocumentApplied applied) {
    sources.reconcile(applied.now().document().sources());
  }

  void recorded(@Observes InspectionRecorded recorded) {
    sources.recorded(recorded);
  }

  @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void tick() {
    sources.tick();
  }

  /** Before the database closes. */
  void stop(@Observes ShutdownEvent event) {
    sources.close();
  }
}
