package io.kerf.station.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.DjlEncoder;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.inspection.ModelSource.Lent;
import io.kerf.model.ActiveModels;
import io.kerf.model.Assessment;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.EncoderSource;
import io.kerf.model.Generation;
import io.kerf.model.GoldenCheck;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.storage.Changed;
import io.kerf.training.TwoModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real models of several recipes, of which few may be in memory. */
class ModelsAtHandTest {
  @TempDir
  private static Path shared;
  private static TwoModels two;

  @TempDir
  private Path folder;
  /** Encoders of a recipe's bundle are opened once its gate is open. */
  private final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
  private final List<Changed> told = Collections.synchronizedList(new ArrayList<>());
  private volatile String inUse = "a";
  private ActiveModels models;
  private ModelsAtHand atHand;

  @BeforeAll
  static void learn() throws Exception {
    two = TwoModels.learn(shared);
  }

  private BundleStore store(String recipe) {
    return new BundleStore(folder.resolve(recipe));
  }

  private void start(int loaded, Duration patience, int waiting, String... recipes) throws Exception {
    for (String recipe : recipes) {
      two.put(folder.resolve(recipe), recipe.equals("b") ? two.second() : two.first());
    }
    EncoderSource onnx = EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1);
    models = new ActiveModels(this::store, bundle -> {
      try {
        gates.getOrDefault(bundle.folder().getParent().getFileName().toString(), new CountDownLatch(0)).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return onnx.open(bundle);
    }, GoldenCheck.NONE, Duration.ofSeconds(30), Clock.systemUTC(), System::nanoTime, told::add);
    atHand = new ModelsAtHand(models, recipe -> store(recipe).hasActive(), () -> inUse, new ModelsAtHand.Limits(loaded, patience, waiting), System::nanoTime);
    for (String recipe : recipes) {
      models.see(recipe);
    }
  }

  @AfterEach
  void close() {
    gates.values().forEach(CountDownLatch::countDown);
    atHand.close();
    models.close();
  }

  private String bundle(String recipe) {
    Lent lent = atHand.lend(recipe);
    if (lent instanceof Lent.Model model) {
      try (Generation.Lease lease = model.lease()) {
        return lease.bundle().digest();
      }
    }
    return ((Lent.None) lent).code();
  }

