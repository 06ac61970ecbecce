package io.kerf.fleet.protocol;

import io.kerf.fault.FaultException;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reports until somebody has taken them, one file each, oldest first.
 *
 * <ol>
 *   <li>At most {@value #MOST}; beyond that the oldest goes, as each report tells the whole truth of its moment.
 *   <li>The newest stays after it was taken, so that numbers go on after a restart; it may then be told again under the same number.
 *   <li>A report that cannot be written is lost and logged; it never changes what becomes of a deployment.
 * </ol>
 */
public final class Outbox {
  /** About 2 MB at the usual size. */
  public static final int MOST = 1000;

  private static final Logger LOG = Logger.getLogger(Outbox.class);

  private final Path folder;
  private final NavigableSet<Long> kept = new TreeSet<>();
  private long taken;
  private long last;

  /** Opens the folder, and makes it where it is missing. */
  Outbox(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      AtomicFiles.sweep(folder);
      try (Stream<Path> files = Files.list(folder)) {
        files.map(file -> file.getFileName().toString()).filter(name -> name.matches("[0-9]{19}\\.json")).forEach(name -> kept.add(Long.parseLong(name.substring(0, 19))));
      }
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
    this.last = kept.isEmpty() ? 0 : kept.last();
  }

  /** A report and its number. */
  public record Kept(long seq, byte[] report) {}

  /** @param making makes the report once it is known by which number. @return it, or empty where it could not be kept */
  synchronized Optional<Report> add(LongFunction<Report> making) {
    Report report = making.apply(last + 1);
    try {
      AtomicFiles.write(file(last + 1), StrictJson.mapper().writeValueAsBytes(report));
      kept.add(++last);
      while (kept.size() > MOST) {
        delete(kept.pollFirst());
      }
      return Optional.of(report);
    } catch (IOException | FaultException e) {
      LOG.errorf("A report to the fleet could not be kept (%s); what it tells of stands.", e.getMessage());
      return Optional.empty();
    }
  }

  /** The oldest report that was not taken yet. */
  public synchronized Optional<Kept> next() {
    for (Long seq = kept.higher(taken); seq != null; seq = kept.higher(seq)) {
      try {
        return Optional.of(new Kept(seq, Files.readAllBytes(file(seq))));
      } catch (IOException e) {
        LOG.errorf("Report %d to the fleet cannot be read and is left out: %s", seq, e.getMessage());
        taken = seq;
      }
    }
    return Optional.empty();
  }

  /** The fleet has this report. */
  public synchronized void taken(long seq) {
    taken = Math.max(taken, seq);
    for (Long old : List.copyOf(kept.headSet(Math.min(seq, last - 1), true))) {
      kept.remove(old);
      delete(old);
    }
  }

  /** Reports that were not taken yet. */
  public synchronized int waiting() {
    return kept.tailSet(taken, false).size();
  }

  /** The newest {@code most}, newest first, taken or not. */
  public synchronized List<Report> newest(int most) {
    return kept.descendingSet().stream().limit(most).flatMap(seq -> read(seq).stream()).toList();
  }

  private Optional<Report> read(long seq) {
    try {
      return Optional.of(StrictJson.mapper().readValue(Files.readAllBytes(file(seq)), Report.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void delete(long seq) {
    try {
      Files.deleteIfExists(file(seq));
    } catch (IOException e) {
      LOG.warnf("Report %d to the fleet was taken and cannot be deleted: %s", seq, e.getMessage());
    }
  }

  private Path file(long seq) {
    return folder.resolve("%019d.json".formatted(seq));
  }
}
