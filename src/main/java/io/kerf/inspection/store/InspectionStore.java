package io.kerf.inspection.store;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.InspectionLog;
import io.kerf.inspection.store.StoredInspection.Evidence;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Database;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DatabaseRebuild;
import io.kerf.storage.Reserve;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Every inspection of the station, newest first, with its images.
 *
 * <p>What it promises:
 * <ol>
 * <li>When {@link #record} returns, the verdict survives the death of the process. The journal (WAL) is handed to the operating
 *     system with each verdict and synced every thousand pages ({@code synchronous=NORMAL}): a loss of power may cost the last
 *     verdicts, never the database. Syncing each verdict would make the line wait for the disk.
 * <li>Images are written before the verdict, so a verdict never names an image that was not there.
 * <li>An image that cannot be written costs the image, not the verdict: {@link StoredInspection#evidence()} is empty then.
 * <li>Images stay within the {@link RetentionPolicy} in force; what does not fit in costs the image, not the verdict. On a full disk the oldest images make room
 *     for new ones and for verdicts, then a reserve for verdicts alone.
 * <li>A database that turns out to be damaged is set aside and an empty one takes its place; the verdict at hand is the first in it.
 * <li>Threads that record take turns, as SQLite has one writer; readers never wait for them.
 * </ol>
 */
@Singleton
public final class InspectionStore implements InspectionLog {
  private static final Logger LOG = Logger.getLogger(InspectionStore.class);

  /** Some 30,000 verdicts. */
  private static final long RESERVE_BYTES = 16 << 20;

  private final InspectionTable table;
  private final EvidenceFolder evidenceFolder;
  private final Room room;
  private final Consumer<InspectionRecorded> observers;
  private final AtomicLong evidenceLost = new AtomicLong();
  private volatile boolean losingEvidence;

  @Inject
  InspectionStore(DataSource dataSource, DataFolder folder, DatabaseRebuild database, Supplier<RetentionPolicy> policy, Event<InspectionRecorded> recorded) {
    this(dataSource, new EvidenceFolder(folder.evidence()), Optional.of(new Reserve(folder.reserve(), RESERVE_BYTES)), database::rebuild, policy, recorded::fire);
  }

  /** Without limits or a reserve, and with a database that somebody else takes care of. */
  public InspectionStore(DataSource dataSource, EvidenceFolder evidenceFolder, Consumer<InspectionRecorded> observers) {
    this(dataSource, evidenceFolder, () -> RetentionPolicy.UNLIMITED, observers);
  }

  /** Without a reserve, and with a database that somebody else takes care of. */
  public InspectionStore(DataSource dataSource, EvidenceFolder evidenceFolder, Supplier<RetentionPolicy> policy, Consumer<InspectionRecorded> observers) {
    this(dataSource, evidenceFolder, Optional.empty(), () -> false, policy, observers);
  }

  /**
   * @param rebuild puts a new database in the place of a damaged one, and tells whether it did
   * @param policy the one in force, asked whenever it matters
   */
  InspectionStore(DataSource dataSource, EvidenceFolder evidenceFolder, Optional<Reserve> reserve, BooleanSupplier rebuild, Supplier<RetentionPolicy> policy,
      Consumer<InspectionRecorded> observers) {
    this.evidenceFolder = evidenceFolder;
    this.room = new Room(evidenceFolder, reserve, policy);
    this.table = new InspectionTable(dataSource, room::make, rebuild);
    this.observers = observers;
  }

  /**
   * Keeps an inspection with its evidence.
   *
   * @throws FaultException {@link Fault#DISK_FULL} or {@link Fault#DATA_FOLDER_UNUSABLE} where the verdict could not be written;
   *     nothing is kept then
   */
  @Override
  public void record(Inspection inspection, byte[] image, Optional<byte[]> heatMapPng) {
    long start = System.nanoTime();
    StoredInspection stored = new StoredInspection(inspection, keepEvidence(inspection.id(), image, heatMapPng), false);
    try {
      table.insert(stored);
    } catch (SQLException e) {
      stored.evidence().ifPresent(evidence -> discard(inspection.id(), evidence));
      throw Database.fault("the verdict was not recorded", e);
    }
    tell(new InspectionRecorded(stored, Duration.ofNanos(System.nanoTime() - start)));
  }

  public Optional<StoredInspection> byId(String id) {
    return table.byId(id);
  }

  /** The part judged last, of a recipe where one is given. */
  public Optional<StoredInspection> latest(Optional<String> recipe) {
    return table.latest(recipe);
  }

  /**
   * Some of what a filter lets through, newest first. Looks at a bounded number of records: {@link SearchPage#lookedUntil()}.
   *
   * @param before where the page before ended; empty for the first
   * @param limit 1 to {@value SearchPage#MAX_LIMIT}
   */
  public SearchPage search(InspectionFilter filter, Optional<Cursor> before, int limit) {
    return table.search(filter, before, limit);
  }

  /** Keeps policy from letting go the images of a part, as somebody will look at them. Quota and age still may. */
  public void hold(String id) {
    table.hold(id);
  }

  /** What became of the images of a part. Looks at the disk. */
  public EvidenceState evidenceState(StoredInspection stored) {
    if (stored.evidence().isEmpty()) {
      return EvidenceState.LOST;
    }
    if (stored.released()) {
      return EvidenceState.RELEASED;
    }
    return evidenceFolder.has(stored.inspection().id(), stored.evidence().get()) ? EvidenceState.KEPT : EvidenceState.SWEPT;
  }

  /** How many inspections a span has. Reads an index and its rows through: about a second for a million. */
  public long count(SpanQuery span) {
    return table.count(span);
  }

  /**
   * Some inspections of a span, oldest capture first.
   *
   * @param after the last one of the page before; empty for the first page
   */
  public List<StoredInspection> oldestFirst(SpanQuery span, Optional<StoredInspection> after, int limit) {
    return table.oldestFirst(span, after, limit);
  }

  /** Verdicts of parts captured from one time up to, not including, another. */
  public VerdictCounts counts(Instant from, Instant until) {
    return table.counts(from, until);
  }

  /** The image as received; empty where it was swept or could not be kept. */
  public Optional<byte[]> image(StoredInspection stored) {
    return evidence(stored, evidenceFolder::image);
  }

  /** The heat map as PNG; empty where there is none, or it was swept or could not be kept. */
  public Optional<byte[]> heatMap(StoredInspection stored) {
    return evidence(stored, evidenceFolder::heatMap);
  }

  /** Images that could not be written since the start. */
  public long evidenceLost() {
    return evidenceLost.get();
  }

  /** What it means for the station that the disk is full, for people; empty where it is not. */
  public Optional<String> shortage() {
    return room.shortage();
  }

  /** What images and heat maps take on disk. */
  public long evidenceBytes() {
    return evidenceFolder.bytes();
  }

  Room room() {
    return room;
  }

  EvidenceFolder evidenceFolder() {
    return evidenceFolder;
  }

  EvidenceSweep evidenceSweep() {
    return new EvidenceSweep(table, evidenceFolder);
  }

  Optional<String> newestId() {
    return table.latest(Optional.empty()).map(stored -> stored.inspection().id());
  }

  /** Verdicts on record. Reads an index through: some 50 ms for a million. */
  long count() {
    return table.count();
  }

  /** Deletes this many of the oldest verdicts. */
  public void deleteOldest(long many) {
    table.deleteOldest(many);
  }

  private Optional<Evidence> keepEvidence(String id, byte[] image, Optional<byte[]> heatMapPng) {
    if (room.keepsNone()) {
      return Optional.empty();
    }
    try {
      long bytes = image.length + heatMapPng.map(png -> png.length).orElse(0);
      if (!room.admits(bytes)) {
        lost(room.shortage().orElse("they take more than kerf.evidence.max-bytes"));
        return Optional.empty();
      }
      Evidence kept = keepClaimed(id, image, heatMapPng, bytes);
      if (losingEvidence) {
        losingEvidence = false;
        LOG.infof("Images are kept again; %d were lost since the start", evidenceLost.get());
      }
      return Optional.of(kept);
    } catch (IOException e) {
      lost(AtomicFiles.fault(evidenceFolder.root(), e).detail());
      return Optional.empty();
    }
  }

  private void lost(String why) {
    evidenceLost.incrementAndGet();
    if (!losingEvidence) {
      losingEvidence = true;
      LOG.errorf("Images of verdicts cannot be kept (%s). Parts are judged and recorded on; images are lost until this is mended.", why);
    }
  }

  private Evidence keepClaimed(String id, byte[] image, Optional<byte[]> heatMapPng, long bytes) throws IOException {
    boolean kept = false;
    try {
      Evidence evidence = keepWithRoom(id, image, heatMapPng);
      kept = true;
      return evidence;
    } finally {
      if (!kept) {
        evidenceFolder.unclaim(bytes);
      }
    }
  }

  private Evidence keepWithRoom(String id, byte[] image, Optional<byte[]> heatMapPng) throws IOException {
    try {
      return evidenceFolder.keep(id, image, heatMapPng);
    } catch (IOException e) {
      if (!AtomicFiles.isDiskFull(e) || !room.dropOldestEvidence()) {
        throw e;
      }
      return evidenceFolder.keep(id, image, heatMapPng);
    }
  }

  private void discard(String id, Evidence evidence) {
    try {
      evidenceFolder.discard(id, evidence);
    } catch (IOException e) {
      LOG.warnf("The image of %s, which was not recorded, could not be deleted: %s", id, e.getMessage());
    }
  }

  /** The verdict stands whatever an observer does. */
  private void tell(InspectionRecorded recorded) {
    try {
      observers.accept(recorded);
    } catch (RuntimeException e) {
      LOG.errorf(e, "An observer of inspection %s failed; the verdict is recorded", recorded.stored().inspection().id());
    }
  }

  private Optional<byte[]> evidence(StoredInspection stored, EvidenceReader reader) {
    if (stored.evidence().isEmpty() || stored.released()) {
      return Optional.empty();
    }
    try {
      return reader.read(stored.inspection().id(), stored.evidence().get());
    } catch (IOException e) {
      LOG.warnf("Evidence of %s could not be read: %s", stored.inspection().id(), e.getMessage());
      return Optional.empty();
    }
  }

  private interface EvidenceReader {
    Optional<byte[]> read(String id, Evidence evidence) throws IOException;
  }
}
