package io.kerf.web;

import io.kerf.inspection.store.InspectionStore;
import io.kerf.model.ActiveModels;
import io.kerf.model.Drain;
import io.kerf.station.StationMonitor;
import io.kerf.station.document.StationDocuments;
import io.kerf.station.line.Condition;
import io.kerf.station.line.Statuses;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What a person should see to, in one list: looked for every two seconds whoever asks, so that many pages cost no more than one. */
@Singleton
public final class Alarms {
  private static final Logger LOG = Logger.getLogger(Alarms.class);

  private final InspectionStore inspections;
  private final StationDocuments documents;
  private final DeviceCondition device;
  private final ActiveModels models;
  private final StationMonitor monitor;
  private final Instance<Statuses> line;
  private final Clock clock;
  private volatile List<Alarm> standing = List.of();

  @Inject
  Alarms(InspectionStore inspections, StationDocuments documents, DeviceCondition device, ActiveModels models, StationMonitor monitor, Instance<Statuses> line, Clock clock) {
    this.inspections = inspections;
    this.documents = documents;
    this.device = device;
    this.models = models;
    this.monitor = monitor;
    this.line = line;
    this.clock = clock;
  }

  /** Those that stand, as of at most two seconds ago. */
  List<Alarm> standing() {
    return standing;
  }

  @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  void look() {
    try {
      standing = stillStanding(standing, found(clock.instant()));
    } catch (RuntimeException e) {
      LOG.error("What stands in the way could not be looked for; what was found before is told on", e);
    }
  }

  /** What was there before keeps its time, whatever its words say by now. */
  static List<Alarm> stillStanding(List<Alarm> before, List<Alarm> found) {
    return found.stream().map(alarm -> before.stream().filter(old -> old.code().equals(alarm.code()) && old.subject().equals(alarm.subject()) && old.since().isBefore(alarm.since()))
        .findFirst().map(old -> new Alarm(alarm.code(), alarm.subject(), alarm.words(), old.since())).orElse(alarm)).toList();
  }

  private List<Alarm> found(Instant now) {
    List<Alarm> found = new ArrayList<>();
    for (Statuses statuses : line) {
      statuses.sources().forEach(source -> failing("source-fails", source.name(), source.condition()).ifPresent(found::add));
      statuses.outputs().forEach(output -> failing("output-fails", output.name(), output.condition()).ifPresent(found::add));
    }
    inspections.shortage().ifPresent(words -> found.add(new Alarm("disk", "", words, now)));
    List<String> complaints = device.complaints(device.reading());
    if (!complaints.isEmpty()) {
      found.add(new Alarm("device", "", String.join(" ", complaints), now));
    }
    documents.safeMode().ifPresent(why -> found.add(new Alarm("document", "", why.sentence(), now)));
    models.overdue(monitor.status().recipe()).map(Drain.Overdue::sentence).ifPresent(words -> found.add(new Alarm("frames-held", "", words, now)));
    return found;
  }

  /** One that starts or works is no alarm. */
  static Optional<Alarm> failing(String code, String name, Condition condition) {
    return switch (condition.state()) {
      case STARTING, WORKS -> Optional.empty();
      case FAILS -> Optional.of(new Alarm(code, name, condition.words(), condition.since()));
    };
  }
}
