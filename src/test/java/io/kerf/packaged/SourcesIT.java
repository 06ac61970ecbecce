package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.station.source.gstreamer.Installed;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sources of the packaged station: images of a folder are each judged once though the station is killed, and GStreamer is found by its class loader.
 * {@code -Dkerf.folder.files=10000 -Dkerf.folder.kills=10 -Dkerf.folder.side-px=256} for more of it.
 */
class SourcesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FILES = Integer.getInteger("kerf.folder.files", 300);
  private static final int KILLS = Integer.getInteger("kerf.folder.kills", 2);
  private static final int SIDE_PX = Integer.getInteger("kerf.folder.side-px", 1200);
  private static final Duration PATIENCE = Duration.ofSeconds(30 + FILES / 10);
  private static final Map<String, String> NO_DEMO = Map.of("KERF_DEMO_ENABLED", "false");

  @TempDir
  private Path root;

  private Path document(String sources) throws IOException {
    Path data = Files.createDirectories(root.resolve("data"));
    Files.createDirectories(data.resolve("document"));
    Files.writeString(data.resolve("document/station.yaml"), "schema: 1\nsources:\n" + sources.indent(2));
    return data;
  }

  @Test
  void imagesThatAreDroppedAtOnceAreEachJudgedOnceThoughTheStationIsKilled() throws Exception {
    Path inbox = Files.createDirectories(root.resolve("in"));
    Path data = document("folders: {inbox: {path: %s, settle: 50ms, give-up: 1s}}".formatted(inbox));
    Set<String> whole = new HashSet<>();
    Set<String> cut = new HashSet<>();
    drop(inbox, whole, cut);
    Random random = new Random(1);
    long begun = System.nanoTime();
    int kills = 0;
    while (kills < KILLS && names(inbox).size() > FILES / 10) {
      try (Station station = Station.start(data, NO_DEMO)) {
        int left = names(inbox).size() - random.nextInt(FILES / (3 * KILLS));
        await(() -> names(inbox).size() <= Math.max(left, 2));
        TimeUnit.MICROSECONDS.sleep(random.nextInt(30_000));
        station.process().destroyForcibly().waitFor();
        kills += names(inbox).size() > 2 ? 1 : 0;
      }
    }
    assertThat(kills).as("killed midway").isBetween(1, KILLS);
    try (Station station = Station.start(data, NO_DEMO)) {
      await(() -> names(inbox).size() == 2);
      List<String> parts = parts(station);
      assertThat(parts).as("none twice").doesNotHaveDuplicates();
      assertThat(parts).as("none lost").containsExactlyInAnyOrderElementsOf(whole);
      assertThat(names(inbox.resolve("done"))).hasSize(whole.size());
      assertThat(names(inbox.resolve("failed")).stream().filter(name -> !name.endsWith(".txt")).map(name -> name.replace(".png", "")).toList())
          .containsExactlyInAnyOrderElementsOf(cut);
      assertThat(inbox.resolve("failed").resolve(cut.iterator().next() + ".png.txt")).content().startsWith("image-truncated\n");
      JsonNode source = JSON.readTree(station.get("/api/sources").body()).get(0);
      assertThat(source.path("name").asText()).isEqualTo("inbox");
      assertThat(source.path("state").asText()).isEqualTo("WORKS");
    }
    System.out.printf("%d images, killed %d times: %d judged once each, %d cut short recorded as failed, in %d s.%n", FILES, kills, whole.size(), cut.size(),
        TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
  }

  /** One in fifty is cut short. Each takes about as long as one that is judged by a model. */
  private static void drop(Path inbox, Set<String> whole, Set<String> cut) throws IOException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB), "png", encoded);
    byte[] png = encoded.toByteArray();
    Instant morning = Instant.now().minusSeconds(3600);
    for (int i = 0; i < FILES; i++) {
      boolean half = i % 50 == 7;
      (half ? cut : whole).add("P-" + i);
      Path file = Files.write(inbox.resolve("P-" + i + ".png"), half ? Arrays.copyOf(png, png.length / 2) : png);
      Files.setLastModifiedTime(file, FileTime.from(morning.plusMillis(i)));
    }
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    return names == null ? List.of() : List.of(names);
  }

  private static List<String> parts(Station station) throws Exception {
    List<String> parts = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = JSON.readTree(station.get("/api/inspections?limit=500" + next).body());
      page.path("items").forEach(item -> parts.add(item.path("partId").asText()));
      next = page.path("next").isNull() ? "" : "&before=" + page.path("next").asText();
    } while (!next.isEmpty());
    return parts;
  }

  private interface Expectation {
    boolean holds() throws Exception;
  }

  private static void await(Expectation expectation) throws Exception {
    long begun = System.nanoTime();
    while (!expectation.holds()) {
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  @Test
  void aTriggeredCameraAnswersWithTheVerdictAndFollowsTheDocument() throws Exception {
    Installed.requireGstreamer();
    Path data = document("cameras: {top: {pipeline: \"videotestsrc is-live=true ! video/x-raw,width=640,height=480,framerate=30/1\", mode: triggered, timeout: 20s}}");
    try (Station station = Station.start(data, NO_DEMO)) {
      HttpResponse<String> answer = station.post("/api/sources/top/trigger?partId=A-17&lot=7", "application/json", new byte[0]);
      assertThat(answer.statusCode()).as(answer.body() + station.log()).isEqualTo(201);
      JsonNode judged = JSON.readTree(answer.body());
      assertThat(judged.path("source").asText()).isEqualTo("top");
      assertThat(judged.path("partId").asText()).isEqualTo("A-17");
      assertThat(judged.path("lot").asText()).isEqualTo("7");
      assertThat(Duration.between(Instant.parse(judged.path("capturedAt").asText()), Instant.now())).isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(20));
      assertThat(answer.headers().firstValue("Location").orElse("")).contains("/api/inspections/" + judged.path("id").asText());
      IntStream.range(0, 5).forEach(i -> assertThat(post(station, "/api/sources/top/trigger")).isEqualTo(201));
      assertThat(post(station, "/api/sources/side/trigger")).isEqualTo(404);
      assertThat(post(station, "/api/sources/http/trigger")).isEqualTo(404);
      await(() -> station.get("/q/metrics").body().contains("kerf_source_judged_total{kind=\"camera\",source=\"top\"} 6.0"));

      document("http: {enabled: false}");
      await(() -> JSON.readTree(station.get("/api/sources").body()).size() == 1);
      HttpResponse<String> off = station.post("/api/inspections", "image/png", new byte[] {1});
      assertThat(off.statusCode()).isEqualTo(409);
      assertThat(JSON.readTree(off.body()).path("code").asText()).isEqualTo("source-off");
    }
  }

  private static int post(Station station, String path) {
    try {
      return station.post(path, "application/json", new byte[0]).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
