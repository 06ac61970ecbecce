package io.kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts the real training process, with PyTorch, on small pictures. */
class TrainingProcessTest {
  @TempDir
  private static Path shared;
  private static List<String> images;

  @TempDir
  private Path folder;

  @BeforeAll
  static void draw() {
    images = SyntheticParts.good(shared, 12, 1).stream().map(Path::toString).toList();
  }

  private static TrainingOrder order(Length length) {
    return new TrainingOrder(images, Preprocessing.ofSize(32), lesson(), length, 7, 1, Optional.empty(), TrainingOrder.DEFAULT_MEMORY_BYTES, 0.01);
  }

  /** CutPaste as published, in small steps. */
  private static Lesson lesson() {
    Lesson pooled = Lesson.pooled();
    return new Lesson(pooled.task(), pooled.objective(), pooled.cropPx(), pooled.headWidths(), 4, pooled.optimiser(), pooled.learningRate(),
        pooled.weightDecay(), 5, pooled.augmentation());
  }

  private WorkerEvent.Finished run(Path job, TrainingOrder order, List<WorkerEvent> events) throws Exception {
    return TrainingProcess.start(job, order, events::add).await();
  }

  @Test
  void trainsExportsAndTellsHowItGoes() throws Exception {
    List<WorkerEvent> events = new ArrayList<>();
    WorkerEvent.Finished finished = run(folder, order(new Length.Steps(8)), events);
    assertThat(finished.steps()).isEqualTo(8);
    assertThat(finished.onnxRelativeError()).isBetween(0.0, 1e-4);
    assertThat(finished.stoppedEarly()).isFalse();
    assertThat(events).hasAtLeastOneElementOfType(WorkerEvent.Started.class).hasAtLeastOneElementOfType(WorkerEvent.Progress.class);
    assertThat(folder).isDirectoryContaining("glob:**/encoder.onnx").isDirectoryContaining("glob:**/encoder.safetensors");
    assertThat(Files.exists(folder.resolve("checkpoint.safetensors"))).isFalse();
  }

  @Test
  void theSameSeedAndStepsGiveTheSameWeights() throws Exception {
    run(folder.resolve("a"), order(new Length.Steps(3)), new ArrayList<>());
    run(folder.resolve("b"), order(new Length.Steps(3)), new ArrayList<>());
    assertThat(Files.readAllBytes(folder.resolve("a/encoder.safetensors"))).isEqualTo(Files.readAllBytes(folder.resolve("b/encoder.safetensors")));
    assertThat(Files.readAllBytes(folder.resolve("a/encoder.onnx"))).isEqualTo(Files.readAllBytes(folder.resolve("b/encoder.onnx")));
  }

