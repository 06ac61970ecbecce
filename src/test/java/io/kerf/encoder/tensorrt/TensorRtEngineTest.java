package io.kerf.encoder.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoopTranslator;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Sha256;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine as DJL uses it, above a session that needs no GPU. */
class TensorRtEngineTest {
  /** DJL keeps the first engine of a name, which is the real one. */
  private static final String SESSIONLESS = "TensorRT without a GPU";
  private static final List<String> HEARD = new ArrayList<>();

  @TempDir
  private Path temp;

  /** Gives each image's first and last value, outputs in an order of its own. */
  private record Echo(PlanShape shape) implements PlanSession {
    @Override
    public List<Output> run(FloatBuffer pixels, int count, int widthPx, int heightPx) {
      float[] first = new float[count];
      float[] last = new float[count];
      int values = 3 * widthPx * heightPx;
      for (int i = 0; i < count; i++) {
        first[i] = pixels.get(pixels.position() + i * values);
        last[i] = pixels.get(pixels.position() + (i + 1) * values - 1);
      }
      return List.of(new Output("dense", new long[] {count, 1, 1, 1}, last), new Output("embedding", new long[] {count, 1}, first));
    }

    @Override
    public void close() {
      HEARD.add("closed");
    }
  }

  @BeforeAll
  static void register() {
    Engine.registerEngine(new EngineProvider() {
      @Override
      public String getEngineName() {
        return SESSIONLESS;
      }

      @Override
      public int getEngineRank() {
        return TensorRtEngine.RANK;
      }

      @Override
      public Engine getEngine() {
        return new TensorRtEngine("10.3.0", (plan, shape) -> {
          HEARD.add(new String(plan) + " " + shape.widthPx());
          return new Echo(shape);
        });
      }
    });
  }

  @BeforeEach
  void forget() {
    HEARD.clear();
  }

  private StoredPlan plan() throws Exception {
    Path staged = Files.createDirectories(temp.resolve("staged"));
    byte[] plan = "plan".getBytes();
    Files.write(staged.resolve(StoredPlan.PLAN), plan);
    return new PlanStore(temp.resolve("plans")).keep(new PlanRecord(PlanStoreTest.KEY, plan.length, Sha256.of(plan), Instant.EPOCH, 1, "", Optional.empty()), staged);
  }

  private ZooModel<NDList, NDList> load(String... options) throws Exception {
    Path onnx = temp.resolve("encoder.onnx");
    Files.write(onnx, new byte[1]);
    Criteria.Builder<NDList, NDList> criteria = Criteria.builder().setTypes(NDList.class, NDList.class).optEngine(SESSIONLESS).optModelPath(onnx).optTranslator(new NoopTranslator());
    for (int i = 0; i < options.length; i += 2) {
      criteria.optOption(options[i], options[i + 1]);
    }
    return criteria.build().loadModel();
  }

  @Test
  void criteriaLoadTheVerifiedPlanAndPredictorsRunIt() throws Exception {
    try (ZooModel<NDList, NDList> model = load(TensorRtModel.PLAN, plan().folder().toString()); Predictor<NDList, NDList> predictor = model.newPredictor();
        NDManager manager = model.getNDManager().newSubManager()) {
      assertThat(HEARD).containsExactly("plan 256");
      float[] pixels = new float[2 * 3 * 4];
      pixels[0] = 5;
      pixels[11] = 6;
      pixels[12] = 7;
      pixels[23] = 8;
      NDList outputs = predictor.predict(new NDList(manager.create(FloatBuffer.wrap(pixels), new Shape(2, 3, 1, 4), DataType.FLOAT32)));
      assertThat(outputs.get(0).toFloatArray()).as("in the order of EncoderOutput").containsExactly(5, 7);
      assertThat(outputs.get(1).toFloatArray()).containsExactly(6, 8);
      assertThat(outputs.get(1).getShape()).isEqualTo(new Shape(2, 1, 1, 1));
    }
    assertThat(HEARD).as("once").containsExactly("plan 256", "closed");
  }

  @Test
  void noPlanIsLoadedThatIsNotInAStoreOfThisDevice() throws Exception {
    assertThatThrownBy(this::load).isInstanceOf(MalformedModelException.class).hasMessageContaining("compiled plans alone");
    Path stray = Files.createDirectories(temp.resolve("plans/" + "0".repeat(64)));
    Files.writeString(stray.resolve(StoredPlan.PLAN), "from elsewhere");
    assertThatThrownBy(() -> load(TensorRtModel.PLAN, stray.toString())).isInstanceOf(MalformedModelException.class).hasMessageContaining("no plan of this device");
    StoredPlan changed = plan();
    Files.writeString(changed.folder().resolve(StoredPlan.PLAN), "other");
    assertThatThrownBy(() -> load(TensorRtModel.PLAN, changed.folder().toString()))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.PLAN_UNUSABLE));
    assertThat(HEARD).isEmpty();
  }

  /** On a machine with a GPU this says nothing. */
  @Test
  void djlFindsTheEngineAndIsToldWhyItIsDeclined() {
    assertThat(Engine.hasEngine(TensorRtEngine.NAME)).isTrue();
    assertThat(Engine.getDefaultEngineName()).isNotEqualTo(TensorRtEngine.NAME);
    if (TensorRt.availability() instanceof TensorRt.Availability.Declined declined) {
      assertThat(declined.reason()).matches("(?s)(Of NVIDIA's libraries .*(is|are) missing or do not load.*|CUDA finds no GPU.*)").endsWith(".");
      assertThatThrownBy(() -> Engine.getEngine(TensorRtEngine.NAME)).isInstanceOf(EngineException.class).hasMessage(declined.reason());
      assertThatThrownBy(() -> TensorRtSession.load(new byte[1], PlanStoreTest.SHAPE)).isInstanceOf(EngineException.class).hasMessage(declined.reason());
      assertThatThrownBy(() -> new PlanBuilder(PlanStoreTest.SHAPE, Precision.FP16, temp.resolve("timings")).build(temp.resolve("encoder.onnx")))
          .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.ENGINE_UNAVAILABLE));
    }
    assertThat(Engine.getEngine("OnnxRuntime").getVersion()).as("the others are as they were").isNotEmpty();
  }

  @Test
  void aPlanTakesTheBatchesAndImagesItIsFor() {
    PlanShape tiles = new PlanShape(32, 64, 768, 512);
    assertThat(tiles.takes(1, 32, 64) && tiles.takes(8, 768, 512)).isTrue();
    assertThat(tiles.takes(0, 32, 64) || tiles.takes(9, 32, 64) || tiles.takes(1, 31, 64) || tiles.takes(1, 32, 63) || tiles.takes(1, 769, 512) || tiles.takes(1, 768, 513)).isFalse();
    assertThatThrownBy(() -> new PlanShape(64, 64, 32, 64)).isInstanceOf(IllegalArgumentException.class);
  }
}
