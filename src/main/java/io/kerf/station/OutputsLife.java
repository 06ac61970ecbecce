package io.kerf.station;

import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.station.document.DocumentApplied;
import io.kerf.station.line.Outcome;
import io.kerf.station.output.Outputs;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** Outputs from start to stop: they follow the station document, and are told of each part, judged or missed. */
@Singleton
final class OutputsLife {
  private final Outputs outputs;

  OutputsLife(Outputs outputs) {
    this.outputs = outputs;
  }

  void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent event) {
    outputs.start();
  }

  /** A station whose document could not be loaded tells nobody, and forgets nobody's outbox. */
  void follow(@Observes DocumentApplied applied) {
    if (applied.now().version().isPresent()) {
      outputs.reconcile(applied.now().document().station().id(), applied.now().document().outputs());
    }
  }

  /** Before all other observers: a PLC waits for it. */
  void tell(@Observes @Priority(1) InspectionRecorded recorded) {
    outputs.tell(new Outcome.Judged(recorded.stored().inspection()));
  }

  void tell(@Observes Outcome.Missed missed) {
    outputs.tell(missed);
  }

  /** Before the database closes. */
  void stop(@Observes ShutdownEvent event) {
    outputs.close();
  }
}
