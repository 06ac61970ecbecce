package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.inspection.rescore.RescoringFixture;
import io.kerf.training.SyntheticParts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** On the data folder of a station that is not running: three bad discs that it stopped, by a model that holds them for good. */
class RescoreCommandTest {
  private static final String[] OF_DISC = {"rescore", "--recipe", RescoringFixture.RECIPE};

  @TempDir
  private static Path temp;
  private static String discs;
  private static String bars;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void judge() throws Exception {
    System.setProperty("kerf.data", temp.resolve("data").toString());
    try (RescoringFixture station = new RescoringFixture(temp.resolve("data"))) {
      discs = RescoringFixture.learn(station.bundles, temp, false);
      bars = RescoringFixture.learn(station.bundles, temp, true);
      station.use(discs);
      List<Path> bad = SyntheticParts.bad(temp.resolve("bad"), 3, 8);
      for (int i = 0; i < 3; i++) {
        station.judge(Files.readAllBytes(bad.get(i)), i, "L" + i);
      }
    }
  }

  @AfterAll
  static void clearDataFolder() {
    System.clearProperty("kerf.data");
  }

  private int rescore(String... arguments) {
    CommandLine line = KerfMain.commandLine();
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    String[] all = java.util.Arrays.copyOf(OF_DISC, OF_DISC.length + arguments.length);
    System.arraycopy(arguments, 0, all, OF_DISC.length, arguments.length);
    return line.execute(all);
  }

  @Test
  void theModelInUseChangesNothing() {
    assertThat(rescore()).as(err.toString()).isZero();
    assertThat(out.toString()).isEqualTo("3 of 3 parts judged again with bundle " + discs.substring(0, 12) + ": 0 verdicts change, 3 stay, 3 of them to the last digit.\n");
    assertThat(err.toString()).contains("100 %  3 of 3 parts, 0 changes");
  }

  @Test
  void anotherModelsChangesAreATable() {
    assertThat(rescore("--bundle", bars.substring(0, 8))).as(err.toString()).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines.get(0)).contains("3 verdicts change, 0 stay");
    assertThat(lines.get(1)).startsWith("NG → OK: 3, the first ").contains("(part P-0)", "(part P-2)");
    assertThat(lines.get(3)).startsWith("captured");
    assertThat(lines.subList(4, 7)).allSatisfy(row -> assertThat(row).contains("NG→OK", discs.substring(0, 12)));
  }

  @Test
  void asJsonItIsWhatTheStationAnswers() throws Exception {
    assertThat(rescore("--bundle", bars, "--from", "2026-01-02T06:01:00Z", "--to", "2026-01-02T06:02:00Z", "--json")).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(out.toString());
    assertThat(report.path("state").asText()).isEqualTo("DONE");
    assertThat(report.at("/counts/parts").asInt()).isEqualTo(1);
    assertThat(report.at("/changes/0/partId").asText()).isEqualTo("P-1");
    assertThat(report.at("/first/before/verdict").asText()).isEqualTo("NG");
    assertThat(report.at("/first/capturedAt").asText()).isEqualTo("2026-01-02T06:01:00Z");
    assertThat(report.has("problem")).isTrue();
  }

  @Test
  void whatCannotBeDoneIsOneLineWithItsCode() {
    assertThat(rescore("--lot", "none")).isEqualTo(2);
    assertThat(err.toString()).contains("[nothing-to-rescore]", "lot none");
    assertThat(rescore("--bundle", "zz")).isEqualTo(2);
    assertThat(err.toString()).contains("[bundle-not-found]");
    assertThat(rescore("--from", "2026-01-02", "--to", "2026-01-02")).isEqualTo(2);
    assertThat(err.toString()).contains("[bad-field]", "is not before to");
    assertThat(rescore("--from", "soon")).isEqualTo(2);
    assertThat(rescore("--max-changes", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--from 'soon' is not a day or a time", "--max-changes is 0");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aFolderWithoutRecordsIsSaidToBeOneAndStaysEmpty() {
    System.setProperty("kerf.data", temp.resolve("elsewhere").toString());
    try {
      assertThat(rescore()).isEqualTo(2);
      assertThat(err.toString()).contains("[nothing-to-rescore]", "KERF_DATA");
      assertThat(temp.resolve("elsewhere")).doesNotExist();
    } finally {
      System.setProperty("kerf.data", temp.resolve("data").toString());
    }
  }
}
