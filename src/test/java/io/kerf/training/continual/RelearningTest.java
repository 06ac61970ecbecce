package io.kerf.training.continual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Manifest;
import io.kerf.model.Truth;
import io.kerf.storage.Sha256;
import io.kerf.training.Learning;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import io.kerf.training.continual.GateReport.Rule;
import io.kerf.training.normals.GoldenSet;
import io.kerf.training.normals.Normal;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a pool of normals to judged candidates, with a real encoder that has learnt a little. */
class RelearningTest {
  private static final String RECIPE = "disc";
  private static final Instant THEN = Instant.parse("2026-03-01T08:00:00Z");

  @TempDir
  private static Path shared;
  private static RecipeImages images;
  private static Bundle active;

  @TempDir
  private Path folder;
  private NormalPool normals;
  private GoldenSet golden;
  private BundleStore store;
  private final List<String> stages = new ArrayList<>();

  @BeforeAll
  static void learnFirst() throws Exception {
    images = new RecipeImages(recipe -> shared.resolve(recipe), new ImageDecoder(ImageLimits.DEFAULT));
    List<GoodPart> parts = SyntheticParts.good(shared.resolve("good"), 48, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Steps(12), 3, 1), 0.1, DjlEncoder.ONNX_RUNTIME);
    BundleStore first = new BundleStore(shared.resolve("models"));
    active = first.load(LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(parts, 0.1, 3), RECIPE, first, shared.resolve("job")).digest());
  }

  @BeforeEach
  void station() throws Exception {
    normals = NormalPool.open(folder.resolve("normals"));
    golden = GoldenSet.open(folder.resolve("golden"));
    store = new BundleStore(folder.resolve("models"));
    try (var files = Files.list(shared.resolve("good"))) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        put(normals, "a" + stem(file), file, Standing.ORIGINAL, THEN);
      }
    }
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".png", "");
  }

  private static void put(NormalPool pool, String id, Path file, Standing standing, Instant at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    pool.add(id, standing, bytes, "png", new Origin(Optional.empty(), Optional.empty(), OptionalDouble.of(0.5), at, "test"), images.thumbnail(bytes));
  }

  /** Good ones, and bad ones that slipped in. */
  private void collect(int good, int bad) throws IOException {
    List<Path> fine = SyntheticParts.good(folder.resolve("more"), good, 77);
    for (int i = 0; i < fine.size(); i++) {
      put(normals, "b" + stem(fine.get(i)), fine.get(i), Standing.PRESUMED, THEN.plusSeconds(3600 * (i + 1)));
    }
    for (Path file : SyntheticParts.bad(folder.resolve("bad"), bad, 78)) {
      put(normals, "c" + stem(file), file, Standing.PRESUMED, THEN.plusSeconds(60));
    }
  }

  private Relearning relearning() {
    return new Relearning(normals, golden, store, Clock.systemUTC(), event -> {
      if (event instanceof WorkerEvent.Stage stage) {
        stages.add(stage.name());
      }
    });
  }

  private Relearning.Order order(Speed speed) {
    return new Relearning.Order(RECIPE, speed, new Length.Steps(4), 1, TrainingOrder.DEFAULT_MEMORY_BYTES, folder.resolve("attempt"));
  }

  @Test
  void aRefitKeepsTheEncoderAndEveryOldPartOnItsSide() throws Exception {
    collect(24, 2);
    for (Path file : SyntheticParts.bad(folder.resolve("golden-bad"), 3, 79)) {
      golden.add("g" + stem(file), Truth.BAD, Files.readAllBytes(file), "png", new Origin(Optional.empty(), Optional.empty(), OptionalDouble.empty(), THEN, "ann"));
    }
    Relearning.Judged judged = relearning().learn(active, order(Speed.REFIT));
    assertThat(judged.gate().checks()).hasSize(6).allMatch(GateReport.Check::passed);
    assertThat(stages).containsExactly("review", "split", "fit", "floor", "gate");
    Bundle candidate = store.load(judged.digest());
    assertThat(candidate.manifest().provenance().parent()).hasValue(active.digest());
    assertThat(Sha256.of(candidate.folder().resolve(Manifest.ENCODER_ONNX))).isEqualTo(Sha256.of(active.folder().resolve(Manifest.ENCODER_ONNX)));
    Learning.Report before = Learning.Report.of(active).orElseThrow();
    Learning.Report after = Learning.Report.of(candidate).orElseThrow();
    assertThat(after.parts().fit()).containsAll(before.parts().fit());
    assertThat(after.parts().heldOut()).as("what the station picked itself does not calibrate").isEqualTo(before.parts().heldOut());
    assertThat(after.parts().fit()).as("new parts on both sides").hasSizeGreaterThan(before.parts().fit().size());
    assertThat(after.parts().keptBack()).isNotEmpty();
    assertThat(normals.byId("c000")).map(Normal::standing).hasValue(Standing.DOUBTFUL);
    assertThat(normals.byId("c001")).map(Normal::standing).hasValue(Standing.DOUBTFUL);
    Set<String> all = new HashSet<>(after.parts().fit());
    all.addAll(after.parts().heldOut());
    all.addAll(after.parts().keptBack());
    assertThat(all).doesNotContain(Sha256.of(folder.resolve("bad/000.png")), Sha256.of(folder.resolve("bad/001.png"))).hasSize(48 + 26 - judged.doubtful());
  }

  @Test
  void anAttemptThatIsBegunAgainGoesOnWithThePartsItPlanned() throws Exception {
    collect(8, 0);
    Relearning cancelled = relearning();
    cancelled.cancel();
    assertThatThrownBy(() -> cancelled.learn(active, order(Speed.REFIT))).isInstanceOfSatisfying(FaultException.class,
        e -> assertThat(e.fault()).isEqualTo(Fault.TRAINING_STOPPED));
    Relearning.Judged judged = relearning().learn(active, order(Speed.REFIT));
    put(normals, "z1", SyntheticParts.good(folder.resolve("late"), 1, 5).get(0), Standing.CONFIRMED, THEN);
    Files.delete(folder.resolve("normals/b000.json"));
    Files.delete(folder.resolve("normals/b000.png"));
    Relearning.Judged again = relearning().learn(active, order(Speed.REFIT));
    assertThat(again.learntFrom() + again.heldOut()).isEqualTo(judged.learntFrom() + judged.heldOut());
  }

  @Test
  void fineTuningGoesOnWithTheEncoder() throws Exception {
    collect(8, 0);
    Relearning.Judged judged = relearning().learn(active, order(Speed.FINE_TUNE));
    assertThat(judged.gate().checks()).extracting(GateReport.Check::rule).containsExactly(Rule.values());
    assertThat(stages).containsExactly("review", "split", "load", "train", "export", "fit", "floor", "gate");
    if (judged.gate().passed()) {
      assertThat(store.load(judged.digest()).manifest().provenance().encoder()).isEqualTo("CutPaste 3-way, 4 steps after those of " + active.shortDigest());
    } else {
      assertThat(store.list()).as("what did not pass is gone").isEmpty();
    }
  }

  @Test
  void withoutThePartsItWasLearntFromAModelCannotLearnOn() throws Exception {
    NormalPool others = NormalPool.open(folder.resolve("others"));
    for (Path file : SyntheticParts.good(folder.resolve("strange"), 8, 9)) {
      put(others, "s" + stem(file), file, Standing.CONFIRMED, THEN);
    }
    Relearning relearning = new Relearning(others, golden, store, Clock.systemUTC(), event -> {});
    assertThatThrownBy(() -> relearning.learn(active, order(Speed.REFIT))).isInstanceOfSatisfying(FaultException.class,
        e -> assertThat(e.fault()).isEqualTo(Fault.TOO_FEW_NORMALS)).hasMessageContaining("None of the 8 normals");
  }
}