  private static CompletableFuture<String> aside(Supplier<String> part) {
    return CompletableFuture.supplyAsync(part, task -> new Thread(task, "part").start());
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    for (int i = 0; i < 1500 && !done.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(done.getAsBoolean()).isTrue();
  }

  @Test
  void aModelIsLoadedForItsFirstPartAndTheOneNeededLongestAgoLeaves() throws Exception {
    start(2, Duration.ofMinutes(1), 4, "a", "b", "c");
    assertThat(bundle("a")).isEqualTo(two.first());
    assertThat(bundle("b")).isEqualTo(two.second());
    assertThat(models.loaded()).containsExactlyInAnyOrder("a", "b");
    assertThat(bundle("c")).isEqualTo(two.first());
    await(() -> models.loaded().size() == 2);
    assertThat(models.loaded()).as("a is in use").containsExactlyInAnyOrder("a", "c");
    assertThat(bundle("b")).isEqualTo(two.second());
    assertThat(told).as("loading is no change").isEmpty();
  }

  @Test
  void aFrameKeepsItsModelThoughThatLeavesMemory() throws Exception {
    start(1, Duration.ofMinutes(1), 4, "a", "b", "c");
    Generation.Lease held = ((Lent.Model) atHand.lend("b")).lease();
    assertThat(bundle("c")).isEqualTo(two.first());
    await(() -> !models.loaded().contains("b"));
    try (held) {
      Picture picture = new ImageDecoder(ImageLimits.DEFAULT).decode(two.part(), 64).picture();
      assertThat(held.judge().assess(picture, StageClock.NONE)).isInstanceOf(Assessment.Judged.class);
    }
  }

  @Test
  void partsOfARecipeThatIsBeingLoadedDoNotHoldUpOthersAndAreJudgedThen() throws Exception {
    start(2, Duration.ofMinutes(1), 4, "a", "b");
    assertThat(bundle("a")).isEqualTo(two.first());
    gates.put("b", new CountDownLatch(1));
    CompletableFuture<String> waits = aside(() -> bundle("b"));
    for (int i = 0; i < 100; i++) {
      assertThat(bundle("a")).isEqualTo(two.first());
    }
    assertThat(waits).isNotDone();
    gates.get("b").countDown();
    assertThat(waits.get(1, TimeUnit.MINUTES)).isEqualTo(two.second());
  }

  @Test
  void aPartWhoseModelIsNotLoadedInTimeIsUnjudgedAndTheNextDoesNotWaitAgain() throws Exception {
    start(2, Duration.ofMillis(50), 4, "b");
    gates.put("b", new CountDownLatch(1));
    assertThat(bundle("b")).isEqualTo(ModelsAtHand.LOADING);
    assertThat(atHand.ready("b")).as("the load has had its time").isFalse();
    gates.get("b").countDown();
    await(() -> models.current("b").isPresent());
    assertThat(bundle("b")).isEqualTo(two.second());
  }

  @Test
  void noMorePartsWaitThanMay() throws Exception {
    start(2, Duration.ofMinutes(1), 1, "b");
    gates.put("b", new CountDownLatch(1));
    CompletableFuture<String> waits = aside(() -> bundle("b"));
    CompletableFuture<String> refused = aside(() -> bundle("b"));
    Object first = CompletableFuture.anyOf(waits, refused).get(1, TimeUnit.MINUTES);
    assertThat(first).as("the one that found no place").isEqualTo(ModelsAtHand.LOADING);
    gates.get("b").countDown();
    assertThat(List.of(waits.get(1, TimeUnit.MINUTES), refused.get(1, TimeUnit.MINUTES))).containsExactlyInAnyOrder(ModelsAtHand.LOADING, two.second());
  }

  @Test
  void aRecipeWithoutAModelIsToldAtOnceAndADamagedOneByItsCode() throws Exception {
    start(2, Duration.ofMinutes(1), 4, "b");
    assertThat(bundle("none")).isEqualTo("no-model");
    assertThat(atHand.prepare("none")).hasValueSatisfying(why -> assertThat(why).contains("has no model"));
    damage(two.second());
    assertThat(bundle("b")).isEqualTo("bundle-corrupt");
    assertThat(bundle("b")).isEqualTo("bundle-corrupt");
    assertThat(atHand.prepare("b")).hasValueSatisfying(why -> assertThat(why).contains("[bundle-corrupt]"));
    two.lay(folder.resolve("b"), two.first());
    models.activate("b", two.first(), new Change("ann", ""));
    assertThat(bundle("b")).isEqualTo(two.first());
    assertThat(atHand.prepare("b")).isEqualTo(Optional.empty());
  }

  private void damage(String digest) throws Exception {
    Path onnx = folder.resolve("b").resolve(digest).resolve("encoder.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[100] ^= 1;
    Files.write(onnx, bytes);
  }

  @Test
  void whereTheModelIsDamagedTheOneBeforeJudges() throws Exception {
    start(1, Duration.ofMinutes(1), 4, "c");
    two.put(folder.resolve("b"), two.first());
    two.put(folder.resolve("b"), two.second());
    damage(two.second());
    assertThat(bundle("b")).isEqualTo(two.first());
    assertThat(bundle("c")).isEqualTo(two.first());
    await(() -> !models.loaded().contains("b"));
    assertThat(bundle("b")).as("loaded again, likewise").isEqualTo(two.first());
    assertThat(models.refusal("b").orElseThrow().detail()).contains(two.second());
    damage(two.first());
    models.unload("b");
    assertThat(bundle("b")).isEqualTo("bundle-corrupt");
  }

  @Test
  void modelsAreLoadedAheadWhileThereIsRoom() throws Exception {
    start(2, Duration.ofMinutes(1), 4, "a", "b", "c");
    atHand.ahead(List.of("a", "b", "c"));
    await(() -> models.loaded().equals(Set.of("a", "b")));
    atHand.ahead(List.of("a", "b", "c"));
    CompletableFuture<Void> through = new CompletableFuture<>();
    atHand.afterwards(() -> through.complete(null));
    through.get(1, TimeUnit.MINUTES);
    assertThat(models.loaded()).containsExactlyInAnyOrder("a", "b");
  }

  /** What was activated by a command while the recipe's model was not in memory is on record once it is. */
  @Test
  void anActivationByAnotherProcessIsToldWhenItsModelIsLoaded() throws Exception {
    start(2, Duration.ofMinutes(1), 4, "a");
    assertThat(bundle("a")).isEqualTo(two.first());
    inUse = "b";
    models.unload("a");
    two.put(folder.resolve("a"), two.second());
    assertThat(models.known("a").orElseThrow().digest()).isEqualTo(two.second());
    assertThat(bundle("a")).isEqualTo(two.second());
    assertThat(told).singleElement().satisfies(changed -> assertThat(changed.subject()).isEqualTo(two.second()));
  }
}
