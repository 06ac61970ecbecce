package io.kerf.training.compiling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.device.Accelerator;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.tensorrt.PlanKey;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.EncoderSource;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import io.kerf.training.compiling.Compilation.Limits;
import io.kerf.training.worker.RandomEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real compiling processes; but for one, below a compiler that makes no plan. */
class CompilationTest {
  private static final Limits SHORT = new Limits(60, 600, 2L << 30);

  @TempDir
  private static Path shared;
  private static Bundle bundle;
  private static List<Path> parts;

  @TempDir
  private Path folder;
  private final List<String> stages = new ArrayList<>();

  @BeforeAll
  static void learn() throws Exception {
    parts = SyntheticParts.good(shared.resolve("good"), 40, 1);
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), 3, 1), 0.2, DjlEncoder.ONNX_RUNTIME);
    BundleStore store = new BundleStore(shared.resolve("models"));
    List<GoodPart> good = parts.stream().map(file -> new GoodPart(file, Optional.empty())).toList();
    String digest = LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(good, 0.2, 3), "disc", store, shared.resolve("job")).digest();
    bundle = store.load(digest);
  }

  private CompileOrder order(Precision precision) {
    PlanKey key = new PlanKey("none", "10.3.0", "Orin", "8.7", "ab".repeat(32), precision, PlanEncoders.shape(bundle.manifest()));
    return new CompileOrder(bundle.folder(), key, parts.subList(0, 4), folder.resolve("timings"));
  }

  private CompileResult compile(String behaviour, Precision precision, Limits limits) throws Exception {
    Files.writeString(folder.resolve("behaviour"), behaviour);
    return Compilation.start(folder, order(precision), List.of(FakeCompileMain.class.getName()), limits, stages::add).await();
  }

  @Test
  void aPlanIsCompiledComparedAndLeftForKeeping() throws Exception {
    CompileResult result = compile("well", Precision.FP16, SHORT);
    assertThat(stages).containsExactly("compile", "compare");
    assertThat(result.known().refusal()).isEmpty();
    assertThat(result.known().comparison()).as("each as it is, and with two defects").contains("compared on 12 parts").contains("0.0000");
    StoredPlan kept = new PlanStore(folder.resolve("kept")).keep(result.known(), result.staged());
    assertThat(kept.known()).isEqualTo(result.known());
    assertThat(kept.folder().resolve(StoredPlan.PLAN)).hasSameBinaryContentAs(bundle.folder().resolve("encoder.onnx"));
  }

  /** The real scales and the real rounding, in ONNX Runtime. */
  @Test
  void eightBitsAreCompiledFromScalesOfTheStationsImagesAndComparedWithTheEncoderItself() throws Exception {
    CompileRun run = new CompileRun((order, onnx) -> Files.readAllBytes(onnx), plan -> quantized(plan), Clock.systemUTC());
    Files.createDirectories(folder);
    CompileResult result = run.run(folder, order(Precision.INT8), stages::add);
    assertThat(result.known().comparison()).contains("compared on 12 parts").doesNotContain("difference 0.0000");
    assertThat(result.known().refusal()).as(result.known().comparison()).isEmpty();
  }

  private static EncoderSource quantized(StoredPlan plan) {
    return bundle -> {
      try {
        Path there = Files.createDirectories(plan.folder().resolveSibling("run"));
        Files.copy(plan.folder().resolve(StoredPlan.PLAN), there.resolve("encoder.onnx"));
        return DjlEncoder.load(there, bundle.manifest().encoderOutputs(), DjlEncoder.ONNX_RUNTIME, 1);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Another encoder in the place of the plan. */
  @Test
  void aPlanThatJudgesOtherwiseIsRefusedAndNotLeft() throws Exception {
    Files.createDirectories(shared.resolve("other"));
    RandomEncoder.write(shared.resolve("other"), bundle.manifest().encoderOutputs(), 77);
    CompileRun run = new CompileRun((order, onnx) -> new byte[] {1},
        plan -> bundle -> DjlEncoder.load(shared.resolve("other"), bundle.manifest().encoderOutputs(), DjlEncoder.ONNX_RUNTIME, 1), Clock.systemUTC());
    CompileResult result = run.run(folder, order(Precision.FP16), stages::add);
    assertThat(result.known().refusal()).hasValueSatisfying(why -> assertThat(why).contains("by ONNX Runtime", "by the plan"));
    assertThat(result.staged().resolve(StoredPlan.PLAN)).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "abort | ended with 134 before it was done | APIUsageError",
      "refuse | no importer registered | op",
      "silent | said nothing for 2 s and was killed | ONNX Runtime goes on judging",
      "slow | was not done after 0 minutes and was killed | It logged",
      "grow | held more than the 512 MiB | was killed"})
  void howeverItEndsTheParentIsToldWhy(String behaviour, String what, String more) {
    Limits limits = new Limits(behaviour.equals("silent") ? 2 : 60, behaviour.equals("slow") ? 3 : 600, 1L << 29);
    assertThatThrownBy(() -> compile(behaviour, Precision.FP16, limits)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.COMPILATION_FAILED);
      assertThat(e.detail()).contains(what, more);
    });
  }

  /** The real compiler, which needs a GPU: the process ends in order and says what it lacks. */
  @Test
  void withoutAGpuTheRealCompilerDeclinesAndNothingEndsTheJvm() throws Exception {
    Assumptions.assumeFalse(Accelerator.present());
    assertThatThrownBy(() -> Compilation.start(folder, order(Precision.FP16), List.of(), stages::add).await()).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE);
      assertThat(e.detail()).containsAnyOf("missing or do not load", "CUDA finds no GPU");
    });
    assertThat(stages).containsExactly("compile");
  }

  @Test
  void anInterruptionKillsIt() throws Exception {
    Files.writeString(folder.resolve("behaviour"), "slow");
    Compilation compilation = Compilation.start(folder, order(Precision.FP16), List.of(FakeCompileMain.class.getName()), SHORT, stages::add);
    Thread waiting = new Thread(() -> {
      try {
        compilation.await();
      } catch (InterruptedException | IOException expected) {
        // The end of the wait.
      }
    });
    waiting.start();
    waiting.interrupt();
    waiting.join();
    for (int i = 0; i < 100 && ProcessHandle.of(compilation.pid()).isPresent(); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    assertThat(ProcessHandle.of(compilation.pid())).isEmpty();
  }
}
