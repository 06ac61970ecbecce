package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.DjlEncoder;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.BundleStore;
import io.kerf.training.Normals.GoodPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoLearningTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "dense  | 256 | 320  | 320 | natural, locate, crops of 96 px at 256 px; 3-way, classify, whole images at 128 px",
      "dense  | 256 | 1920 | 1080 | natural, locate, crops of 96 px at 256 px; 3-way, classify, whole images at 128 px; natural, locate, crops of 96 px at 384 px",
      "pooled | 128 | 160  | 160 | 3-way, classify, whole images at 128 px; natural, locate, crops of 96 px at 256 px",
      "joint  | 192 | 100  | 100 | natural, both, crops of 96 px at 192 px; 3-way, classify, whole images at 96 px"})
  void whatWasAskedForIsTriedFirst(String lesson, int sizePx, int widthPx, int heightPx, String expected) {
    Lesson asked = switch (lesson) {
      case "pooled" -> Lesson.pooled();
      case "joint" -> Lesson.joint();
      default -> Lesson.dense();
    };
    TrainingOrder order = TrainingOrder.of(asked, Preprocessing.ofSize(sizePx), new Length.Budget(300), 1, 1);
    List<AutoLearning.Candidate> candidates = AutoLearning.candidates(order, new Picture(widthPx, heightPx, new float[3 * widthPx * heightPx]));
    assertThat(candidates).extracting(AutoLearning.Candidate::words).containsExactly(expected.split("; "));
    assertThat(candidates.get(0).lesson()).isEqualTo(asked);
  }

  /** Three steps are no training: batch normalisation has hardly settled, and such a model may well see less than one that learnt nothing. */
  @Test
  void whatIsShippedSeesNoLessThanWhatHasLearntNothing() throws Exception {
    List<GoodPart> parts = SyntheticParts.good(folder.resolve("good"), 40, 1).stream().map(f -> new GoodPart(f, Optional.empty())).toList();
    Normals normals = Normals.split(parts, 0.2, 3);
    TrainingOrder order = TrainingOrder.of(Lesson.dense(), Preprocessing.ofSize(64), new Length.Steps(3), 3, 1);
    LearningSettings asked = LearningSettings.of(order, 0.2, DjlEncoder.ONNX_RUNTIME);
    BundleStore store = new BundleStore(folder.resolve("models"));
    double floor = LearningJob.of(asked.withOrder(order.untrained()), Clock.systemUTC(), event -> {}).learn(normals, "disc", new BundleStore(folder.resolve("floor")), folder.resolve("job"))
        .report().fusedEvidence();
    LearningJob.Learnt learnt = LearningJob.of(asked.withAuto(true), Clock.systemUTC(), event -> {}).learn(normals, "disc", store, folder.resolve("auto"));
    assertThat(learnt.report().fusedEvidence()).isGreaterThanOrEqualTo(floor);
    assertThat(learnt.report().reasons().get(0)).contains("the time is too short to try anything else");
    assertThat(store.list()).hasSize(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(f -> f.getFileName().toString())).noneMatch(name -> name.contains("trial"));
    }
  }
}