  @Test
  void aKilledTrainingGoesOnFromItsCheckpoint() throws Exception {
    CountDownLatch underWay = new CountDownLatch(3);
    Consumer<WorkerEvent> counting = event -> {
      if (event instanceof WorkerEvent.Progress) {
        underWay.countDown();
      }
    };
    TrainingProcess first = TrainingProcess.start(folder, order(new Length.Budget(120)), counting);
    assertThat(underWay.await(90, TimeUnit.SECONDS)).isTrue();
    first.kill();
    assertThatThrownBy(first::await).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isIn(Fault.TRAINING_FAILED, Fault.TRAINING_OUT_OF_MEMORY));
    List<WorkerEvent> events = new ArrayList<>();
    CountDownLatch resumed = new CountDownLatch(1);
    TrainingProcess second = TrainingProcess.start(folder, order(new Length.Budget(120)), event -> {
      events.add(event);
      if (event instanceof WorkerEvent.Progress) {
        resumed.countDown();
      }
    });
    assertThat(resumed.await(90, TimeUnit.SECONDS)).isTrue();
    second.stop();
    WorkerEvent.Finished finished = second.await();
    assertThat(finished.stoppedEarly()).isTrue();
    assertThat(events).filteredOn(WorkerEvent.Started.class::isInstance).first()
        .satisfies(e -> assertThat(((WorkerEvent.Started) e).resumedAt()).isPositive());
    assertThat(folder).isDirectoryContaining("glob:**/encoder.onnx");
  }

  @Test
  void aCheckpointOfAnotherLessonIsNotUsed() throws Exception {
    CountDownLatch underWay = new CountDownLatch(3);
    TrainingProcess first = TrainingProcess.start(folder, order(new Length.Budget(120)), event -> {
      if (event instanceof WorkerEvent.Progress) {
        underWay.countDown();
      }
    });
    assertThat(underWay.await(90, TimeUnit.SECONDS)).isTrue();
    first.kill();
    assertThatThrownBy(first::await).isInstanceOf(FaultException.class);
    assertThat(folder).isDirectoryContaining("glob:**/checkpoint.safetensors");
    List<WorkerEvent> events = new ArrayList<>();
    run(folder, order(new Length.Steps(2)), events);
    assertThat(events).filteredOn(WorkerEvent.Started.class::isInstance).first()
        .satisfies(e -> assertThat(((WorkerEvent.Started) e).resumedAt()).isZero());
  }

  @Test
  void anUntrainedEncoderIsStillExportedAndChecked() throws Exception {
    WorkerEvent.Finished finished = run(folder, order(new Length.Untrained()), new ArrayList<>());
    assertThat(finished.steps()).isZero();
    float[] weights = Safetensors.read(folder.resolve("encoder.safetensors")).get("layer4.1.conv2.weight").values();
    double squares = 0;
    for (float weight : weights) {
      squares += (double) weight * weight;
    }
    // Kaiming normal over fan-out: √(2 / (512·9)).
    assertThat(Math.sqrt(squares / weights.length)).isCloseTo(0.0208333, within(1e-4));
  }

  @Test
  void weightsGoOutAndComeInAgainAndMisfitsAreNamed() throws Exception {
    run(folder.resolve("a"), order(new Length.Steps(2)), new ArrayList<>());
    Path weights = folder.resolve("a/encoder.safetensors");
    TrainingOrder from = startFrom(weights);
    run(folder.resolve("b"), from, new ArrayList<>());
    Map<String, Tensor> cameIn = Safetensors.read(folder.resolve("b/encoder.safetensors"));
    Map<String, Tensor> wentOut = Safetensors.read(weights);
    // Weights from elsewhere are a ResNet's; the heads begin anew.
    List<String> resNet = wentOut.keySet().stream().filter(name -> !name.startsWith("dense.") && !name.startsWith("local.")).toList();
    assertThat(resNet).hasSize(100).allSatisfy(name -> assertThat(cameIn.get(name).values()).as(name).isEqualTo(wentOut.get(name).values()));

    Map<String, Tensor> misfit = new LinkedHashMap<>(Safetensors.read(weights));
    misfit.remove("layer1.0.bn1.bias");
    misfit.put("conv1.weight", new Tensor(new long[] {64, 1, 7, 7}, new float[64 * 49]));
    Path broken = Files.write(folder.resolve("misfit.safetensors"), Safetensors.write(misfit, Map.of()));
    assertThatThrownBy(() -> run(folder.resolve("c"), startFrom(broken), new ArrayList<>()))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.WEIGHTS_INVALID))
        .hasMessageContaining("layer1.0.bn1.bias is missing").hasMessageContaining("conv1.weight has the shape (64, 1, 7, 7)");
  }

  private static TrainingOrder startFrom(Path weights) {
    TrainingOrder base = order(new Length.Untrained());
    return new TrainingOrder(images, base.preprocessing(), base.lesson(), base.length(), base.seed(), base.threads(), Optional.of(new TrainingOrder.Start(weights.toString(), false)),
        base.memoryBytes(), 30);
  }

  @Test
  void tooLittleMemoryEndsWithItsCode() throws Exception {
    TrainingOrder base = order(new Length.Steps(5));
    TrainingOrder tight = new TrainingOrder(images, base.preprocessing(), base.lesson(), base.length(), base.seed(), base.threads(), Optional.empty(),
        64L << 20, 30);
    assertThatThrownBy(() -> run(folder, tight, new ArrayList<>()))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRAINING_OUT_OF_MEMORY));
  }

  /** Stopped by a signal it neither ends nor speaks, as one that hangs in native code. */
  @Test
  void aProcessThatFallsSilentIsKilledWithItsCode() throws Exception {
    CountDownLatch underWay = new CountDownLatch(1);
    TrainingOrder order = order(new Length.Budget(300));
    TrainingProcess process = TrainingProcess.start(folder, order, new TrainingWatch(order.memoryBytes(), 4), event -> {
      if (event instanceof WorkerEvent.Progress) {
        underWay.countDown();
      }
    });
    assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
    new ProcessBuilder("kill", "-STOP", Long.toString(process.pid())).start().waitFor();
    assertThatThrownBy(process::await).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.TRAINING_HUNG))
        .hasMessageContaining("said nothing for 4 s (last at: step ");
    assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void whereMemoryRunsOutItIsTheFirstToGo() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/choom")), "util-linux has no choom here");
    CountDownLatch underWay = new CountDownLatch(1);
    TrainingProcess process = TrainingProcess.start(folder, order(new Length.Budget(120)), event -> underWay.countDown());
    try {
      assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(Path.of("/proc", Long.toString(process.pid()), "oom_score_adj")).strip()).isEqualTo("800");
    } finally {
      process.kill();
    }
  }

  @Test
  void itsScopeIsInTheSliceThatLimitsTraining() {
    assertThat(MemoryScope.scope(5L << 30, List.of())).contains("--slice=kerf-training.slice", "--property=MemoryMax=5368709120").endsWith("--");
  }

  @Test
  void anImageThatCannotBeReadIsNamed() throws Exception {
    Path garbage = Files.write(folder.resolve("garbage.png"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    TrainingOrder order = order(new Length.Steps(1)).forImages(Arrays.asList(images.get(0), garbage.toString()));
    assertThatThrownBy(() -> run(folder.resolve("job"), order, new ArrayList<>())).hasMessageContaining("garbage.png");
  }
}
