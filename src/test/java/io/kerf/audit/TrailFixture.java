package io.kerf.audit;

import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;

/** A trail in a real SQLite file with the station's schema; a database that somebody else locks fails at once. */
final class TrailFixture {
  static final Instant THEN = Instant.parse("2026-01-02T03:04:05.678Z");

  final SQLiteDataSource dataSource = new SQLiteDataSource();
  final AuditTrail trail = new AuditTrail(dataSource);

  TrailFixture(Path file) {
    dataSource.setUrl("jdbc:sqlite:" + file + "?journal_mode=WAL&synchronous=NORMAL&busy_timeout=1");
    Flyway.configure().dataSource(dataSource).locations("classpath:db/migration").load().migrate();
  }

  static Changed change(int number) {
    return new Changed(THEN.plusSeconds(number), "ann", Action.MODEL_ACTIVATED, number % 2 == 0 ? "even" : "odd", "digest" + number, "reason " + number);
  }

  void append(int many) {
    for (int number = 1; number <= many; number++) {
      trail.append(change(number));
    }
  }

  void sql(String... statements) throws SQLException {
    try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  /** As somebody who means harm would begin. */
  void unguard() throws SQLException {
    sql("DROP TRIGGER audit_is_not_changed", "DROP TRIGGER audit_is_not_deleted");
  }
}
