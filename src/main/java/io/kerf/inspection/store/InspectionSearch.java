package io.kerf.inspection.store;

import io.kerf.storage.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Finds inspections, newest first: by judgement, or by capture where the filter asks for a span of time.
 *
 * <p>Whatever the filter, a page looks at a bounded number of rows ({@link #MOST_ROWS}, and as many entries of each index that it tries), so that no
 * search holds up a station with millions of them. A page may be short for that, and then says where to go on.
 */
final class InspectionSearch {
  /** Some 10 to 20 ms where they are in memory, and each may be on a page of its own. */
  static final int MOST_ROWS = 5_000;

  /** Rows that lie together are read for the price of one that does not. */
  private static final int SCATTERED_COST = 5;

  private final DataSource source;
  private final int mostRows;

  InspectionSearch(DataSource source, int mostRows) {
    this.source = source;
    this.mostRows = mostRows;
  }

  /**
   * @param before where the page before ended; of a search in the same order
   * @param limit 1 to {@value SearchPage#MAX_LIMIT}
   */
  SearchPage page(InspectionFilter filter, Optional<Cursor> before, int limit) throws SQLException {
    if (limit < 1 || limit > SearchPage.MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + SearchPage.MAX_LIMIT);
    }
    SearchPlan plan = SearchPlan.of(filter);
    for (SearchPlan.Access access : plan.gathers()) {
      if (leadsToFew(access)) {
        return gathered(filter, access, before, limit);
      }
    }
    return walked(filter, plan.walk(), before, limit);
  }

  private boolean leadsToFew(SearchPlan.Access access) throws SQLException {
    return Sql.number(source, "SELECT count(*) FROM (" + access.rows().sql() + " LIMIT ?)", values(access.rows(), mostRows(access) + 1)) <= mostRows(access);
  }

  private int mostRows(SearchPlan.Access access) {
    return access.scattered() ? Math.max(1, mostRows / SCATTERED_COST) : mostRows;
  }

  private SearchPage gathered(InspectionFilter filter, SearchPlan.Access access, Optional<Cursor> before, int limit) throws SQLException {
    List<Condition> conditions = new ArrayList<>(List.of(access.condition()));
    conditions.addAll(Condition.all(filter));
    before.ifPresent(cursor -> conditions.add(behind(cursor)));
    Condition all = Condition.and(conditions);
    List<StoredInspection> items = Sql.rows(source, InspectionRows::read,
        "SELECT * FROM " + access.table() + " WHERE " + all.sql() + order(filter) + " LIMIT ?", values(all, limit));
    return new SearchPage(items, items.size() < limit ? Optional.empty() : Optional.of(after(filter, items)), Optional.empty());
  }

  /** Rows are told apart by SQLite and counted here, so that it is known how far they were looked at. */
  private SearchPage walked(InspectionFilter filter, SearchPlan.Access access, Optional<Cursor> before, int limit) throws SQLException {
    Condition fits = Condition.and(Condition.all(filter));
    List<Condition> conditions = new ArrayList<>(List.of(access.condition()));
    before.ifPresent(cursor -> conditions.add(behind(cursor)));
    Condition way = Condition.and(conditions);
    Walk walk = new Walk(limit, mostRows(access));
    Sql.eachRow(source, walk::step, "SELECT *, (" + fits.sql() + ") AS fits FROM " + access.table() + " WHERE " + way.sql() + order(filter) + " LIMIT ?",
        Stream.of(fits.values(), way.values(), List.<Object>of(mostRows(access))).flatMap(List::stream).toArray());
    return walk.page(filter);
  }

  /** What a walk has met. */
  private static final class Walk {
    private final int limit;
    private final int mostRows;
    private final List<StoredInspection> items = new ArrayList<>();
    private int lookedAt;
    private String lastId;
    private Instant lastCapture;

    Walk(int limit, int mostRows) {
      this.limit = limit;
      this.mostRows = mostRows;
    }

    /** @return whether to go on */
    boolean step(ResultSet row) throws SQLException {
      lookedAt++;
      if (row.getBoolean("fits")) {
        items.add(InspectionRows.read(row));
      }
      if (lookedAt == mostRows) {
        lastId = row.getString("id");
        lastCapture = Instant.ofEpochMilli(row.getLong("captured_at"));
      }
      return items.size() < limit;
    }

    SearchPage page(InspectionFilter filter) {
      if (items.size() == limit) {
        return new SearchPage(items, Optional.of(after(filter, items)), Optional.empty());
      }
      return lastId == null ? new SearchPage(items, Optional.empty(), Optional.empty())
          : new SearchPage(items, Optional.of(Cursor.at(filter, lastCapture, lastId)), Optional.of(lastCapture));
    }
  }

  private static Cursor after(InspectionFilter filter, List<StoredInspection> items) {
    StoredInspection last = items.get(items.size() - 1);
    return Cursor.at(filter, last.inspection().capturedAt(), last.inspection().id());
  }

  private static Condition behind(Cursor cursor) {
    return cursor.capturedAt().isPresent() ? Condition.of("(captured_at, id) < (?, ?)", cursor.capturedAt().get().toEpochMilli(), cursor.id())
        : Condition.of("id < ?", cursor.id());
  }

  private static String order(InspectionFilter filter) {
    return filter.hasSpan() ? " ORDER BY captured_at DESC, id DESC" : " ORDER BY id DESC";
  }

  private static Object[] values(Condition condition, int limit) {
    return Stream.concat(condition.values().stream(), Stream.of((Object) limit)).toArray();
  }
}
