package io.kerf.inspection.export;

import com.fasterxml.jackson.databind.SequenceWriter;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.Cursor;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.SearchPage;
import io.kerf.inspection.store.StoredInspection;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Takes what a search finds out of a station, newest first, as a table or as an archive of images with a manifest.
 *
 * <ol>
 *   <li>Records are read by the page and images one at a time; what grows with an archive is a temporary file and a list of its names.
 *   <li>Parts judged after the beginning are not in it, and nothing on record changes.
 *   <li>Whoever goes away ends it: the next write fails.
 * </ol>
 */
public final class Export {
  private final InspectionStore store;
  private final int maxParts;
  private final Clock clock;

  /** @param maxParts whose images one archive may hold */
  public Export(InspectionStore store, int maxParts, Clock clock) {
    this.store = store;
    this.maxParts = maxParts;
    this.clock = clock;
  }

  /** Does something with an inspection. */
  interface Visitor {
    void visit(StoredInspection stored) throws IOException;
  }

  /** Writes a table of everything that is found. Leaves {@code out} open. */
  public void csv(InspectionFilter filter, OutputStream out) throws IOException {
    try (SequenceWriter table = InspectionColumns.table(out, List.of())) {
      each(filter, stored -> table.write(InspectionColumns.row(stored.inspection(), store.evidenceState(stored))));
    }
  }

  /** Writes an archive: see {@link Archive}. Leaves {@code out} open. */
  public void zip(ExportOrder order, OutputStream out) throws IOException {
    try (Archive archive = new Archive(store, order, clock.instant(), out)) {
      each(order.filter(), archive::add);
      archive.finish();
    }
  }

  /**
   * Counts what an archive would hold, before its first byte.
   *
   * @throws FaultException {@link Fault#EXPORT_TOO_LARGE} where that is more than it may
   */
  public void requireRoom(InspectionFilter filter) {
    long found = 0;
    Optional<Cursor> next = Optional.empty();
    do {
      SearchPage page = store.search(filter, next, SearchPage.MAX_LIMIT);
      found += page.items().size();
      next = page.next();
      if (found > maxParts) {
        throw new FaultException(Fault.EXPORT_TOO_LARGE, "More than " + maxParts + " parts are found, and one archive holds the images of no more than that"
            + " (kerf.export.max-parts). Narrow the search by time, lot or verdict, or take the table alone.");
      }
    } while (next.isPresent());
  }

  private void each(InspectionFilter filter, Visitor visitor) throws IOException {
    Optional<Cursor> next = Optional.empty();
    do {
      SearchPage page = store.search(filter, next, SearchPage.MAX_LIMIT);
      for (StoredInspection stored : page.items()) {
        visitor.visit(stored);
      }
      next = page.next();
    } while (next.isPresent());
  }
}
