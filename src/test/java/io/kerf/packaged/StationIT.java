package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.device.Accelerator;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.training.SyntheticParts;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged station with a model of its own: judges, takes bad input, follows an activation, survives a kill. */
class StationIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> NO_DEMO = Map.of("KERF_DEMO_ENABLED", "false", "KERF_IMAGE_MAX_BYTES", "1M");

  @TempDir
  private static Path folder;

  @BeforeAll
  static void train() throws Exception {
    SyntheticParts.good(folder.resolve("good"), 60, 1);
    SyntheticParts.good(folder.resolve("later"), 12, 9);
    SyntheticParts.bad(folder.resolve("bad"), 5, 2);
    for (String seed : new String[] {"1", "2"}) {
      Ended trained = PackagedApplication.run(folder, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "10%", "--seed", seed);
      assertThat(trained.exit()).as(trained.err()).isZero();
    }
  }

  @Test
  void judgesRefusesBadInputAndFollowsAnActivation() throws Exception {
    try (Station station = Station.start(folder.resolve("data"), NO_DEMO)) {
      byte[] bad = Files.readAllBytes(folder.resolve("bad/000.png"));
      JsonNode ng = JSON.readTree(station.post("/api/inspections?partId=P-1&lot=L7", "image/png", bad).body());
      assertThat(ng.path("verdict").asText()).isEqualTo("NG");
      assertThat(ng.path("partId").asText()).isEqualTo("P-1");
      assertThat(ng.path("pValue").asDouble()).isLessThanOrEqualTo(0.1);
      assertThat(station.get(ng.path("heatMap").asText()).statusCode()).isEqualTo(200);
      assertThat(station.get(ng.path("image").asText()).statusCode()).isEqualTo(200);

      refused(station, "image/jpeg", new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 400, "not-an-image");
      refused(station, "image/png", Arrays.copyOf(bad, bad.length / 2), 400, "image-truncated");
      refused(station, "image/png", bomb(), 413, "image-too-large");
      refused(station, "image/png", new byte[2 << 20], 413, "image-too-large");
      refused(station, "image/png", new byte[0], 400, "no-body");
      refused(station, "text/plain", bad, 415, "media-type-unsupported");
      assertThat(JSON.readTree(station.post("/api/inspections", "image/png", bad).body()).path("verdict").asText()).isEqualTo("NG");
      assertThatWhereThereIsNoGpuItSaysSo(station);

      String first = ng.path("bundle").asText();
      String other = JSON.readTree(PackagedApplication.run(folder, "models", "list", "--json").out()).findValuesAsText("digest").stream()
          .filter(d -> !d.equals(first)).findFirst().orElseThrow();
      assertThat(PackagedApplication.run(folder, "models", "activate", other).exit()).isZero();
      String used = first;
      for (int i = 0; i < 50 && used.equals(first); i++) {
        TimeUnit.MILLISECONDS.sleep(200);
        used = JSON.readTree(station.post("/api/inspections", "image/png", bad).body()).path("bundle").asText();
      }
      assertThat(used).isEqualTo(other);

      byte[] ann = "{\"by\": \"Ann\", \"reason\": \"fewer rejects\"}".getBytes();
      JsonNode back = JSON.readTree(station.post("/api/models/rollback", "application/json", ann).body());
      assertThat(back.path("inUse").asText()).isEqualTo(first);
      assertThat(back.path("replaced").asText()).isEqualTo(other);
      assertThat(JSON.readTree(station.post("/api/inspections", "image/png", bad).body()).path("bundle").asText()).as("at once").isEqualTo(first);
      assertThat(JSON.readTree(station.post("/api/models/" + other.substring(0, 10) + "/activate", "application/json", ann).body()).path("changed").asBoolean()).isTrue();
      assertThat(JSON.readTree(station.post("/api/models/" + other + "/activate", "application/json", ann).body()).path("changed").asBoolean()).isFalse();
      JsonNode history = JSON.readTree(station.get("/api/models/history").body());
      assertThat(history).hasSize(4);
      assertThat(history.get(3).path("by").asText() + ": " + history.get(3).path("reason").asText()).isEqualTo("Ann: fewer rejects");
      assertThat(JSON.readTree(station.get("/api/models").body()).path("previous").asText()).isEqualTo(first);
      assertThat(JSON.readTree(station.get("/api/models/" + first).body()).path("report").path("heldOutScores").isObject()).isTrue();
      assertThat(station.log()).doesNotContain("Exception");
      changesAreOnRecord(station, first, other);
      assertThat(Files.readString(Path.of("/proc", Long.toString(station.process().pid()), "maps"))).contains("libonnxruntime").doesNotContain("libtorch");
    }
  }

  private static void assertThatWhereThereIsNoGpuItSaysSo(Station station) throws Exception {
    if (!Accelerator.present()) {
      JsonNode model = JSON.readTree(station.get("/api/station").body()).path("model");
      assertThat(model.path("engine").asText() + ": " + model.path("plan").path("words").asText()).isEqualTo("OnnxRuntime: This machine has no NVIDIA GPU. ONNX Runtime judges.");
      assertThat(station.log()).contains("This machine has no NVIDIA GPU.");
      assertThat(station.get("/q/health").body()).contains("\"plan\": \"DECLINED\"");
    }
  }

  /** By the command before the start, by the command followed, by HTTP twice; what was in use already is no change. */
  private static void changesAreOnRecord(Station station, String first, String other) throws Exception {
    JsonNode audit = JSON.readTree(station.get("/api/audit?recipe=default").body()).path("items");
    assertThat(audit.findValuesAsText("action")).containsExactly("model-activated", "model-rolled-back", "model-activated", "model-activated");
    assertThat(audit.findValuesAsText("subject")).containsExactly(other, first, other, first);
    assertThat(audit.findValuesAsText("by")).containsExactly("Ann", "Ann", System.getProperty("user.name"), System.getProperty("user.name"));
    JsonNode history = JSON.readTree(station.get("/api/models/history").body());
    for (int i = 0; i < 4; i++) {
      assertThat(audit.get(3 - i).path("at").asText()).isEqualTo(history.get(i).path("activatedAt").asText());
    }
    Ended verified = PackagedApplication.run(folder, "audit", "verify", "--head", audit.get(3).path("hash").asText());
    assertThat(verified.exit()).as(verified.err()).isZero();
    assertThat(verified.out()).contains("entries 4", "head    " + audit.get(0).path("hash").asText());
    assertThat(PackagedApplication.run(folder, "audit", "list", "--limit", "2").out()).contains("model-rolled-back").contains("fewer rejects");
  }

  /** Parts that pass join the normals by themselves; a word on one of them moves it, and a restart forgets nothing. */
  @Test
  void collectsNormalsAndTakesAWordOnThem() throws Exception {
    Path data = folder.resolve("data");
    String reviewed;
    try (Station station = Station.start(data, NO_DEMO)) {
      for (int i = 0; i < 12; i++) {
        station.post("/api/inspections", "image/png", Files.readAllBytes(folder.resolve(String.format("later/%03d.png", i))));
      }
      JsonNode normals = JSON.readTree("{}");
      for (int i = 0; i < 50 && normals.path("presumed").asInt() < 2; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        normals = JSON.readTree(station.get("/api/normals").body());
      }
      assertThat(normals.path("presumed").asInt()).isGreaterThanOrEqualTo(2);
      assertThat(normals.path("original").asInt()).as("what it was trained on").isEqualTo(60);
      JsonNode presumed = StreamSupport.stream(normals.path("items").spliterator(), false).filter(one -> one.path("standing").asText().equals("PRESUMED")).findFirst()
          .orElseThrow();
      assertThat(presumed.path("pValue").asDouble()).isGreaterThanOrEqualTo(0.2);
      reviewed = presumed.path("id").asText();
      assertThat(station.put("/api/inspections/" + reviewed + "/review", "{\"truth\": \"BAD\", \"by\": \"Ann\"}").statusCode()).isEqualTo(200);
      station.process().destroyForcibly().waitFor();
    }
    try (Station station = Station.start(data, NO_DEMO)) {
      assertThat(JSON.readTree(station.get("/api/golden").body()).get(0).path("id").asText()).isEqualTo(reviewed);
      assertThat(JSON.readTree(station.get("/api/normals").body()).path("items").findValuesAsText("id")).isNotEmpty().doesNotContain(reviewed);
    }
  }

  private static void refused(Station station, String type, byte[] body, int status, String code) throws Exception {
    HttpResponse<String> response = station.post("/api/inspections", type, body);
    assertThat(response.statusCode()).as(code).isEqualTo(status);
    assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo(code);
    assertThat(response.headers().firstValue("Content-Type")).hasValueSatisfying(t -> assertThat(t).startsWith("application/problem+json"));
  }

  /** A PNG whose header says 100,000 × 100,000. */
  private static byte[] bomb() {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}).putInt(13);
    byte[] header = ByteBuffer.allocate(17).put("IHDR".getBytes()).putInt(100_000).putInt(100_000).put(new byte[] {8, 2, 0, 0, 0}).array();
    CRC32 crc = new CRC32();
    crc.update(header);
    png.put(header).putInt((int) crc.getValue());
    return png.array();
  }

  @Test
  void aVerdictThatWasAnsweredSurvivesAKill() throws Exception {
    Path data = folder.resolve("data");
    byte[] good = Files.readAllBytes(folder.resolve("good/000.png"));
    String id;
    try (Station station = Station.start(data, NO_DEMO)) {
      id = JSON.readTree(station.post("/api/inspections", "image/png", good).body()).path("id").asText();
      station.process().destroyForcibly().waitFor();
    }
    try (Station station = Station.start(data, NO_DEMO)) {
      assertThat(station.get("/api/inspections/" + id).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aDataFolderThatCannotBeWrittenFailsTheStartWithOneSentence() throws Exception {
    Path file = Files.writeString(folder.resolve("not-a-folder"), "x");
    try (Station station = Station.start(file.resolve("data"), NO_DEMO)) {
      throw new AssertionError("it started: " + station.log());
    } catch (AssertionError ended) {
      assertThat(ended.getMessage()).startsWith("the station ended").contains("cannot be written").doesNotContain("\tat ");
    }
  }
}
