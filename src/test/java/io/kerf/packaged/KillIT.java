package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.model.Activation;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.storage.DataFolder;
import io.kerf.training.SyntheticParts;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed, and what whoever starts afterwards finds: exactly the model before or the one after, verified; nothing half done;
 * every verdict that was answered; a history without a broken line.
 *
 * <p>Two ways to kill. At every step: the process has {@link MortalFiles} for its file system and ends right before its n-th change, n = 1, 2, …
 * until it comes to its end alive; the program knows nothing of it. At random: signal 9 while parts and swaps come. {@code -Dkerf.kills=100}
 * kills a hundred times at random, and the station at every step; without it a few of each.
 */
class KillIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KILLS = Integer.getInteger("kerf.kills", 2);
  private static final boolean ALL = KILLS >= 100;
  private static final int LONGEST_LIFE_MILLIS = 2000;
  private static final Map<String, String> NO_DEMO = Map.of("KERF_DEMO_ENABLED", "false");

  @TempDir
  private static Path shared;
  private static final List<String> DIGESTS = new ArrayList<>();

  @TempDir
  private Path data;

  @BeforeAll
  static void learnTwo() throws Exception {
    SyntheticParts.good(shared.resolve("good"), 40, 1);
    for (String seed : new String[] {"1", "2"}) {
      Ended trained = PackagedApplication.run(shared, "train", "good", "--size", "64", "--encoder-only", "random", "--alpha", "20%", "--seed", seed, "--out", seed);
      assertThat(trained.exit()).as(trained.err()).isZero();
      DIGESTS.add(Path.of(trained.out().strip()).getFileName().toString());
    }
  }

  /** Both bundles, or the first alone, which is in use. Their files are linked, as they never change. */
  private void publish(int bundles) throws IOException {
    BundleStore store = store();
    for (int i = 0; i < bundles; i++) {
      Path bundle = Files.createDirectories(store.folder().resolve(DIGESTS.get(i)));
      try (Stream<Path> files = Files.list(shared.resolve(Integer.toString(i + 1)).resolve(DIGESTS.get(i)))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.createLink(bundle.resolve(file.getFileName()), file);
        }
      }
    }
    store.activate(DIGESTS.get(0), new Change("ann", "the first"), Instant.now());
  }

  private BundleStore store() {
    return new BundleStore(new DataFolder(data).models("default"));
  }

  @Test
  void publishingAndActivatingCanDieBeforeEveryChange() throws Exception {
    Path root = data;
    List<String> died = new ArrayList<>();
    int step = 0;
    do {
      step++;
      data = root.resolve(Integer.toString(step));
      publish(1);
      died.add(runUntil(step));
      new DataFolder(data).open().close();
      store().sweep();
      assertSound(died.get(step - 1));
    } while (!died.get(step - 1).isEmpty());
    assertThat(died).hasSizeGreaterThan(15).anySatisfy(one -> assertThat(one).contains("make").endsWith("staging/job"))
        .anySatisfy(one -> assertThat(one).contains("move").endsWith("job/manifest.json"))
        .anySatisfy(one -> assertThat(one).contains("move").endsWith("models/" + DIGESTS.get(1)))
        .anySatisfy(one -> assertThat(one).contains("move").endsWith("active.json")).anySatisfy(one -> assertThat(one).contains("move").endsWith("history.jsonl"));
    assertThat(store().active().orElseThrow().digest()).isEqualTo(DIGESTS.get(1));
    System.out.println("Killed before each of " + (step - 1) + " changes of publishing and activating.");
  }

  /** @return what it was about to do when it died; empty where it lived */
  private String runUntil(int step) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC"));
    command.addAll(mortal(data.resolve("recipes") + File.pathSeparator + data.resolve("staging"), step));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), PublishAndActivate.class.getName(), data.toString(), shared.resolve("2").toString()));
    Path err = Files.createTempFile(shared, "err", ".txt");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(err.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Optional<String> last = Files.readString(err).lines().filter(line -> line.startsWith("died before: ")).findFirst();
    assertThat(process.exitValue()).as(Files.readString(err)).isEqualTo(last.isPresent() ? MortalFiles.KILLED : 0);
    return last.orElse("");
  }

  private static List<String> mortal(String under, int before) {
    return List.of("-Djava.nio.file.spi.DefaultFileSystemProvider=" + MortalFiles.class.getName(), "-D" + MortalFiles.UNDER + "=" + under,
        "-D" + MortalFiles.BEFORE + "=" + before);
  }

  /** What must be true of a data folder whenever a process has died and another has started. */
  private void assertSound(String died) throws IOException {
    BundleStore store = store();
    assertThat(data.resolve("staging")).as(died).isEmptyDirectory();
    assertThat(data.toFile().list()).as(died).noneMatch(name -> name.endsWith(".tmp"));
    for (String name : store.folder().toFile().list()) {
      assertThat(name).as(died).isIn(DIGESTS.get(0), DIGESTS.get(1), "active.json", "history.jsonl");
      if (DIGESTS.contains(name)) {
        assertThat(store.load(name).digest()).as(died).isEqualTo(name);
      }
    }
    Activation active = store.active().orElseThrow();
    assertThat(active.digest()).as(died).isIn(DIGESTS);
    assertThat(store.load(active.digest()).digest()).as(died).isEqualTo(active.digest());
    for (String line : Files.readAllLines(store.folder().resolve("history.jsonl"))) {
      assertThat(JSON.readTree(line).path("digest").asText()).as(died).isIn(DIGESTS);
    }
    List<Activation> history = store.history();
    assertThat(history.get(history.size() - 1)).as(died).isEqualTo(active);
    for (int i = 1; i < history.size(); i++) {
      assertThat(history.get(i).previous()).as(died).hasValue(history.get(i - 1).digest());
    }
  }

  /**
   * Before the rename of {@code active.json}, after it, and before that of the history; with {@code kerf.kills=100} before each change. Once with a whole
   * history, and once with a line missing because of an earlier death, which the swap makes up for first and so has four changes more.
   */
  @Test
  void theStationCanDieBeforeEveryChangeOfASwap() throws Exception {
    Path root = data;
    List<String> died = new ArrayList<>();
    Set<Boolean> committed = new HashSet<>();
    for (boolean lineMissing : new boolean[] {false, true}) {
      boolean alive = false;
      for (int step : ALL ? IntStream.rangeClosed(1, 99).toArray() : lineMissing ? new int[] {11} : new int[] {3, 4}) {
        data = root.resolve((lineMissing ? "lacking-" : "whole-") + step);
        publish(2);
        if (lineMissing) {
          loseALine();
        }
        Optional<String> change = swapUntil(step, committed);
        change.ifPresent(died::add);
        alive = change.isEmpty();
        if (alive) {
          break;
        }
      }
      assertThat(alive).as("every change was come to").isEqualTo(ALL);
    }
    System.out.println("The station was killed in a swap before " + died.size() + " changes:\n  " + String.join("\n  ", died));
    assertThat(committed).containsExactlyInAnyOrder(true, false);
    assertThat(died).hasSizeGreaterThanOrEqualTo(ALL ? 20 : 3).anySatisfy(one -> assertThat(one).contains("move").endsWith("active.json"))
        .anySatisfy(one -> assertThat(one).contains("move").endsWith("history.jsonl"));
  }

  /** As where a station dies between the commit and the line of a swap. */
  private void loseALine() throws IOException {
    Path history = store().folder().resolve("history.jsonl");
    byte[] before = Files.readAllBytes(history);
    store().activate(DIGESTS.get(1), new Change("ann", "better"), Instant.now());
    Files.write(history, before);
  }

  /** @param committed hears whether the swap counted. @return before what the station died; empty where it lived */
  private Optional<String> swapUntil(int step, Set<Boolean> committed) throws Exception {
    String before = store().active().orElseThrow().digest();
    String next = DIGESTS.get(1 - DIGESTS.indexOf(before));
    Map<String, String> mortal = new HashMap<>(NO_DEMO);
    mortal.put("JAVA_TOOL_OPTIONS", "-Xbootclasspath/a:" + mortalClasses() + " " + String.join(" ", mortal(store().folder().toString(), step)));
    List<JsonNode> answered = new ArrayList<>();
    Optional<String> died = Optional.empty();
    try (Station station = Station.start(data, mortal)) {
      answered.add(inspect(station));
      if (swap(station, next).isEmpty()) {
        assertThat(station.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(station.process().exitValue()).isEqualTo(MortalFiles.KILLED);
        died = station.log().lines().filter(line -> line.startsWith("died before: ")).findFirst();
        assertThat(died).isPresent();
      }
    }
    String inUse = store().active().orElseThrow().digest();
    assertThat(inUse).isIn(before, next);
    committed.add(inUse.equals(next));
    try (Station station = Station.start(data, NO_DEMO)) {
      assertSound(died.orElse("it lived"));
      assertServes(station, answered, List.of(inUse));
    }
    return died;
  }

  /** The packaged application takes no class path, so the JVM itself gets the class. */
  private static Path mortalClasses() throws Exception {
    Path own = Path.of(MortalFiles.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolve("io/kerf/packaged");
    Path copy = Files.createDirectories(shared.resolve("mortal/io/kerf/packaged"));
    try (Stream<Path> classes = Files.list(own)) {
      for (Path file : (Iterable<Path>) classes.filter(f -> f.getFileName().toString().startsWith("MortalFiles"))::iterator) {
        Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
      }
    }
    return shared.resolve("mortal");
  }

  private static JsonNode inspect(Station station) throws Exception {
    HttpResponse<String> answer = station.post("/api/inspections", "image/png", Files.readAllBytes(shared.resolve("good/000.png")));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return JSON.readTree(answer.body());
  }

  /** @return the answer; empty where the station died instead */
  private static Optional<JsonNode> swap(Station station, String digest) throws Exception {
    try {
      HttpResponse<String> answer = station.post("/api/models/" + digest + "/activate", "application/json", "{\"by\": \"ann\"}".getBytes());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return Optional.of(JSON.readTree(answer.body()));
    } catch (IOException died) {
      return Optional.empty();
    }
  }

  /** @param answered verdicts that a client got before the death. @param allowed the bundles of which one must be in use */
  private static void assertServes(Station station, Iterable<JsonNode> answered, List<String> allowed) throws Exception {
    String inUse = JSON.readTree(station.get("/api/models").body()).path("inUse").asText();
    assertThat(inUse).isIn(allowed);
    JsonNode judged = inspect(station);
    assertThat(judged.path("verdict").asText()).isIn("OK", "NG");
    assertThat(judged.path("bundle").asText()).isEqualTo(inUse);
    for (JsonNode verdict : answered) {
      JsonNode kept = JSON.readTree(station.get("/api/inspections/" + verdict.path("id").asText()).body());
      assertThat(kept.path("verdict")).isEqualTo(verdict.path("verdict"));
      assertThat(kept.path("score")).isEqualTo(verdict.path("score"));
      assertThat(kept.path("bundle")).isEqualTo(verdict.path("bundle"));
    }
  }

  @Test
  void theStationCanDieAtAnyMomentUnderPartsAndSwaps() throws Exception {
    publish(2);
    Random random = new Random(1);
    Queue<JsonNode> answered = new ConcurrentLinkedQueue<>();
    List<String> allowed = DIGESTS;
    int verdicts = 0;
    int swaps = 0;
    for (int kill = 0; kill <= KILLS; kill++) {
      try (Station station = Station.start(data, NO_DEMO)) {
        assertSound("kill " + kill);
        assertServes(station, answered, allowed);
        verdicts += answered.size();
        answered.clear();
        Swaps swapping = new Swaps(station, store().active().orElseThrow().digest());
        List<Thread> threads = List.of(new Thread(() -> judge(station, answered)), new Thread(() -> judge(station, answered)), new Thread(swapping));
        threads.forEach(Thread::start);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
        station.process().destroyForcibly().waitFor();
        for (Thread thread : threads) {
          thread.join();
        }
        allowed = List.of(swapping.answered, swapping.asked);
        swaps += swapping.count;
        assertThat(swapping.failure).isNull();
      }
    }
    System.out.printf("Killed %d times at random, seed 1: %d verdicts that were answered are on record, %d swaps were answered.%n", KILLS, verdicts, swaps);
    assertThat(verdicts).isPositive();
  }

  private static void judge(Station station, Queue<JsonNode> answered) {
    AtomicBoolean alive = new AtomicBoolean(true);
    while (alive.get()) {
      try {
        answered.add(inspect(station));
      } catch (Exception died) {
        alive.set(false);
      }
    }
  }

  /** Swaps to and fro until the station dies. */
  private static final class Swaps implements Runnable {
    private final Station station;
    private String answered;
    private String asked;
    private int count;
    private Throwable failure;

    Swaps(Station station, String inUse) {
      this.station = station;
      this.answered = inUse;
      this.asked = inUse;
    }

    @Override
    public void run() {
      try {
        while (true) {
          asked = DIGESTS.get(1 - DIGESTS.indexOf(answered));
          if (swap(station, asked).isEmpty()) {
            return;
          }
          answered = asked;
          count++;
        }
      } catch (Exception | AssertionError e) {
        failure = e;
      }
    }
  }
}
