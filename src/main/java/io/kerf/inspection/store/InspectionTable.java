package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.EvidenceSweep.Progress;
import io.kerf.inspection.store.EvidenceSweep.Undecided;
import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * The verdicts in the table {@code inspection}. Threads that write take turns, as SQLite has one writer, and nothing is written while a
 * damaged database is replaced.
 */
final class InspectionTable {
  private static final int MOST_REBUILDS = 20;
  private static final long REBUILD_PAUSE_NANOS = 20_000_000;

  private final DataSource dataSource;
  private final BooleanSupplier room;
  private final BooleanSupplier rebuild;
  private final InspectionSearch search;
  private final ReentrantLock writing = new ReentrantLock(true);

  /**
   * @param room is made where the disk is full; tells whether there was any to make
   * @param rebuild puts a new database in the place of a damaged one, and tells whether it did
   */
  InspectionTable(DataSource dataSource, BooleanSupplier room, BooleanSupplier rebuild) {
    this.dataSource = dataSource;
    this.room = room;
    this.rebuild = rebuild;
    this.search = new InspectionSearch(dataSource, InspectionSearch.MOST_ROWS);
  }

  /** Tries again as long as the disk is full and something can be given up, or the database was damaged and a new one takes its place. */
  void insert(StoredInspection stored) throws SQLException {
    writing.lock();
    try {
      for (int rebuilds = 0;;) {
        try {
          Sql.update(dataSource, InspectionRows.INSERT, InspectionRows.values(stored));
          return;
        } catch (SQLException e) {
          boolean mended = Database.isDiskFull(e) ? room.getAsBoolean() : Database.isDamage(e) && rebuilds++ < MOST_REBUILDS && rebuilt();
          if (!mended) {
            throw e;
          }
        }
      }
    } finally {
      writing.unlock();
    }
  }

  /** Waits a moment for the pool to let go of its connections to the damaged file. */
  private boolean rebuilt() {
    writing.lock();
    try {
      boolean sound = rebuild.getAsBoolean();
      LockSupport.parkNanos(REBUILD_PAUSE_NANOS);
      return sound;
    } finally {
      writing.unlock();
    }
  }

  /** Deletes this many of the oldest verdicts. */
  void deleteOldest(long many) {
    writing("old verdicts could not be deleted", () -> {
      Sql.update(dataSource, "DELETE FROM inspection WHERE id IN (SELECT id FROM inspection ORDER BY id LIMIT ?)", many);
      return many;
    });
  }

  Optional<StoredInspection> byId(String id) {
    return query("SELECT * FROM inspection WHERE id = ?", List.of(id)).stream().findFirst();
  }

  /** The newest, of a recipe where one is given. */
  Optional<StoredInspection> latest(Optional<String> recipe) {
    String where = recipe.isPresent() ? "INDEXED BY inspection_by_recipe WHERE recipe = ? " : "";
    return query("SELECT * FROM inspection " + where + "ORDER BY id DESC LIMIT 1", recipe.stream().toList()).stream().findFirst();
  }

  /** What {@link InspectionSearch#page} says. */
  SearchPage search(InspectionFilter filter, Optional<Cursor> before, int limit) {
    return reading(() -> search.page(filter, before, limit));
  }

  /** Keeps policy from letting go an image; one that it let go before stays gone. */
  void hold(String id) {
    writing("what is held could not be kept", () -> {
      Sql.update(dataSource, "UPDATE inspection SET evidence_fate = 'HELD' WHERE id = ? AND evidence_fate IS NULL", id);
      return id;
    });
  }

  /** Puts on record that policy lets images go. @return those that it may: the others are held */
  List<String> release(List<String> ids) {
    String places = String.join(", ", Collections.nCopies(ids.size(), "?"));
    return writing("images could not be let go", () -> Sql.rows(dataSource, row -> row.getString(1),
        "UPDATE inspection SET evidence_fate = 'RELEASED' WHERE id IN (" + places + ") AND evidence_fate IS NULL RETURNING id", ids.toArray()));
  }

  /** Images of parts after one and up to another whose fate is not decided, oldest first. */
  List<Undecided> undecided(String after, String upTo, int limit) {
    return reading(() -> Sql.rows(dataSource, row -> new Undecided(row.getString("id"), Verdict.valueOf(row.getString("verdict")), InspectionRows.evidence(row).orElseThrow()),
        "SELECT id, verdict, image_type, image_bytes, heat_map_bytes FROM inspection NOT INDEXED WHERE id > ? AND id <= ? AND image_type IS NOT NULL"
            + " AND evidence_fate IS NULL ORDER BY id LIMIT ?", after, upTo, limit));
  }

