package io.kerf.audit;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.Database;
import io.kerf.storage.Sql;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * The changes on record, in the table {@code audit}.
 *
 * <ol>
 *   <li>An entry is written whole or not at all, and follows the last one that was written: one that failed leaves the chain as it was.
 *   <li>When {@link #append} returns, the entry is on the disk and survives a loss of power; changes are rare enough to wait for that.
 *   <li>Entries are never changed and never deleted.
 * </ol>
 */
@Singleton
public final class AuditTrail {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final DataSource dataSource;

  /** @param dataSource of the station's database; to look at the trail a read-only one will do */
  public AuditTrail(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** When which bundle came into use. */
  record InUse(String digest, Instant since) {}

  /**
   * Keeps a change.
   *
   * @throws FaultException {@link Fault#DISK_FULL} or {@link Fault#DATA_FOLDER_UNUSABLE} where it could not be written
   */
  synchronized AuditEntry append(Changed changed) {
    try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
      AuditEntry entry = next(statement, changed);
      statement.execute("PRAGMA synchronous = FULL");
      try {
        insert(connection, entry);
      } finally {
        statement.execute("PRAGMA synchronous = NORMAL");
      }
      return entry;
    } catch (SQLException e) {
      throw Database.fault("a change was not written to the audit trail", e);
    }
  }

  private static AuditEntry next(Statement statement, Changed changed) throws SQLException {
    try (ResultSet last = statement.executeQuery("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")) {
      return last.next() ? AuditEntry.of(changed, last.getLong("number") + 1, last.getString("hash")) : AuditEntry.of(changed, 1, AuditEntry.NONE);
    }
  }

  private static void insert(Connection connection, AuditEntry entry) throws SQLException {
    String sql = "INSERT INTO audit (number, changed_at, changed_by, action, recipe, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    Sql.update(connection, sql, entry.number(), entry.at().toEpochMilli(), entry.by(), entry.action(), entry.recipe(), entry.subject(), entry.detail(), entry.previous(),
        entry.hash());
  }

  /** Newest first. @throws FaultException where the database cannot be read */
  public List<AuditEntry> page(AuditQuery query) {
    List<String> conditions = new ArrayList<>(List.of("TRUE"));
    List<Object> values = new ArrayList<>();
    query.before().ifPresent(number -> add(conditions, "number < ?", values, number));
    query.recipe().ifPresent(recipe -> add(conditions, "recipe = ?", values, recipe));
    query.since().ifPresent(since -> add(conditions, "changed_at >= ?", values, since.toEpochMilli()));
    values.add(query.limit());
    String sql = "SELECT * FROM audit WHERE " + String.join(" AND ", conditions) + " ORDER BY number DESC LIMIT ?";
    try {
      return Sql.rows(dataSource, AuditTrail::read, sql, values.toArray());
    } catch (SQLException e) {
      throw Database.fault("the audit trail could not be read", e);
    }
  }

  /**
   * Reads the whole trail through, entry by entry.
   *
   * @param keptHead a head that somebody kept elsewhere: 64 hexadecimal digits
   * @throws FaultException {@link Fault#BAD_FIELD} where the head is none, or where the database cannot be read
   */
  public AuditChain.Finding verify(Optional<String> keptHead) {
    if (keptHead.filter(head -> !HASH.matcher(head).matches()).isPresent()) {
      throw new FaultException(Fault.BAD_FIELD, "The head is not valid. Use the 64 lower-case hexadecimal digits that an earlier verification gave.");
    }
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM audit ORDER BY number")) {
      AuditChain chain = new AuditChain(keptHead, this::isHashOfSomeEntry);
      while (rows.next() && chain.take(read(rows))) {
        // The chain keeps what matters of each.
      }
      return chain.finding();
    } catch (SQLException e) {
      throw Database.fault("the audit trail could not be read", e);
    }
  }

  private boolean isHashOfSomeEntry(String hash) {
    try {
      return !Sql.rows(dataSource, row -> true, "SELECT 1 FROM audit WHERE hash = ? LIMIT 1", hash).isEmpty();
    } catch (SQLException e) {
      throw Database.fault("the audit trail could not be read", e);
    }
  }

  /** Which bundles of a recipe came into use when, as far as it is on record. */
  Set<InUse> bundlesInUse(String recipe) {
    String sql = "SELECT subject, changed_at FROM audit WHERE recipe = ? AND action GLOB 'model-*'";
    try {
      return Set.copyOf(Sql.rows(dataSource, row -> new InUse(row.getString(1), Instant.ofEpochMilli(row.getLong(2))), sql, recipe));
    } catch (SQLException e) {
      throw Database.fault("the audit trail could not be read", e);
    }
  }

  private static AuditEntry read(ResultSet row) throws SQLException {
    return new AuditEntry(row.getLong("number"), Instant.ofEpochMilli(row.getLong("changed_at")), text(row, "changed_by"), text(row, "action"),
        text(row, "recipe"), text(row, "subject"), text(row, "detail"), text(row, "previous"), text(row, "hash"));
  }

  /** Whoever changed an entry may have left nothing there. */
  private static String text(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).orElse("");
  }

  private static void add(List<String> conditions, String condition, List<Object> values, Object value) {
    conditions.add(condition);
    values.add(value);
  }
}
