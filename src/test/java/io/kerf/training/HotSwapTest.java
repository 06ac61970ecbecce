package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.model.ActiveModels;
import io.kerf.model.Activation;
import io.kerf.model.Assessment;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.EncoderSource;
import io.kerf.model.Generation;
import io.kerf.model.GoldenCheck;
import io.kerf.model.PartJudge;
import io.kerf.model.Swap;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.training.Normals.GoodPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two real bundles, swapped under frames that hold them. */
class HotSwapTest {
  private static final String RECIPE = "disc";
  private static final Change ANN = new Change("ann", "because");
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir
  private static Path shared;
  private static String first;
  private static String second;
  private static Picture part;

  @TempDir
  private Path folder;
  private final AtomicLong nanos = new AtomicLong(1);
  private final List<Changed> told = new ArrayList<>();
  private BundleStore store;
  private ActiveModels models;

  @BeforeAll
  static void learnTwo() throws Exception {
    List<GoodPart> parts = SyntheticParts.good(shared.resolve("good"), 40, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    BundleStore made = new BundleStore(shared.resolve("models"));
    first = learnt(made, parts, 3);
    second = learnt(made, parts, 4);
    Path odd = SyntheticParts.bad(shared.resolve("bad"), 1, 5).get(0);
    part = new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(odd), 64).picture();
  }

