package io.kerf.training.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.NamedWeights;
import io.kerf.imaging.Preprocessing;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import io.kerf.training.Length;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which weights a step moves. */
class PretextTrainingTest {
  private static final int SIZE = 32;

  @TempDir
  private Path folder;

  private static byte[][] images() {
    byte[][] images = new byte[4][3 * SIZE * SIZE];
    Random random = new Random(2);
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return images;
  }

  private static TrainingOrder order(Lesson lesson, Optional<Path> startFrom) {
    Lesson small = new Lesson(lesson.task(), lesson.objective(), OptionalInt.empty(), List.of(16), 2, lesson.optimiser(), lesson.learningRate(),
        lesson.weightDecay(), 0, lesson.augmentation());
    return new TrainingOrder(List.of(), Preprocessing.ofSize(SIZE), small, new Length.Steps(2), 1, 1, startFrom.map(file -> new TrainingOrder.Start(file.toString(), false)),
        TrainingOrder.DEFAULT_MEMORY_BYTES, 1e9);
  }

  /** The weights before any step, after the first of two and at the end. */
  private List<Map<String, Tensor>> weights(TrainingOrder order) throws Exception {
    List<Map<String, Tensor>> weights = new ArrayList<>();
    try (PretextTraining training = new PretextTraining(order, NormalImages.of(images()), folder)) {
      weights.add(NamedWeights.copyOut(training.encoder().namedParameters()));
      training.run(new StopSignal(), new MemoryWatch(Long.MAX_VALUE), event -> {
        if (event instanceof WorkerEvent.Progress progress && progress.step() == 1) {
          weights.add(NamedWeights.copyOut(training.encoder().namedParameters()));
        }
      });
      weights.add(NamedWeights.copyOut(training.encoder().namedParameters()));
    }
    assertThat(weights).hasSize(3);
    return weights;
  }

  private static List<String> changed(Map<String, Tensor> before, Map<String, Tensor> after) {
    return before.keySet().stream().filter(name -> !Arrays.equals(before.get(name).values(), after.get(name).values())).toList();
  }

  private static List<Arguments> lessons() {
    return List.of(Arguments.of(Lesson.dense(), "dense.out.weight", "layer3.1.conv2.weight"),
        Arguments.of(Lesson.joint(), "dense.out.weight", "layer4.1.conv2.weight"), Arguments.of(Lesson.pooled(), "", "layer4.1.conv2.weight"));
  }

  /** The first of two steps is within the share of the time that is the heads' alone. */
  @ParameterizedTest
  @MethodSource("lessons")
  void weightsFromElsewhereAreLeftToTheHeadsFirstAndTheirStatisticsForGood(Lesson lesson, String head, String late) throws Exception {
    RandomEncoder.write(folder, EnumSet.of(EncoderOutput.EMBEDDING), 9);
    Path start = folder.resolve("encoder.safetensors");
    List<Map<String, Tensor>> weights = weights(order(lesson, Optional.of(start)));
    Map<String, Tensor> given = Safetensors.read(start);

    List<String> first = changed(weights.get(0), weights.get(1));
    assertThat(first).allMatch(name -> name.startsWith("dense."));
    if (!head.isEmpty()) {
      assertThat(first).contains(head, "dense.norm.running_mean");
    }
    assertThat(weights.get(1).keySet()).filteredOn(name -> !name.startsWith("dense.") && !name.startsWith("local.")).hasSize(100)
        .allSatisfy(name -> assertThat(weights.get(1).get(name).values()).as(name).isEqualTo(given.get(name).values()));

    List<String> second = changed(weights.get(1), weights.get(2));
    assertThat(second).contains("conv1.weight", "layer1.0.bn1.weight", late)
        .noneMatch(name -> name.contains("running_") && !name.startsWith("dense.")).noneMatch(name -> name.startsWith("local."));
  }

  @Test
  void withoutThemEverythingIsLearntFromTheFirstStepButTheProjection() throws Exception {
    List<Map<String, Tensor>> weights = weights(order(Lesson.dense(), Optional.empty()));
    assertThat(changed(weights.get(0), weights.get(1))).contains("conv1.weight", "bn1.running_mean", "layer3.1.conv2.weight", "dense.out.bias")
        .noneMatch(name -> name.startsWith("local."));
    assertThat(changed(weights.get(1), weights.get(2))).contains("conv1.weight").noneMatch(name -> name.startsWith("local."));
  }

  @Test
  void theLastStageIsOfNoUseToTheDenseHeadAndItsStatisticsStay() throws Exception {
    List<Map<String, Tensor>> weights = weights(order(Lesson.dense(), Optional.empty()));
    assertThat(changed(weights.get(0), weights.get(2))).noneMatch(name -> name.startsWith("layer4.") && name.contains("running_"));
  }
}
