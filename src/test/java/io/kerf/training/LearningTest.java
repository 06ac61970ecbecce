package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.density.TailPolicy;
import io.kerf.density.ScoreKind;
import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge;
import io.kerf.training.Normals.GoodPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures of good parts to a bundle that tells good from bad, with every real piece. */
class LearningTest {
  @TempDir
  private static Path folder;
  private static BundleStore store;
  private static String digest;

  @BeforeAll
  static void learn() throws Exception {
    store = new BundleStore(folder.resolve("models"));
    digest = LearningJob.of(settings(0.1), Clock.systemUTC(), event -> {})
        .learn(normals(0.1), "disc", store, folder.resolve("job")).digest();
  }

  private static LearningSettings settings(double alpha) {
    return LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), 3, 1), alpha, DjlEncoder.ONNX_RUNTIME);
  }

  private static Normals normals(double alpha) {
    List<GoodPart> parts = SyntheticParts.good(folder.resolve("good"), 80, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    return Normals.split(parts, alpha, 3);
  }

  @Test
  void theSplitHoldsOutAQuarterAndNothingTwice() {
    Normals normals = normals(0.1);
    assertThat(normals.heldOut().stream().map(View::image)).hasSize(20).doesNotContainAnyElementsOf(normals.fit());
    assertThat(normals.fit()).hasSize(60);
  }

  @Test
  void theBundleTellsGoodPartsFromBadOnes() throws Exception {
    Generation generation = Generation.open(store.load(digest), DjlEncoder.ONNX_RUNTIME, 1);
    try {
      long rejectedGood = SyntheticParts.good(folder.resolve("fresh"), 40, 99).stream().filter(f -> rejected(generation, f)).count();
      long rejectedBad = SyntheticParts.bad(folder.resolve("bad"), 20, 5).stream().filter(f -> rejected(generation, f)).count();
      // With 20 held out and a budget of 10 %, more than 14 of 40 fresh good parts come with a probability below 1 in 1,000.
      assertThat(rejectedGood).isLessThanOrEqualTo(14);
      assertThat(rejectedBad).isEqualTo(20);
    } finally {
      generation.retire();
    }
  }

  private static boolean rejected(Generation generation, Path file) {
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Picture picture = new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(file), 64).picture();
      return lease.judge().assess(picture, PartJudge.StageClock.NONE) instanceof Assessment.Judged judged && judged.rejected();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theManifestTellsWhereItCameFrom() throws Exception {
    Bundle bundle = store.load(digest);
    assertThat(bundle.manifest().provenance().encoder()).isEqualTo("random");
    assertThat(bundle.manifest().provenance().normals()).isEqualTo(60);
    assertThat(bundle.manifest().provenance().heldOut()).isEqualTo(20);
    assertThat(bundle.manifest().recipe()).isEqualTo("disc");
    assertThat(bundle.manifest().outputs()).containsExactly("embedding", "features", "statistics", "local");
    assertThat(Files.exists(folder.resolve("job"))).isFalse();
  }

  @Test
  void aDenseLessonGivesABundleThatSaysWhereAPartIsOdd() throws Exception {
    TrainingOrder order = TrainingOrder.of(Lesson.dense(), Preprocessing.ofSize(64), new Length.Steps(3), 3, 1);
    Learning.Learnt learnt = LearningJob.of(LearningSettings.of(order, 0.1, DjlEncoder.ONNX_RUNTIME), Clock.systemUTC(), event -> {})
        .learn(normals(0.1), "disc", store, folder.resolve("dense"));
    Bundle bundle = store.load(learnt.digest());
    assertThat(bundle.manifest().outputs()).containsExactly("statistics", "local", "dense");
    assertThat(bundle.manifest().provenance().encoder()).isEqualTo("CutPaste natural, 3 steps");
    assertThat(bundle.manifest().provenance().reasons()).isEqualTo(learnt.report().reasons()).satisfiesExactly(
        places -> assertThat(places).startsWith("Places are compared "), scores -> assertThat(scores).startsWith("Scores by 2 × thumbnail + "),
        areas -> assertThat(areas).startsWith("Area under the ROC curve on unseen synthetic defects: "),
        straggler -> assertThat(straggler).contains(".png stands far from all other held-out parts"));
    assertThat(bundle.rules().each()).containsOnlyKeys(ScoreKind.STATISTICS, ScoreKind.THUMBNAIL, ScoreKind.LOCAL, ScoreKind.DENSE_TOP,
        ScoreKind.DENSE_MEAN, ScoreKind.DENSE_MAX);
    assertThat(learnt.report().heldOutScores().get(ScoreKind.DENSE_TOP)).hasSize(20);
    Generation generation = Generation.open(bundle, DjlEncoder.ONNX_RUNTIME, 1);
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Picture picture = new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(folder.resolve("good/000.png")), 64).picture();
      assertThat(lease.judge().assess(picture, PartJudge.StageClock.NONE)).isInstanceOfSatisfying(Assessment.Judged.class, judged -> {
        assertThat(judged.scores().keySet()).isEqualTo(bundle.rules().each().keySet());
        assertThat(judged.heat()).hasSize(64 * 64);
      });
    } finally {
      generation.retire();
    }
  }

  @Test
  void oneFlippedBitInAnyFileIsRefusedByName() throws Exception {
    for (String name : List.of("encoder.onnx", "encoder.safetensors", "density.safetensors", "calibration.json", "report.json", "manifest.json")) {
      Path file = store.folder().resolve(digest).resolve(name);
      byte[] whole = Files.readAllBytes(file);
      byte[] flipped = whole.clone();
      flipped[flipped.length / 2] ^= 4;
      Files.write(file, flipped);
      try {
        assertThatThrownBy(() -> store.load(digest)).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUNDLE_CORRUPT))
            .hasMessageContaining(name).hasMessageContaining(digest);
        assertThatThrownBy(() -> store.activate(digest, new Change("test", ""), Instant.EPOCH)).isInstanceOf(FaultException.class);
      } finally {
        Files.write(file, whole);
      }
    }
    assertThat(store.load(digest).digest()).isEqualTo(digest);
  }

  @Test
  void anActiveBundleThatWasDamagedGivesWayToThePreviousOne() throws Exception {
    Path models = folder.resolve("two");
    BundleStore two = new BundleStore(models);
    copy(store.folder().resolve(digest), models.resolve(digest));
    String damaged = LearningJob.of(settings(0.1), Clock.systemUTC(), event -> {}).learn(normals(0.1), "disc", two, folder.resolve("job2")).digest();
    two.activate(digest, new Change("test", ""), Instant.EPOCH);
    two.activate(damaged, new Change("test", ""), Instant.EPOCH);
    Path onnx = models.resolve(damaged).resolve("encoder.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[1000] ^= 1;
    Files.write(onnx, bytes);
    try (io.kerf.model.ActiveModels active = new io.kerf.model.ActiveModels(recipe -> two, DjlEncoder.ONNX_RUNTIME, 1)) {
      active.refresh("disc");
      assertThat(active.current("disc")).hasValueSatisfying(generation -> assertThat(generation.bundle().digest()).isEqualTo(digest));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aBudgetTighterThanTheHeldOutPartsShowIsRefusedBeforeTraining() {
    assertThatThrownBy(() -> LearningJob.of(settings(0.01), Clock.systemUTC(), event -> {}).learn(normals(0.01), "disc", store, folder.resolve("tight")))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUDGET_TOO_TIGHT));
    assertThat(Files.exists(folder.resolve("tight"))).isFalse();
  }

  @Test
  void noGoodPartIsTooFew() {
    assertThatThrownBy(() -> Normals.split(List.of(), 0.05, 1))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TOO_FEW_NORMALS));
  }

  @Test
  void oneGoodPartMakesAModelThatPromisesNothingOfOthers() throws Exception {
    List<GoodPart> one = SyntheticParts.good(folder.resolve("one"), 1, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    Normals normals = Normals.split(one, 0.05, 1);
    assertThat(normals.viewsOnly()).isTrue();
    assertThatThrownBy(() -> LearningJob.of(settings(0.05), Clock.systemUTC(), event -> {}).learn(normals, "disc", store, folder.resolve("refused")))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUDGET_TOO_TIGHT));
    LearningJob.Learnt learnt = LearningJob.of(settings(0.05).withTail(TailPolicy.LOOSEN), Clock.systemUTC(), event -> {}).learn(normals, "disc", store, folder.resolve("few"));
    assertThat(learnt.report().reasons()).anyMatch(reason -> reason.contains("nothing can be promised"));
    Generation generation = Generation.open(store.load(learnt.digest()), DjlEncoder.ONNX_RUNTIME, 1);
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Picture same = Normals.read(one.get(0).image(), lease.bundle().manifest().preprocessing());
      assertThat(((Assessment.Judged) lease.judge().assess(same, PartJudge.StageClock.NONE)).rejected()).isFalse();
    } finally {
      generation.retire();
    }
  }

  @Test
  void fewGoodPartsLoosenTheBudgetToWhatTheyShow() throws Exception {
    List<GoodPart> five = SyntheticParts.good(folder.resolve("five"), 5, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    Normals normals = Normals.split(five, 0.05, 1);
    LearningJob.Learnt learnt = LearningJob.of(settings(0.05).withTail(TailPolicy.LOOSEN), Clock.systemUTC(), event -> {})
        .learn(normals, "disc", store, folder.resolve("job5"));
    assertThat(normals.partsHeldOut()).isEqualTo(2);
    assertThat(store.load(learnt.digest()).rules().calibration().falseRejectBudget()).isEqualTo(1 / 3.0);
    assertThat(learnt.report().reasons()).anyMatch(reason -> reason.contains("33.3 %"));
  }
}