  private static String learnt(BundleStore made, List<GoodPart> parts, long seed) throws IOException {
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), seed, 1), 0.2, DjlEncoder.ONNX_RUNTIME);
    return LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(parts, 0.2, seed), RECIPE, made, shared.resolve("job" + seed)).digest();
  }

  @BeforeEach
  void station() throws Exception {
    for (String digest : List.of(first, second)) {
      Path copy = Files.createDirectories(folder.resolve(digest));
      try (Stream<Path> files = Files.list(shared.resolve("models").resolve(digest))) {
        for (Path file : (Iterable<Path>) files::iterator) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    store = new BundleStore(folder);
    models = new ActiveModels(recipe -> store, EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1), GoldenCheck.NONE, Duration.ofSeconds(30), CLOCK, nanos::get, changed -> {
      told.add(changed);
      throw new IllegalStateException("an observer that fails");
    });
  }

  @AfterEach
  void close() {
    models.close();
  }

  private String inUse() {
    return models.current(RECIPE).orElseThrow().bundle().digest();
  }

  @Test
  void aSwapIsCommittedWithWhoAndWhyAndCanBeTakenBack() throws Exception {
    assertThat(models.activate(RECIPE, first, ANN)).isEqualTo(new Swap.Done(first, Optional.empty()));
    assertThat(models.activate(RECIPE, second, new Change("bob", ""))).isEqualTo(new Swap.Done(second, Optional.of(first)));
    assertThat(models.activate(RECIPE, second, ANN)).isEqualTo(new Swap.Unchanged(second));
    assertThat(models.rollBack(RECIPE, ANN)).isEqualTo(new Swap.Done(first, Optional.of(second)));
    assertThat(inUse()).isEqualTo(first);
    assertThat(store.history()).containsExactly(new Activation(first, Optional.empty(), CLOCK.instant(), "ann", "because"),
        new Activation(second, Optional.of(first), CLOCK.instant(), "bob", ""), new Activation(first, Optional.of(second), CLOCK.instant(), "ann", "because"));
    assertThat(store.active()).hasValue(store.history().get(2));
    assertThat(told).as("once each, and the swap stands though the observer fails").containsExactly(changed("ann", Action.MODEL_ACTIVATED, first, "because"),
        changed("bob", Action.MODEL_ACTIVATED, second, ""), changed("ann", Action.MODEL_ROLLED_BACK, first, "because"));
  }

  private static Changed changed(String by, Action action, String digest, String detail) {
    return new Changed(CLOCK.instant(), by, action, RECIPE, digest, detail);
  }

  /** The trail of a station knows what was in use before it started. */
  @Test
  void whatWasInUseBeforeTheStartIsNoChange() throws Exception {
    store.activate(first, ANN, CLOCK.instant());
    models.open(RECIPE);
    models.refresh(RECIPE);
    assertThat(inUse()).isEqualTo(first);
    assertThat(told).isEmpty();
  }

  @Test
  void whatAnotherProcessActivatedIsTakenUp() throws Exception {
    models.refresh(RECIPE);
    assertThat(models.current(RECIPE)).isEmpty();
    store.activate(first, ANN, CLOCK.instant());
    models.refresh(RECIPE);
    assertThat(inUse()).isEqualTo(first);
    store.activate(second, ANN, CLOCK.instant());
    assertThat(store.rollBack(ANN, CLOCK.instant())).isEqualTo(first);
    models.refresh(RECIPE);
    assertThat(inUse()).isEqualTo(first);
    assertThat(store.history()).hasSize(3);
    store.activate(second, new Change("bob", "by command"), CLOCK.instant().plusSeconds(1));
    models.refresh(RECIPE);
    models.refresh(RECIPE);
    assertThat(told).containsExactly(changed("ann", Action.MODEL_ACTIVATED, first, "because"),
        new Changed(CLOCK.instant().plusSeconds(1), "bob", Action.MODEL_ACTIVATED, RECIPE, second, "by command"));
  }

  @Test
  void withoutABundleBeforeThereIsNoneToReturnTo() throws Exception {
    models.activate(RECIPE, first, ANN);
    assertThat(models.rollBack(RECIPE, ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.NO_PREVIOUS_BUNDLE));
    assertThatThrownBy(() -> store.rollBack(ANN, CLOCK.instant())).isInstanceOf(FaultException.class);
  }

  /** A recipe whose parts do not come now is guarded as one whose parts do. */
  @Test
  void goldenPartsAreShownToBothThoughTheModelInUseIsNotInMemory() {
    List<String> compared = new ArrayList<>();
    try (ActiveModels guarded = new ActiveModels(recipe -> store, EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1), (recipe, current, next) -> {
      compared.add(current.bundle().digest() + next.bundle().digest());
      return Optional.of("misses a part");
    }, Duration.ofSeconds(30), CLOCK, nanos::get, changed -> {})) {
      guarded.activate(RECIPE, first, ANN);
      guarded.unload(RECIPE);
      assertThat(guarded.loaded()).isEmpty();
      assertThat(guarded.activate(RECIPE, second, ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.GOLDEN_PART_MISSED));
      assertThat(compared).containsExactly(first + second);
      assertThat(guarded.known(RECIPE).orElseThrow().digest()).isEqualTo(first);
    }
  }

  /** The verdict on a swap is slower than a person may be. */
  @Test
  void onlyTheBundleThatWasFoundWantingIsSentBack() {
    models.activate(RECIPE, first, ANN);
    models.activate(RECIPE, second, ANN);
    assertThat(models.sendBack(RECIPE, first, ANN)).isEqualTo(new Swap.Unchanged(second));
    assertThat(inUse()).isEqualTo(second);
    assertThat(models.sendBack(RECIPE, second, ANN)).isEqualTo(new Swap.Done(first, Optional.of(second)));
    assertThat(told).extracting(Changed::action).containsExactly(Action.MODEL_ACTIVATED, Action.MODEL_ACTIVATED, Action.MODEL_SENT_BACK);
  }

  @Test
  void aHistoryThatCannotBeReadRefusesTheSwapBeforeAnythingHasChanged() throws Exception {
    models.activate(RECIPE, first, ANN);
    Files.delete(folder.resolve("history.jsonl"));
    Files.createDirectories(folder.resolve("history.jsonl"));
    assertThat(models.activate(RECIPE, second, ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.DATA_FOLDER_UNUSABLE));
    assertThat(store.active().map(Activation::digest)).hasValue(first);
    assertThat(inUse()).isEqualTo(first);
  }

  @Test
  void aDamagedBundleChangesNothing() throws Exception {
    models.activate(RECIPE, first, ANN);
    Path onnx = folder.resolve(second).resolve("encoder.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[1000] ^= 1;
    Files.write(onnx, bytes);
    assertThat(models.activate(RECIPE, second, ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.BUNDLE_CORRUPT));
    assertThat(inUse()).isEqualTo(first);
    assertThat(store.active().map(Activation::digest)).hasValue(first);
    assertThat(told).hasSize(1);
    assertThat(models.activate(RECIPE, "0".repeat(64), ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.BUNDLE_NOT_FOUND));
  }

  @Test
  void aFrameThatDoesNotLetGoBlocksTheNextSwapAndIsNamed() {
    models.activate(RECIPE, first, ANN);
    Generation.Lease stuck = models.lease(RECIPE).orElseThrow();
    models.activate(RECIPE, second, ANN);
    assertThat(models.overdue(RECIPE)).isEmpty();
    nanos.addAndGet(Duration.ofSeconds(31).toNanos());
    assertThat(models.overdue(RECIPE).orElseThrow().sentence()).startsWith("1 frame of recipe disc still holds bundle " + first.substring(0, 12) + " 31 s after");
    assertThat(models.activate(RECIPE, first, ANN)).isInstanceOfSatisfying(Swap.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.DRAIN_OVERDUE));
    assertThat(stuck.judge().assess(part, PartJudge.StageClock.NONE)).as("nothing was freed by force").isInstanceOf(Assessment.Judged.class);
    stuck.close();
    assertThat(models.overdue(RECIPE)).isEmpty();
    assertThat(models.activate(RECIPE, first, ANN)).isInstanceOf(Swap.Done.class);
  }

  /** The history is written after the commit; a station that dies between them still knows the activation. */
  @Test
  void anActivationWithoutItsLineInTheHistoryIsNotForgotten() throws Exception {
    store.activate(first, ANN, CLOCK.instant());
    Path history = folder.resolve("history.jsonl");
    byte[] before = Files.readAllBytes(history);
    store.activate(second, ANN, CLOCK.instant());
    Files.write(history, before);
    assertThat(store.history()).extracting(Activation::digest).containsExactly(first, second);
    store.activate(first, ANN, CLOCK.instant());
    assertThat(store.history()).extracting(Activation::digest).containsExactly(first, second, first);
    Files.writeString(history, "{damaged\nnull\n{}\n" + Files.readString(history));
    assertThat(store.history()).hasSize(3);
  }

  @Test
  void aDamagedActiveFileIsWrittenAnewFromTheHistory() throws Exception {
    store.activate(first, ANN, CLOCK.instant());
    store.activate(second, ANN, CLOCK.instant());
    for (String damaged : List.of("", "{\"digest\": \"", "null", "{}", "{\"digest\": \"../../etc\"}")) {
      Files.writeString(folder.resolve("active.json"), damaged);
      assertThat(store.active().map(Activation::digest)).as(damaged).hasValue(second);
      store.sweep();
      assertThat(Files.readString(folder.resolve("active.json"))).as(damaged).contains(second, first, "ann");
    }
    Files.delete(folder.resolve("history.jsonl"));
    Files.writeString(folder.resolve("active.json"), "");
    store.sweep();
    assertThat(store.active()).isEmpty();
  }

  @Test
  void everyFrameIsScoredByTheBundleItNamesWhileModelsAreSwapped() throws Exception {
    Map<String, Double> due = new HashMap<>();
    for (String digest : List.of(first, second)) {
      models.activate(RECIPE, digest, ANN);
      due.put(digest, score());
    }
    assertThat(due.get(first)).isNotEqualTo(due.get(second));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    List<Future<Integer>> frames = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      frames.add(threads.submit(() -> {
        int judged = 0;
        while (!done.get()) {
          try (Generation.Lease lease = models.lease(RECIPE).orElseThrow()) {
            Assessment.Judged verdict = (Assessment.Judged) lease.judge().assess(part, PartJudge.StageClock.NONE);
            assertThat(verdict.score()).isEqualTo(due.get(lease.bundle().digest()));
            judged++;
          }
        }
        return judged;
      }));
    }
    for (int swap = 0; swap < 20; swap++) {
      assertThat(models.activate(RECIPE, swap % 2 == 0 ? first : second, ANN)).isInstanceOf(Swap.Done.class);
    }
    done.set(true);
    for (Future<Integer> frame : frames) {
      assertThat(frame.get()).isPositive();
    }
    threads.shutdown();
  }

  private double score() {
    try (Generation.Lease lease = models.lease(RECIPE).orElseThrow()) {
      return ((Assessment.Judged) lease.judge().assess(part, PartJudge.StageClock.NONE)).score();
    }
  }
}
