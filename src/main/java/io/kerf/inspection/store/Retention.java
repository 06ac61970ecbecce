package io.kerf.inspection.store;

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
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Deletes what is beyond the {@link RetentionPolicy} in force, oldest first.
 *
 * <ol>
 *   <li>Images that are no longer recent go where the policy does not want them.
 *   <li>Above {@value #FULL_PERCENT} % of their bytes, and where less than the reserve and a twentieth of it is free, images that the policy does not want
 *       go early; then the oldest, down to {@value #SWEEP_TO_PERCENT} %. So what the policy wants, such as images of NG parts, stays longer than the rest.
 *       {@link Room} holds the limits themselves, at each part.
 *   <li>By age, at most one day goes in an hour: a wall clock that was set years ahead by mistake then costs a few old days before somebody notices, not
 *       all of them. Verdicts are counted hourly and may be beyond their limit by an hour's worth.
 * </ol>
 */
@Singleton
public final class Retention {
  private static final Logger LOG = Logger.getLogger(Retention.class);
  private static final int FULL_PERCENT = 95;
  private static final int SWEEP_TO_PERCENT = 90;
  private static final int RECORDS_AT_ONCE = 1000;
  /** So few that a part that needs room does not wait long for it. */
  private static final long AT_ONCE_BYTES = 4 << 20;
  /** Looked at in one sweep: a million in some eight minutes. */
  private static final int PARTS_AT_ONCE = 10_000;
  /** No normal is collected and no trial is judged so late after the part. */
  private static final Duration IN_USE = Duration.ofSeconds(10);

  private final InspectionStore store;
  private final EvidenceFolder folder;
  private final EvidenceSweep sweep;
  private final RecentWindow recent;
  private final RecentWindow inUse;
  private final Clock clock;
  private final Supplier<RetentionPolicy> policy;
  private Optional<String> passed = Optional.empty();
  private Optional<String> unused = Optional.empty();

  @Inject
  Retention(InspectionStore store, Clock clock, Supplier<RetentionPolicy> policy) {
    this(store, clock, System::nanoTime, policy);
  }

  /** @param nanos rising, whatever the wall clock does */
  Retention(InspectionStore store, Clock clock, LongSupplier nanos, Supplier<RetentionPolicy> policy) {
    this.store = store;
    this.folder = store.evidenceFolder();
    this.sweep = store.evidenceSweep();
    this.recent = new RecentWindow(nanos);
    this.inUse = new RecentWindow(nanos);
    this.clock = clock;
    this.policy = policy;
  }

  /** Every few seconds, as a fast line fills what a sweep leaves free in less than a minute. Cheap where nothing is due. */
  @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepEvidence() throws IOException {
    RetentionPolicy now = policy.get();
    store.room().restore();
    Optional<String> newest = store.newestId();
    passed = newest.flatMap(id -> recent.passed(now.recent(), id)).or(() -> passed);
    unused = newest.flatMap(id -> inUse.passed(IN_USE, id)).or(() -> unused);
    if (passed.isPresent()) {
      sweep.run(now.evidence(), passed.get(), PARTS_AT_ONCE, () -> false);
    }
    if (isFull(now, FULL_PERCENT)) {
      folder.count();
      if (unused.isPresent()) {
        sweep.run(now.evidence(), unused.get(), PARTS_AT_ONCE, () -> !isFull(now, SWEEP_TO_PERCENT));
      }
      dropOldest(now);
    }
  }

  private void dropOldest(RetentionPolicy now) throws IOException {
    long dropped = 0;
    for (long step = 1; step > 0 && isFull(now, SWEEP_TO_PERCENT); dropped += step) {
      step = folder.dropOldest(Math.min(AT_ONCE_BYTES, Math.max(1, excess(now))));
    }
    if (dropped > 0) {
      LOG.infof("Deleted the oldest %d bytes of evidence", dropped);
    }
  }

  /** What is too much. @return more than 0 where it is */
  private long excess(RetentionPolicy now) {
    return Math.max(folder.bytes() - percent(now.maxBytes(), SWEEP_TO_PERCENT), wantedFree(now) - folder.freeBytes());
  }

  private boolean isFull(RetentionPolicy now, int percent) {
    return folder.bytes() > percent(now.maxBytes(), percent) || folder.freeBytes() < wantedFree(now) && folder.bytes() > 0;
  }

  private static long wantedFree(RetentionPolicy now) {
    return now.leastFreeBytes() + now.leastFreeBytes() / 20;
  }

  private static long percent(long bytes, int percent) {
    return bytes / 100 * percent + bytes % 100 * percent / 100;
  }

  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepByAge() throws IOException {
    Duration maxAge = policy.get().maxAge();
    folder.count();
    LocalDate oldestKept = LocalDate.ofInstant(clock.instant().minus(maxAge), ZoneOffset.UTC);
    List<Path> days = folder.days();
    if (!days.isEmpty() && days.get(0).getFileName().toString().compareTo(oldestKept.toString()) < 0) {
      deleteDay(days.get(0), maxAge);
    }
  }

  /** In small steps, so that no part waits long for its turn to be recorded. */
  @Scheduled(every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
  void sweepRecords() {
    for (long excess = store.count() - policy.get().maxRecords(); excess > 0; excess -= RECORDS_AT_ONCE) {
      store.deleteOldest(Math.min(excess, RECORDS_AT_ONCE));
    }
  }

  private void deleteDay(Path day, Duration maxAge) throws IOException {
    for (Path file : folder.files(day)) {
      folder.delete(file);
    }
    folder.deleteIfEmpty(day);
    LOG.infof("Deleted the evidence of %s, which is older than %s", day.getFileName(), maxAge);
  }
}
