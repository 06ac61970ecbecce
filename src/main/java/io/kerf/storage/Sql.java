package io.kerf.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs one statement at a time, with values in the places of its question marks; null is a value. */
public final class Sql {
  private Sql() {}

  /** Makes something of one row. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows that a statement selects. */
  public static <T> List<T> rows(DataSource source, RowReader<T> reader, String sql, Object... values) throws SQLException {
    try (Connection connection = source.getConnection(); PreparedStatement select = bound(connection, sql, values); ResultSet rows = select.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    }
  }

  /** Looks at one row. */
  public interface RowVisitor {
    /** @return whether to go on to the next */
    boolean visit(ResultSet row) throws SQLException;
  }

  /** Looks at the rows that a statement selects, one by one, as long as the visitor wants. */
  public static void eachRow(DataSource source, RowVisitor visitor, String sql, Object... values) throws SQLException {
    try (Connection connection = source.getConnection(); PreparedStatement select = bound(connection, sql, values); ResultSet rows = select.executeQuery()) {
      boolean more = true;
      while (more && rows.next()) {
        more = visitor.visit(rows);
      }
    }
  }

  /** The number that a statement selects. */
  public static long number(DataSource source, String sql, Object... values) throws SQLException {
    return rows(source, row -> row.getLong(1), sql, values).get(0);
  }

  /** Inserts, changes or deletes rows. */
  public static void update(DataSource source, String sql, Object... values) throws SQLException {
    try (Connection connection = source.getConnection()) {
      update(connection, sql, values);
    }
  }

  /** As {@link #update(DataSource, String, Object...)}, on a connection at hand. */
  public static void update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement update = bound(connection, sql, values)) {
      update.executeUpdate();
    }
  }

  private static PreparedStatement bound(Connection connection, String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
