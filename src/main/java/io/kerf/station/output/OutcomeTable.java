package io.kerf.station.output;

import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What outputs are told, and how far each is: tables {@code outcome} and {@code output_cursor}. Failures are {@link io.kerf.fault.FaultException}s, as {@link
 * Database#fault} makes them.
 */
final class OutcomeTable {
  /** Few at once, so that no part waits long for its turn to be recorded. */
  private static final int PRUNED_AT_ONCE = 500;

  /** As much as any outbox may have waiting. */
  private static final long MOST_KEPT = 10_000_000;

  private final DataSource source;

  OutcomeTable(DataSource source) {
    this.source = source;
  }

  /** Exactly one of the two is present. @param number rises with each record */
  record Entry(long number, Optional<String> inspection, Optional<String> missed) {}

  /** @param told the number that was handed over or given up last. @param lost given up since the output was set up */
  record Cursor(long told, long lost) {}

  private interface Statement<T> {
    T run() throws SQLException;
  }

  private static <T> T asked(Statement<T> statement) {
    try {
      return statement.run();
    } catch (SQLException e) {
      throw Database.fault("what outputs are told could not be read or written", e);
    }
  }

  List<Entry> after(long number, int limit) {
    return asked(() -> Sql.rows(source, row -> new Entry(row.getLong(1), Optional.ofNullable(row.getString(2)), Optional.ofNullable(row.getString(3))),
        "SELECT number, inspection, missed FROM outcome WHERE number > ? ORDER BY number LIMIT ?", number, limit));
  }

  /** The number that was given last; 0 where none was. It stays when entries are deleted. */
  long newest() {
    return asked(() -> Sql.number(source, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'outcome'"));
  }

  void add(String missed) {
    asked(() -> {
      Sql.update(source, "INSERT INTO outcome (missed) VALUES (?)", missed);
      return null;
    });
  }

  Optional<Cursor> cursor(String output) {
    return asked(() -> Sql.rows(source, row -> new Cursor(row.getLong(1), row.getLong(2)), "SELECT told, lost FROM output_cursor WHERE output = ?", output))
        .stream().findFirst();
  }

  void keep(String output, Cursor cursor) {
    asked(() -> {
      Sql.update(source, "INSERT INTO output_cursor (output, told, lost) VALUES (?, ?, ?) ON CONFLICT (output) DO UPDATE SET told = excluded.told, lost = excluded.lost",
          output, cursor.told(), cursor.lost());
      return null;
    });
  }

  /** Outputs that are gone wait for nothing. */
  void forgetAllBut(Collection<String> outputs) {
    asked(() -> Sql.rows(source, row -> row.getString(1), "SELECT output FROM output_cursor")).stream().filter(output -> !outputs.contains(output))
        .forEach(output -> asked(() -> {
          Sql.update(source, "DELETE FROM output_cursor WHERE output = ?", output);
          return null;
        }));
  }

  /**
   * Deletes some of what every output has passed, and of what is beyond {@value #MOST_KEPT} whoever waits for it; nothing where an output has yet to say how far it
   * is, as after a damaged database was replaced.
   *
   * @param outputs that have a cursor, or will have
   * @return whether there may be more
   */
  boolean prune(long outputs) {
    if (asked(() -> Sql.number(source, "SELECT count(*) FROM output_cursor")) < outputs) {
      return false;
    }
    long passed = asked(() -> Sql.number(source, "SELECT coalesce((SELECT min(told) FROM output_cursor), (SELECT max(number) FROM outcome), 0)"));
    passed = Math.max(passed, newest() - MOST_KEPT);
    long first = asked(() -> Sql.number(source, "SELECT coalesce(min(number), 0) FROM outcome"));
    if (first == 0 || first > passed) {
      return false;
    }
    long last = Math.min(passed, first + PRUNED_AT_ONCE - 1);
    asked(() -> {
      Sql.update(source, "DELETE FROM outcome WHERE number <= ?", last);
      return null;
    });
    return last < passed;
  }
}
