package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;
import picocli.CommandLine;

class AuditCommandTest {
  /** Of the two entries below, as {@code hashlib.sha256} in Python gives them. */
  private static final String FIRST = "1864839ac2dd8bb6bb44a1307dfda8133cf90a2c9e584a992abfb30f53b3edd7";
  private static final String SECOND = "035e7c3d57e596697bb0b3bc756d169610327fc894f370555fd2ea7eaf4b4594";

  @TempDir
  private Path temp;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void setDataFolder() {
    System.setProperty("kerf.data", temp.resolve("data").toString());
  }

  @AfterEach
  void clearDataFolder() {
    System.clearProperty("kerf.data");
  }

  private int kerf(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = KerfMain.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(arguments);
  }

  private void sql(String... statements) throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + Files.createDirectories(temp.resolve("data")).resolve("kerf.db") + "?journal_mode=WAL");
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    try (Connection connection = source.getConnection(); Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }

  private void twoEntries() throws Exception {
    sql("INSERT INTO audit VALUES (1, 1767323045678, 'Änn', 'model-activated', 'default', 'ab12', 'because', '" + "0".repeat(64) + "', '" + FIRST + "')",
        "INSERT INTO audit VALUES (2, 1767323045679, 'station', 'audit-gap', '', '', '2 changes before this could not be written', '" + FIRST + "', '" + SECOND + "')");
  }

  @Test
  void verifyPrintsCountAndHeadAndFindsAHeadThatWasKept() throws Exception {
    twoEntries();
    assertThat(kerf("audit", "verify")).as(err.toString()).isZero();
    assertThat(out.toString().lines()).containsExactly("entries 2", "head    " + SECOND);
    assertThat(kerf("audit", "verify", "--head", FIRST)).isZero();
    assertThat(err.toString()).contains("the head that was kept is among them");
    assertThat(kerf("audit", "verify", "--head", "f".repeat(64))).isEqualTo(1);
    assertThat(err.toString()).contains("[audit-broken]", "No entry has the kept head");
    assertThat(out.toString()).isEmpty();
    assertThat(kerf("audit", "verify", "--head", "12")).isEqualTo(2);
    assertThat(err.toString()).contains("[bad-field]");
  }

  @Test
  void verifyNamesTheFirstEntryThatIsWrong() throws Exception {
    twoEntries();
    sql("DROP TRIGGER audit_is_not_changed", "UPDATE audit SET changed_by = 'bob' WHERE number = 1");
    assertThat(kerf("audit", "verify")).isEqualTo(1);
    assertThat(err.toString()).contains("[audit-broken]", "Entry 1 is not what was written");
  }

  @Test
  void listShowsChangesNewestFirstAndThoseAskedFor() throws Exception {
    twoEntries();
    assertThat(kerf("audit", "list")).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(2).first().asString().contains("     2  ", "station", "audit-gap", "2 changes before");
    assertThat(kerf("audit", "list", "--limit", "1", "--recipe", "default", "--since", "2026-01-01")).isZero();
    assertThat(out.toString()).contains("Änn", "model-activated", "default", "ab12  because");
    assertThat(kerf("audit", "list", "--since", "2026-01-02T03:04:05.679Z", "--json")).isZero();
    assertThat(out.toString()).contains("\"number\" : 2", "\"hash\" : \"" + SECOND + "\"").doesNotContain("\"number\" : 1");
    assertThat(kerf("audit", "list", "--recipe", "lid")).isZero();
    assertThat(out.toString()).contains("No changes on record.");
  }

  @Test
  void whatIsAskedForWronglyIsSaid() throws Exception {
    assertThat(kerf("audit", "verify")).as("nothing there is not the same as intact").isEqualTo(2);
    assertThat(err.toString()).contains("[audit-missing]", "KERF_DATA");
    assertThat(temp.resolve("data")).doesNotExist();
    twoEntries();
    assertThat(kerf("audit", "list", "--limit", "0")).isEqualTo(2);
    assertThat(kerf("audit", "list", "--recipe", "../x")).isEqualTo(2);
    assertThat(kerf("audit", "list", "--since", "yesterday")).isEqualTo(2);
    assertThat(err.toString()).contains("'yesterday' is not a day");
  }
}
