package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.training.SyntheticParts;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was judged is found, taken away and judged again, by HTTP and by command, beside a station that runs. */
class TraceIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path folder;
  private static Map<String, String> data;
  private static Station station;
  private static byte[] good;
  private static byte[] bad;
  private static final List<String> IDS = new ArrayList<>();

  @BeforeAll
  static void judge() throws Exception {
    data = Map.of("KERF_DATA", folder.resolve("data").toString(), "KERF_NAME", "Press 4");
    good = Files.readAllBytes(SyntheticParts.good(folder.resolve("good"), 60, 1).get(0));
    bad = Files.readAllBytes(SyntheticParts.bad(folder.resolve("bad"), 1, 3).get(0));
    Ended trained = PackagedApplication.run(folder, data, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "10%");
    assertThat(trained.exit()).as(trained.err()).isZero();
    station = Station.start(folder.resolve("data"), Map.of("KERF_DEMO_ENABLED", "false", "KERF_NAME", "Press 4"));
    for (int i = 0; i < 6; i++) {
      JsonNode answer = JSON.readTree(station.post("/api/inspections?partId=A-" + i + "&lot=L" + i / 3, "image/png", i % 3 == 0 ? bad : good).body());
      assertThat(answer.path("station").asText()).isEqualTo("Press 4");
      assertThat(answer.path("engine").asText()).isEqualTo("OnnxRuntime");
      IDS.add(answer.path("id").asText());
    }
  }

  @AfterAll
  static void stop() {
    station.close();
  }

  private static Ended run(String... arguments) throws Exception {
    return PackagedApplication.run(folder, data, arguments);
  }

  @Test
  void aVerdictIsReplayedToTheLastDigitByCommandAndByHttp() throws Exception {
    Ended replayed = run("replay", IDS.get(0), "--heat-map", "heat.png");
    assertThat(replayed.exit()).as(replayed.err()).isZero();
    assertThat(replayed.out()).contains("IDENTICAL").contains("on record  NG").contains("now        NG");
    assertThat(Files.readAllBytes(folder.resolve("heat.png"))).startsWith(0x89, 'P', 'N', 'G');
    JsonNode report = JSON.readTree(run("replay", IDS.get(0), "--json").out());
    assertThat(report.path("match").asText()).isEqualTo("IDENTICAL");
    assertThat(report.at("/now/score").asDouble()).isEqualTo(report.at("/onRecord/score").asDouble());
    assertThat(JSON.readTree(station.post("/api/inspections/" + IDS.get(1) + "/replay", "application/json", new byte[0]).body()).path("match").asText()).isEqualTo("IDENTICAL");
  }

  @Test
  void anotherImageIsFoundOut() throws Exception {
    Ended replayed = run("replay", IDS.get(0), "--image", "good/000.png");
    assertThat(replayed.exit()).isEqualTo(1);
    assertThat(replayed.out()).contains("DIFFERENT").contains("They differ");
    Ended none = run("replay", "0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55");
    assertThat(none.exit()).isEqualTo(2);
    assertThat(none.err()).contains("[not-found]").doesNotContain("\tat ");
    Ended missing = run("replay", IDS.get(0), "--image", "nowhere.png");
    assertThat(missing.exit()).isNotZero();
    assertThat(missing.err()).contains("nowhere.png").doesNotContain("\tat ");
  }

  @Test
  void whatIsFoundIsWrittenToATableAndToAnArchive() throws Exception {
    Ended table = run("export", "--verdict", "NG", "--csv", "ng.csv");
    assertThat(table.exit()).as(table.err()).isZero();
    assertThat(Files.readString(folder.resolve("ng.csv"))).hasLineCount(3).contains(IDS.get(0)).contains(IDS.get(3)).contains("Press 4");
    Ended archive = run("export", "--part", "A-*", "--lot", "L1", "--from", "2026-01-01", "--zip", "l1.zip");
    assertThat(archive.exit()).as(archive.err()).isZero();
    try (ZipFile zip = new ZipFile(folder.resolve("l1.zip").toFile())) {
      assertThat(zip.size()).isEqualTo(8);
      assertThat(zip.getInputStream(zip.getEntry("images/" + IDS.get(3) + ".png")).readAllBytes()).isEqualTo(bad);
      assertThat(JSON.readTree(zip.getInputStream(zip.getEntry("manifest.json"))).path("query").path("lot").asText()).isEqualTo("L1");
    }
    assertThat(run("export", "--zip", "all.zip", "--max-parts", "5").err()).contains("[export-too-large]");
    assertThat(folder.resolve("all.zip")).doesNotExist();
    assertThat(run("export", "--verdict", "PERHAPS", "--csv", "x.csv").exit()).isEqualTo(2);
    assertThat(run("export").exit()).isEqualTo(2);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
    }
  }

  /** A browser that is closed while it loads: the next export begins, and the log says nothing that anybody could mend. */
  @Test
  void aReaderThatGoesAwayLeavesItsTurn() throws Exception {
    for (int i = 0; i < 10; i++) {
      try (Socket socket = new Socket("127.0.0.1", station.uri("/").getPort())) {
        socket.setSoLinger(true, 0);
        socket.getOutputStream().write("GET /api/inspections/export.zip HTTP/1.1\r\nHost: station\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        if (i % 2 == 0) {
          socket.getInputStream().read();
        }
      }
    }
    int status = 503;
    for (int i = 0; i < 100 && status == 503; i++) {
      status = station.get("/api/inspections/export.csv").statusCode();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(status).isEqualTo(200);
    assertThat(station.log()).doesNotContain("Exception");
  }
}