  /** How far a policy on images was carried out; before every part where it was not. */
  String sweptTo(String policy) {
    return reading(() -> Sql.rows(dataSource, row -> row.getString(1), "SELECT swept_to FROM evidence_sweep WHERE policy = ?", policy)).stream().findFirst().orElse("");
  }

  void sweptTo(Progress progress) {
    writing("how far images were let go could not be kept", () -> {
      Sql.update(dataSource, "INSERT OR REPLACE INTO evidence_sweep (one, policy, swept_to) VALUES (1, ?, ?)", progress.policy(), progress.sweptTo());
      return progress;
    });
  }

  private interface Work<T> {
    T done() throws SQLException;
  }

  /** @param failure what did not happen where it fails */
  private <T> T writing(String failure, Work<T> work) {
    writing.lock();
    try {
      return work.done();
    } catch (SQLException e) {
      throw Database.fault(failure, e);
    } finally {
      writing.unlock();
    }
  }

  /** How many inspections a span has. */
  long count(SpanQuery span) {
    List<Object> values = new ArrayList<>();
    String where = where(span, values);
    return number("SELECT count(*)" + where, values.toArray());
  }

  /** Verdicts on record. */
  long count() {
    return number("SELECT count(*) FROM inspection");
  }

  /** @param after the last one of the page before; empty for the first page */
  List<StoredInspection> oldestFirst(SpanQuery span, Optional<StoredInspection> after, int limit) {
    SpanQuery rest = new SpanQuery(span.recipe(), after.map(last -> last.inspection().capturedAt()).or(span::from), span.until(), span.lot(), span.upTo());
    List<Object> values = new ArrayList<>();
    String where = where(rest, values);
    if (after.isPresent()) {
      where += " AND (captured_at > ? OR id > ?)";
      values.add(after.get().inspection().capturedAt().toEpochMilli());
      values.add(after.get().inspection().id());
    }
    values.add(limit);
    return query("SELECT *" + where + " ORDER BY captured_at, id LIMIT ?", values);
  }

  /** The index is named, as SQLite would else take that of the recipe and sort a whole span for every page of it. */
  private static String where(SpanQuery span, List<Object> values) {
    values.add(span.recipe());
    values.add(span.upTo());
    values.add(span.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE));
    values.add(span.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
    span.lot().ifPresent(values::add);
    return " FROM inspection INDEXED BY inspection_by_capture WHERE recipe = ? AND id <= ? AND captured_at >= ? AND captured_at < ?"
        + (span.lot().isPresent() ? " AND lot = ?" : "");
  }

  /** Verdicts of parts captured from one time up to, not including, another. */
  VerdictCounts counts(Instant from, Instant until) {
    String sql = "SELECT verdict, count(*) FROM inspection WHERE captured_at >= ? AND captured_at < ? GROUP BY verdict";
    try {
      VerdictCounts counts = VerdictCounts.NONE;
      for (Map.Entry<Verdict, Long> row : Sql.rows(dataSource, row -> Map.entry(Verdict.valueOf(row.getString(1)), row.getLong(2)), sql,
          from.toEpochMilli(), until.toEpochMilli())) {
        counts = counts.plus(row.getKey(), row.getValue());
      }
      return counts;
    } catch (SQLException e) {
      throw Database.fault("verdicts could not be counted", e);
    }
  }

  private long number(String sql, Object... values) {
    try {
      return Sql.number(dataSource, sql, values);
    } catch (SQLException e) {
      throw Database.fault("verdicts could not be counted", e);
    }
  }

  private List<StoredInspection> query(String sql, List<?> values) {
    return reading(() -> Sql.rows(dataSource, InspectionRows::read, sql, values.toArray()));
  }

  /** Tries again where the database was damaged and a new one takes its place. */
  private <T> T reading(Work<T> work) {
    for (int rebuilds = 0;; rebuilds++) {
      try {
        return work.done();
      } catch (SQLException e) {
        if (!Database.isDamage(e) || rebuilds == MOST_REBUILDS || !rebuilt()) {
          throw Database.fault("verdicts could not be read", e);
        }
      }
    }
  }
}
