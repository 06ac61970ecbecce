package io.kerf.station.plans;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.tensorrt.PlanRecord;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.encoder.tensorrt.TensorRt.Availability;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageLimits;
import io.kerf.imaging.Picture;
import io.kerf.model.ActiveModels;
import io.kerf.model.Assessment;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.EncoderSource;
import io.kerf.model.Generation;
import io.kerf.model.GoldenCheck;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.station.plans.PlanState.Phase;
import io.kerf.storage.Sha256;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.SyntheticParts;
import io.kerf.training.TrainingOrder;
import io.kerf.training.compiling.CompileOrder;
import io.kerf.training.compiling.CompileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real bundles and a real plan store; the plan is run by ONNX Runtime under TensorRT's name. */
class PlanKeeperTest {
  private static final String RECIPE = "disc";
  /** Another product with the same model. */
  private static final String SISTER = "disc-b";
  private static final Availability.Usable ORIN = new Availability.Usable("10.3.0", "Orin", "8.7");
  private static final byte[] PLAN = "plan".getBytes();

  @TempDir
  private static Path shared;
  private static String digest;
  private static List<Path> parts;

  @TempDir
  private Path folder;
  private final AtomicLong nanos = new AtomicLong(1);
  private final AtomicLong drained = new AtomicLong(1);
  private final List<CompileOrder> orders = new ArrayList<>();
  private List<Path> images = List.of();
  private Optional<String> refusal = Optional.empty();
  private Optional<FaultException> failure = Optional.empty();
  private boolean loads = true;
  private volatile boolean runs = true;
  private CountDownLatch gate = new CountDownLatch(0);
  private ActiveModels models;
  private PlanKeeper keeper;

  @BeforeAll
  static void learn() throws Exception {
    parts = SyntheticParts.good(shared.resolve("good"), 40, 1);
    List<GoodPart> good = parts.stream().map(file -> new GoodPart(file, Optional.empty())).toList();
    LearningSettings settings = LearningSettings.of(TrainingOrder.pooled(64, new Length.Untrained(), 3, 1), 0.2, DjlEncoder.ONNX_RUNTIME);
    BundleStore store = new BundleStore(shared.resolve("models"));
    digest = LearningJob.of(settings, Clock.systemUTC(), event -> {}).learn(Normals.split(good, 0.2, 3), RECIPE, store, shared.resolve("job")).digest();
    store.activate(digest, new Change("ann", "the first"), Instant.now());
  }

  /** An encoder of another name. */
  private record Renamed(Encoder encoder, BooleanSupplier runs) implements Encoder {
    @Override
    public Set<EncoderOutput> outputs() {
      return encoder.outputs();
    }

    @Override
    public String engine() {
      return DjlEncoder.TENSOR_RT;
    }

    @Override
    public Encoding[] encode(int widthPx, int heightPx, float[]... pictures) {
      if (!runs.getAsBoolean()) {
        throw new FaultException(Fault.ENGINE_UNAVAILABLE, "CUDA: an inference failed: an illegal memory access was encountered (700)");
      }
      return encoder.encode(widthPx, heightPx, pictures);
    }

    @Override
    public void close() {
      encoder.close();
    }
  }

