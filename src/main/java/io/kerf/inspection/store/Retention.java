package io.kerf.inspection.store;

import io.kerf.config.KerfConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Deletes what is beyond the limits of {@code kerf.evidence} and {@code kerf.records}, oldest first.
 *
 * <p>By size, evidence is swept to {@value #SWEEP_TO_PERCENT} % of its limit, so that sweeping does not go on all the time. By age, at
 * most one day goes in an hour: a wall clock that was set years ahead by mistake then costs a few old days before somebody notices,
 * not all of them. Verdicts are counted hourly and may be beyond their limit by an hour's worth.
 */
@Singleton
public final class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final int SWEEP_TO_PERCENT = 95;
  private static final int RECORDS_AT_ONCE = 1000;

  private final InspectionStore store;
  private final EvidenceFolder folder;
  private final Clock clock;
  private final long maxBytes;
  private final Duration maxAge;
  private final long maxRecords;

  @Inject
  Retention(InspectionStore store, KerfConfig config, Clock clock) {
    this(store, clock, config.evidence().maxBytes().asLongValue(), config.evidence().maxAge(), config.records().maxCount());
  }

  Retention(InspectionStore store, Clock clock, long maxBytes, Duration maxAge, long maxRecords) {
    this.store = store;
    this.folder = store.evidenceFolder();
    this.clock = clock;
    this.maxBytes = maxBytes;
    this.maxAge = maxAge;
    this.maxRecords = maxRecords;
  }

  /** Every few seconds, as a fast line writes its evidence limit's last twentieth in less than a minute. Cheap where nothing is due. */
  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepBySize() throws IOException {
    store.room().restore();
    if (folder.bytes() > maxBytes) {
      folder.count();
      sweepTo(maxBytes / 100 * SWEEP_TO_PERCENT);
    }
  }

  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepByAge() throws IOException {
    folder.count();
    LocalDate oldestKept = LocalDate.ofInstant(clock.instant().minus(maxAge), ZoneOffset.UTC);
    List<Path> days = folder.days();
    if (!days.isEmpty() && days.get(0).getFileName().toString().compareTo(oldestKept.toString()) < 0) {
      deleteDay(days.get(0));
    }
  }

  /** In small steps, so that no part waits long for its turn to be recorded. */
  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepRecords() {
    for (long excess = store.count() - maxRecords; excess > 0; excess -= RECORDS_AT_ONCE) {
      store.deleteOldest(Math.min(excess, RECORDS_AT_ONCE));
    }
  }

  private void sweepTo(long bytes) throws IOException {
    LOG.infof("Deleted the oldest %d bytes of evidence", folder.dropOldest(folder.bytes() - bytes));
  }

  private void deleteDay(Path day) throws IOException {
    for (Path file : folder.files(day)) {
      folder.delete(file);
    }
    folder.deleteIfEmpty(day);
    LOG.infof("Deleted the evidence of %s, which is older than %s", day.getFileName(), maxAge);
  }
}
