package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.storage.DataFolder;
import io.kerf.training.SyntheticParts;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the disk, injected for real into the packaged station: it judges on where it can, answers with a code where it cannot, says so, and
 * mends itself when the fault is over.
 */
class FaultIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> NO_DEMO = Map.of("KERF_DEMO_ENABLED", "false", "KERF_EVIDENCE_LEAST_FREE", "0");

  @TempDir
  private static Path shared;
  private static final List<String> DIGESTS = new ArrayList<>();
  private static byte[] part;

  @TempDir
  private Path temp;
  private final Mounts mounts = new Mounts();

  @BeforeAll
  static void learnTwo() throws Exception {
    part = Files.readAllBytes(SyntheticParts.good(shared.resolve("good"), 40, 1).get(0));
    for (String seed : new String[] {"1", "2"}) {
      Ended trained = PackagedApplication.run(shared, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "20%", "--seed", seed, "--out", "models");
      assertThat(trained.exit()).as(trained.err()).isZero();
      DIGESTS.add(Path.of(trained.out().strip()).getFileName().toString());
    }
  }

  @AfterEach
  void unmount() throws Exception {
    mounts.close();
  }

  /** Both bundles, the first in use. */
  private static BundleStore publish(Path data) throws IOException {
    BundleStore store = new BundleStore(new DataFolder(data).models("default"));
    for (String digest : DIGESTS) {
      Path bundle = Files.createDirectories(store.folder().resolve(digest));
      try (Stream<Path> files = Files.list(shared.resolve("models").resolve(digest))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, bundle.resolve(file.getFileName()));
        }
      }
    }
    store.activate(DIGESTS.get(0), new Change("ann", "the first"), Instant.now());
    return store;
  }

  private static HttpResponse<String> inspect(Station station) throws Exception {
    return station.post("/api/inspections", "image/png", part);
  }

  private static JsonNode answered(Station station) throws Exception {
    HttpResponse<String> answer = inspect(station);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode verdict = JSON.readTree(answer.body());
    assertThat(verdict.path("bundle").asText()).isIn(DIGESTS);
    return verdict;
  }

  /** Judged, and on record. @return the answer */
  private static JsonNode judged(Station station) throws Exception {
    JsonNode verdict = answered(station);
    assertThat(station.get("/api/inspections/" + verdict.path("id").asText()).statusCode()).isEqualTo(200);
    return verdict;
  }

  private static String message(Station station) throws Exception {
    return JSON.readTree(station.get("/api/station").body()).path("message").asText();
  }

  private static HttpResponse<String> activate(Station station, String digest) throws Exception {
    return station.post("/api/models/" + digest + "/activate", "application/json", "{\"by\": \"ann\"}".getBytes());
  }

  private static String code(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body()).path("code").asText();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(String what, Condition condition) throws Exception {
    for (int i = 0; i < 300; i++) {
      if (condition.holds()) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new AssertionError("not within 30 s: " + what);
  }

  /** Until not a byte is left. */
  private static void fill(Path file) throws IOException {
    for (int size = 1 << 16; size > 0; size /= 16) {
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(new byte[size]);
        }
      } catch (IOException full) {
        assertThat(full).hasMessageContaining("No space left");
      }
    }
  }

  @Test
  void onAFullDiskImagesGoFirstThenTheReserveThenPartsAreRefusedAndAllComesBack() throws Exception {
    Path disk = mounts.small(temp.resolve("disk"), 240);
    Path data = disk.resolve("data");
    Path filler = disk.resolve("filler");
    BundleStore store = publish(data);
    Path old = Files.createDirectories(data.resolve("evidence").resolve(LocalDate.now(ZoneOffset.UTC).minusDays(1).toString()));
    for (int i = 0; i < 6; i++) {
      Files.write(old.resolve(i + ".jpg"), new byte[1 << 20]);
    }
    try (Station station = Station.start(data, NO_DEMO)) {
      await("a reserve", () -> Files.exists(data.resolve("reserve")) && Files.size(data.resolve("reserve")) == 16 << 20);
      JsonNode oldest = judged(station);

      fill(filler);
      JsonNode latest = oldest;
      for (int i = 0; i < 30; i++) {
        latest = judged(station);
      }
      assertThat(message(station)).contains("Judging parts").contains("The disk is full: the oldest images");
      assertThat(station.get("/q/health").body()).contains("The disk is full");
      assertThat(old.toFile().list()).as("the oldest went").containsExactlyInAnyOrder("4.jpg", "5.jpg");
      assertThat(station.get(oldest.path("image").asText()).statusCode()).isEqualTo(200);
      assertThat(station.get(latest.path("image").asText()).statusCode()).isEqualTo(200);

      byte[] active = Files.readAllBytes(store.folder().resolve("active.json"));
      int before = 0;
      while (Files.exists(data.resolve("reserve"))) {
        fill(filler);
        judged(station);
        before++;
        assertThat(before).as("verdicts before the reserve was needed").isLessThan(2000);
      }
      assertThat(message(station)).contains("verdicts go on from a reserve");
      assertThat(station.get("/api/inspections/" + oldest.path("id").asText()).statusCode()).isEqualTo(200);
      assertThat(station.get("/api/inspections/" + oldest.path("id").asText() + "/image").statusCode()).as("no image is left of before").isEqualTo(404);
      judged(station);

      HttpResponse<String> refused;
      int more = 0;
      do {
        fill(filler);
        refused = inspect(station);
        more++;
      } while (refused.statusCode() == 201 && more < 2000);
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(507);
      assertThat(code(refused)).isEqualTo("disk-full");
      assertThat(station.get("/q/health/ready").statusCode()).isEqualTo(503);
      HttpResponse<String> swap = activate(station, DIGESTS.get(1));
      assertThat(swap.statusCode() + " " + code(swap)).isEqualTo("507 disk-full");
      assertThat(Files.readAllBytes(store.folder().resolve("active.json"))).isEqualTo(active);
      Ended trained = PackagedApplication.run(shared, Map.of("KERF_DATA", data.toString()), "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "20%");
      assertThat(trained.err()).contains("[disk-full]").doesNotContain("\tat ");
      assertThat(trained.exit()).isEqualTo(1);

      Files.delete(filler);
      await("the message goes", () -> !message(station).contains("disk is full"));
      assertThat(data.resolve("reserve")).hasSize(16 << 20);
      assertThat(station.get("/q/health/ready").statusCode()).isEqualTo(200);
      assertThat(station.get(judged(station).path("image").asText()).statusCode()).isEqualTo(200);
      assertThat(activate(station, DIGESTS.get(1)).statusCode()).isEqualTo(200);
      assertThat(store.folder().toFile().list()).containsExactlyInAnyOrder(DIGESTS.get(0), DIGESTS.get(1), "active.json", "history.jsonl", ".staging");
      assertThat(store.staging()).isEmptyDirectory();
      assertThat(station.process().isAlive()).isTrue();
    }
  }

  @Test
  void whereImagesCannotBeWrittenVerdictsGoOnAndWhereModelsCannotTheOneInUseStays() throws Exception {
    Path data = temp.resolve("data");
    BundleStore store = publish(data);
    try (Station station = Station.start(data, NO_DEMO)) {
      judged(station);
      mounts.readOnly(data.resolve("evidence"));
      JsonNode verdict = judged(station);
      assertThat(verdict.path("image").isNull()).as(verdict.toString()).isTrue();
      assertThat(station.log()).contains("Images of verdicts cannot be kept");
      mounts.undo();
      assertThat(judged(station).path("image").asText()).isNotEmpty();

      mounts.readOnly(data.resolve("recipes"));
      HttpResponse<String> swap = activate(station, DIGESTS.get(1));
      assertThat(swap.statusCode() + " " + code(swap)).isEqualTo("500 data-folder-unusable");
      assertThat(judged(station).path("bundle").asText()).isEqualTo(DIGESTS.get(0));
      mounts.undo();
      assertThat(activate(station, DIGESTS.get(1)).statusCode()).isEqualTo(200);
      assertThat(store.history()).hasSize(2);
    }
  }

  @Test
  void aReadOnlyDataFolderEndsTheStartWithOneSentence() throws Exception {
    Path data = Files.createDirectories(temp.resolve("data"));
    mounts.readOnly(data);
    try (Station station = Station.start(data, NO_DEMO)) {
      throw new AssertionError("it started: " + station.log());
    } catch (AssertionError ended) {
      assertThat(ended.getMessage()).startsWith("the station ended").contains("The data folder " + data + " cannot be written").contains("read-only")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aDamagedDatabaseIsReplacedWhileTheStationRuns() throws Exception {
    Path data = temp.resolve("data");
    publish(data);
    try (Station station = Station.start(data, NO_DEMO)) {
      for (int i = 0; i < 5; i++) {
        judged(station);
      }
      for (String file : new String[] {"kerf.db", "kerf.db-wal"}) {
        byte[] rubbish = new byte[(int) Files.size(data.resolve(file))];
        Arrays.fill(rubbish, (byte) 0xa5);
        Files.write(data.resolve(file), rubbish, StandardOpenOption.WRITE);
      }
      // Connections that are open have their pages in memory; what opens another meets the damage: some of many that read and write at once.
      List<Callable<JsonNode>> crowd = new ArrayList<>(Collections.nCopies(30, () -> answered(station)));
      crowd.addAll(Collections.nCopies(30, () -> JSON.readTree(station.get("/api/inspections?limit=200").body())));
      Collections.shuffle(crowd, new Random(7));
      ExecutorService threads = Executors.newFixedThreadPool(12);
      long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!setAside(data) && System.nanoTime() < giveUp) {
        for (Future<JsonNode> one : threads.invokeAll(crowd)) {
          one.get();
        }
      }
      threads.shutdown();
      assertThat(setAside(data)).isTrue();
      assertThat(station.log()).contains("is damaged").contains("an empty one takes its place");
      List<String> after = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        after.add(0, judged(station).path("id").asText());
      }
      assertThat(JSON.readTree(station.get("/api/inspections?limit=20").body()).path("items").findValuesAsText("id")).isEqualTo(after);
      assertThat(station.get("/q/health/ready").statusCode()).isEqualTo(200);
    }
  }

  private static boolean setAside(Path data) {
    return Arrays.stream(data.toFile().list()).anyMatch(name -> name.startsWith("kerf.db.corrupt-"));
  }

  /** A page that is closed, a laptop that is shut: nothing that anybody at the station could mend. */
  @Test
  void listenersThatVanishLeaveNothingInTheLog() throws Exception {
    Path data = temp.resolve("data");
    publish(data);
    try (Station station = Station.start(data, NO_DEMO)) {
      byte[] request = "GET /api/events HTTP/1.1\r\nHost: station\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 40; i++) {
        List<Socket> listeners = new ArrayList<>();
        for (int j = 0; j < 4; j++) {
          Socket listener = new Socket("127.0.0.1", station.uri("/").getPort());
          listeners.add(listener);
          listener.getOutputStream().write(request);
          assertThat(listener.getInputStream().read()).isEqualTo('H');
        }
        Thread parts = new Thread(() -> {
          try {
            judged(station);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
        parts.start();
        for (Socket listener : listeners) {
          listener.setSoLinger(true, 0);
          listener.close();
        }
        parts.join();
      }
      assertThat(judged(station).path("id").asText()).isNotEmpty();
      assertThat(station.log()).doesNotContain("Exception");
    }
  }

  @Test
  void aStationWithADamagedDatabaseAndADamagedActiveFileServesTheModelThatWasInUse() throws Exception {
    Path data = temp.resolve("data");
    BundleStore store = publish(data);
    store.activate(DIGESTS.get(1), new Change("ann", "better"), Instant.now());
    Files.writeString(store.folder().resolve("active.json"), "{\"digest\" : \"" + DIGESTS.get(1).substring(0, 20));
    Files.write(data.resolve("kerf.db"), new byte[9000]);
    try (Station station = Station.start(data, NO_DEMO)) {
      assertThat(judged(station).path("bundle").asText()).isEqualTo(DIGESTS.get(1));
      assertThat(station.log()).contains("active.json is damaged").contains("kerf.db is damaged");
      Files.writeString(store.folder().resolve("active.json"), "rubbish");
      TimeUnit.MILLISECONDS.sleep(1500);
      assertThat(judged(station).path("bundle").asText()).as("what is in use stays in use").isEqualTo(DIGESTS.get(1));
      assertThat(activate(station, DIGESTS.get(0)).statusCode()).isEqualTo(200);
      assertThat(store.active().orElseThrow().previous()).hasValue(DIGESTS.get(1));
    }
  }
}