  private void start(Platform.Found found) {
    PlanStore plans = new PlanStore(folder.resolve("plans"));
    EncoderSource onnx = EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1);
    PlanChoice choice = new PlanChoice(found.platform(), plans, plan -> bundle -> {
      if (!loads) {
        throw new FaultException(Fault.ENGINE_UNAVAILABLE, "out of memory of the device");
      }
      return new Renamed(onnx.open(bundle), () -> runs);
    }, onnx);
    models = new ActiveModels(recipe -> new BundleStore(shared.resolve("models")), choice, GoldenCheck.NONE, Duration.ofSeconds(30), Clock.systemUTC(), drained::get,
        changed -> {
          throw new AssertionError("another engine is no change of the model");
        });
    models.open(RECIPE);
    models.open(SISTER);
    keeper = new PlanKeeper(found.platform(), found.without(), plans, choice, models, recipe -> images, folder.resolve("staging"), this::compile, nanos::get);
  }

  private static Platform.Found orin(String jetsonLinux) {
    return Platform.find(true, true, jetsonLinux, Precision.FP16, () -> ORIN);
  }

  private CompileResult compile(Path job, CompileOrder order, Consumer<String> stages) throws IOException, InterruptedException {
    orders.add(order);
    assertThat(order.timings().getParent()).isDirectory();
    gate.await();
    if (failure.isPresent()) {
      throw failure.get();
    }
    stages.accept("compare");
    Path staged = Files.createDirectories(job.resolve("staged"));
    Files.write(staged.resolve(StoredPlan.PLAN), PLAN);
    return new CompileResult(new PlanRecord(order.key(), PLAN.length, Sha256.of(PLAN), Instant.now(), 90, "compared on 12 parts", refusal), staged);
  }

  @AfterEach
  void close() {
    keeper.close();
    models.close();
  }

  private String engine() {
    return models.current(RECIPE).orElseThrow().engine();
  }

  private PlanState state() {
    return keeper.state(RECIPE);
  }

  /** A tick, and the end of what it began. */
  private void tick() throws Exception {
    keeper.tick(List.of(RECIPE, "without-a-model"));
    for (int i = 0; i < 200 && (state().phase() == Phase.COMPILING || state().phase() == Phase.COMPARING); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void aModelIsCompiledOnceAndThenRunAsAPlanAlsoAfterARestart() throws Exception {
    images = parts;
    start(orin("36.4.3"));
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    tick();
    assertThat(engine()).as("ready, not yet taken up").isEqualTo(DjlEncoder.ONNX_RUNTIME);
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
    assertThat(models.current(RECIPE).orElseThrow().bundle().digest()).isEqualTo(digest);
    assertThat(state()).isEqualTo(new PlanState(Phase.IN_USE, "TensorRT 10.3.0 on Orin, FP16."));
    tick();
    assertThat(orders).hasSize(1);
    assertThat(orders.get(0).images()).hasSize(32).doesNotHaveDuplicates().startsWith(parts.get(0));
    assertThat(folder.resolve("staging")).isEmptyDirectory();
    models.close();
    start(orin("36.4.3"));
    assertThat(engine()).as("at once").isEqualTo(DjlEncoder.TENSOR_RT);
  }

  @Test
  void recipesWithTheSameEncoderAllTakeItsPlan() throws Exception {
    images = parts;
    start(orin("36.4.3"));
    tick();
    keeper.tick(List.of(RECIPE, SISTER));
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
    assertThat(models.current(SISTER).orElseThrow().engine()).isEqualTo(DjlEncoder.TENSOR_RT);
    assertThat(orders).hasSize(1);
  }

  /** The next tick asks again, when they have let go. */
  @Test
  void aPlanIsTakenUpLaterWhereFramesHoldAModelOfBeforeForTooLong() throws Exception {
    images = parts;
    start(orin("36.4.3"));
    Generation.Lease held = models.lease(RECIPE).orElseThrow();
    models.reopen(RECIPE);
    drained.addAndGet(TimeUnit.SECONDS.toNanos(31));
    tick();
    tick();
    assertThat(engine()).as("compiled, and the swap refused").isEqualTo(DjlEncoder.ONNX_RUNTIME);
    assertThat(orders).hasSize(1);
    held.close();
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
  }

  @Test
  void whereTheBoardsSoftwareChangedItIsCompiledAnew() throws Exception {
    images = parts;
    start(orin("36.4.3"));
    tick();
    models.close();
    start(orin("36.5.0"));
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    tick();
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
    assertThat(orders).extracting(order -> order.key().jetsonLinux()).containsExactly("36.4.3", "36.5.0");
  }

  @Test
  void aPlanThatDisagreesIsNotUsedAndNotCompiledAgain() throws Exception {
    images = parts;
    refusal = Optional.of("part.png differs");
    start(orin("36.4.3"));
    tick();
    nanos.addAndGet(TimeUnit.DAYS.toNanos(30));
    tick();
    assertThat(orders).hasSize(1);
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    assertThat(state()).isEqualTo(new PlanState(Phase.REFUSED, "ONNX Runtime judges, as the plan does not judge alike: part.png differs."));
  }

  @Test
  void whatFailsIsTriedThreeTimesWithLongerPauses() throws Exception {
    images = parts;
    failure = Optional.of(new FaultException(Fault.COMPILATION_FAILED, "The compiling process ended with 134."));
    start(orin("36.4.3"));
    tick();
    tick();
    assertThat(orders).hasSize(1);
    assertThat(state().phase()).isEqualTo(Phase.FAILED);
    assertThat(state().words()).contains("1 of 3 times").contains("ended with 134").contains("compilation-failed");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    tick();
    assertThat(orders).hasSize(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    tick();
    assertThat(orders).as("ten minutes now").hasSize(2);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(600));
    tick();
    nanos.addAndGet(TimeUnit.DAYS.toNanos(300));
    tick();
    assertThat(orders).hasSize(3);
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    assertThat(state().words()).contains("3 of 3 times");
  }

  @Test
  void aPlanThatDoesNotLoadCountsAsAFailureAndPartsAreJudged() throws Exception {
    images = parts;
    loads = false;
    start(orin("36.4.3"));
    tick();
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    tick();
    assertThat(orders).hasSize(1);
    assertThat(state().words()).contains("1 of 3 times").contains("did not run");
    loads = true;
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    tick();
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
  }

  /** The part at hand too: nobody is told that it could not be judged. */
  @Test
  void aPlanThatFailsWhileItRunsGivesWayToOnnxRuntimeAndIsCompiledAnew() throws Exception {
    images = parts;
    start(orin("36.4.3"));
    tick();
    tick();
    Picture part = new ImageDecoder(ImageLimits.DEFAULT).decode(Files.readAllBytes(parts.get(0)), 64).picture();
    try (Generation.Lease lease = models.lease(RECIPE).orElseThrow()) {
      Assessment before = lease.judge().assess(part, StageClock.NONE);
      runs = false;
      Assessment after = lease.judge().assess(part, StageClock.NONE);
      assertThat(((Assessment.Judged) after).score()).isEqualTo(((Assessment.Judged) before).score());
    }
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
    tick();
    assertThat(state().words()).contains("1 of 3 times").contains("did not run");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(61));
    tick();
    tick();
    assertThat(engine()).as("it fails already when it is warmed").isEqualTo(DjlEncoder.ONNX_RUNTIME);
    runs = true;
    tick();
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(601));
    tick();
    tick();
    assertThat(engine()).isEqualTo(DjlEncoder.TENSOR_RT);
    assertThat(orders).hasSize(3);
  }

  @Test
  void nothingIsCompiledThatCouldNotBeCompared() throws Exception {
    start(orin("36.4.3"));
    tick();
    assertThat(orders).isEmpty();
    assertThat(state().phase()).isEqualTo(Phase.WAITING);
    assertThat(state().words()).contains("no image of this recipe");
    assertThat(keeper.state("without-a-model").phase()).isEqualTo(Phase.WAITING);
    images = parts.subList(0, 3);
    tick();
    assertThat(orders).hasSize(1);
  }

  @Test
  void thePageIsToldThatItCompilesAndSinceWhen() throws Exception {
    images = parts;
    gate = new CountDownLatch(1);
    start(orin("36.4.3"));
    keeper.tick(List.of(RECIPE));
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(75));
    assertThat(state()).isEqualTo(new PlanState(Phase.COMPILING, "Compiling for 75 s. ONNX Runtime judges meanwhile."));
    keeper.tick(List.of(RECIPE));
    gate.countDown();
    tick();
    assertThat(orders).as("one at a time").hasSize(1);
  }

  @Test
  void aMachineWithoutAGpuOrWithPlansSwitchedOffSaysSoAndTouchesNoLibrary() throws Exception {
    images = parts;
    start(Platform.find(true, false, "none", Precision.FP16, () -> {
      throw new AssertionError("asked");
    }));
    tick();
    assertThat(state()).isEqualTo(new PlanState(Phase.DECLINED, "This machine has no NVIDIA GPU. ONNX Runtime judges."));
    assertThat(orders).isEmpty();
    assertThat(folder.resolve("plans")).doesNotExist();
    models.close();
    start(Platform.find(true, true, "none", Precision.FP16, () -> new Availability.Declined("Of NVIDIA's libraries libnvinfer.so.10 is missing.")));
    assertThat(state()).isEqualTo(new PlanState(Phase.DECLINED, "Of NVIDIA's libraries libnvinfer.so.10 is missing. ONNX Runtime judges."));
    models.close();
    start(Platform.find(false, true, "none", Precision.FP16, () -> ORIN));
    assertThat(state().phase()).isEqualTo(Phase.OFF);
    assertThat(engine()).isEqualTo(DjlEncoder.ONNX_RUNTIME);
  }
}
