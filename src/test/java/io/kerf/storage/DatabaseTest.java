package io.kerf.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class DatabaseTest {
  @TempDir
  Path temp;

  private Path file;
  private Database database;

  @BeforeEach
  void name() {
    file = temp.resolve("kerf.db");
    database = new Database(file, Clock.fixed(Instant.parse("2024-11-23T10:20:30Z"), ZoneOffset.UTC));
  }

  @Test
  void aMissingOrSoundFileStays() throws SQLException {
    assertThat(database.setAsideIfDamaged()).isEmpty();
    fill();
    assertThat(database.setAsideIfDamaged()).isEmpty();
    assertThat(file).exists();
  }

  @Test
  void whatIsNoDatabaseIsSetAside() throws IOException {
    Files.writeString(file, "this was a database once, then a disk failed and this is what is left of it. ".repeat(20));
    assertSetAside();
  }

  @Test
  void aDatabaseWithADamagedPageIsSetAsideWithItsJournal() throws Exception {
    fill();
    Files.writeString(temp.resolve("kerf.db-wal"), "journal");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] rubbish = new byte[3 * 4096];
      java.util.Arrays.fill(rubbish, (byte) 0xa5);
      channel.write(ByteBuffer.wrap(rubbish), 5 * 4096);
    }
    assertSetAside();
    assertThat(temp.resolve("kerf.db-wal")).doesNotExist();
  }

  @Test
  void whoOnlyLooksChangesNothingAndLeavesNothing() throws Exception {
    file = Files.createDirectories(temp.resolve("line 4 % #1")).resolve("kerf.db");
    Database looked = new Database(file, Clock.systemUTC());
    fill();
    try (Connection connection = source().getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
    }
    DataSource readOnly = looked.readOnly();
    assertThat(parts(readOnly)).isEqualTo(2000);
    assertThat(file.getParent()).isDirectoryNotContaining(entry -> !entry.equals(file));
    try (Connection connection = readOnly.getConnection(); Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM part")).isInstanceOf(SQLException.class).hasMessageContaining("readonly");
    }

    // A station that starts meanwhile: what it has not yet written through is seen.
    try (Connection station = source().getConnection(); Statement statement = station.createStatement()) {
      statement.execute("INSERT INTO part VALUES ('new', '')");
      assertThat(parts(readOnly)).isEqualTo(2001);
    }
    assertThat(parts(readOnly)).isEqualTo(2001);
    assertThat(file.getParent()).isDirectoryNotContaining(entry -> !entry.equals(file));
  }

  private static int parts(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM part")) {
      return row.getInt(1);
    }
  }

  private SQLiteDataSource source() {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private void assertSetAside() throws IOException {
    byte[] damaged = Files.readAllBytes(file);
    Path aside = temp.resolve("kerf.db.corrupt-20241123T102030Z");
    assertThat(database.setAsideIfDamaged()).contains(aside);
    assertThat(file).doesNotExist();
    assertThat(Files.readAllBytes(aside)).isEqualTo(damaged);
  }

  private void fill() throws SQLException {
    try (Connection connection = source().getConnection(); Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE part (id TEXT PRIMARY KEY, note TEXT)");
      statement.execute("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
          + "INSERT INTO part SELECT 'part-' || i, hex(zeroblob(40)) FROM n");
    }
  }
}
