package io.kerf.encoder;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Safetensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An {@link Encoder} behind DJL's {@code Criteria} and {@code Predictor}; the engine is chosen by name.
 *
 * <p>{@code OnnxRuntime} runs {@code encoder.onnx}, {@code PyTorch} the same weights from {@code encoder.safetensors}, {@code TensorRT} a plan that was
 * compiled from the former. Each call takes a
 * predictor with its off-heap input buffer from a pool and gives it back, so there are as many as calls ever ran at once. The input
 * buffer grows to the largest batch seen, at most {@value #MAX_BATCH} images; larger batches go in parts.
 */
public final class DjlEncoder implements Encoder {
  public static final String ONNX_RUNTIME = "OnnxRuntime";
  public static final String PYTORCH = "PyTorch";
  public static final String TENSOR_RT = "TensorRT";
  private static final int MAX_BATCH = 16;
  /** Of a plan, which holds room for so many. */
  private static final int MAX_BATCH_OF_PLAN = 8;
  /** Any size gives the same shapes of weights. */
  private static final int INITIAL_PX = 64;

  private final String engine;
  private final List<EncoderOutput> outputs;
  private final ZooModel<Batch, Encoding[]> model;
  private final ConcurrentLinkedQueue<Context> idle = new ConcurrentLinkedQueue<>();

  private DjlEncoder(String engine, List<EncoderOutput> outputs, ZooModel<Batch, Encoding[]> model) {
    this.engine = engine;
    this.outputs = outputs;
    this.model = model;
  }

  /**
   * Loads the encoder in a bundle's folder.
   *
   * @param outputs that it gives
   * @param folder holds {@code encoder.onnx} and {@code encoder.safetensors}
   * @param engine DJL's name of the engine
   * @param threads that one inference may use inside the engine; throughput comes from concurrent calls
   * @throws FaultException {@link Fault#ENGINE_UNAVAILABLE} where the engine is not there or does not take the model
   */
  public static DjlEncoder load(Path folder, Set<EncoderOutput> outputs, String engine, int threads) {
    return load(new ModelFiles(folder, EncoderOutput.ordered(outputs), engine, Map.of("intraOpNumThreads", Integer.toString(threads), "interOpNumThreads", "1")));
  }

  /**
   * Loads the plan that was compiled from the encoder in a bundle's folder.
   *
   * @param plan its folder in the {@link io.kerf.encoder.tensorrt.PlanStore}
   * @throws FaultException {@link Fault#ENGINE_UNAVAILABLE} where this machine runs no plans or does not take it, {@link Fault#PLAN_UNUSABLE} where it is
   *     not what was compiled
   */
  public static DjlEncoder loadPlan(Path folder, Set<EncoderOutput> outputs, Path plan) {
    return load(new ModelFiles(folder, EncoderOutput.ordered(outputs), TENSOR_RT, Map.of("plan", plan.toString())));
  }

  private static DjlEncoder load(ModelFiles files) {
    NoTelemetry.ensure();
    // DJL would load PyTorch beside ONNX Runtime, for operations on arrays that nothing here asks for.
    System.setProperty("ai.djl.onnx.disable_alternative", "true");
    try {
      return new DjlEncoder(files.engine, files.outputs, files.load(new Translation(files.outputs)));
    } catch (IOException | ModelNotFoundException | MalformedModelException | EngineException | UnsatisfiedLinkError e) {
      throw new FaultException(Fault.ENGINE_UNAVAILABLE, "The engine " + files.engine + " cannot load the encoder in " + files.folder + ": "
          + e.getMessage() + ". Check that the engine's libraries for this platform are installed.", e);
    }
  }

  @Override
  public Set<EncoderOutput> outputs() {
    return EnumSet.copyOf(outputs);
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public Encoding[] encode(int widthPx, int heightPx, float[]... images) {
    int maxBatch = engine.equals(TENSOR_RT) ? MAX_BATCH_OF_PLAN : MAX_BATCH;
    Encoding[] all = new Encoding[images.length];
    Context context = idle.poll();
    if (context == null) {
      context = new Context(model.newPredictor());
    }
    try {
      for (int done = 0; done < images.length; done += maxBatch) {
        int count = Math.min(maxBatch, images.length - done);
        Encoding[] part = context.predictor.predict(context.fill(images, done, count, widthPx, heightPx));
        System.arraycopy(part, 0, all, done, count);
      }
    } catch (TranslateException | EngineException e) {
      throw new FaultException(Fault.ENGINE_UNAVAILABLE, "The engine " + engine + " failed on an image: " + e.getMessage()
          + ". The part was not judged; if this repeats, restart the station.", e);
    } finally {
      idle.add(context);
    }
    return all;
  }

  @Override
  public void close() {
    for (Context context = idle.poll(); context != null; context = idle.poll()) {
      context.predictor.close();
    }
    model.close();
  }

  /** {@code count} images at the start of {@code pixels}. */
  private record Batch(FloatBuffer pixels, int count, int widthPx, int heightPx) {}

  /** A predictor and its input buffer, used by one call at a time. */
  private static final class Context {
    final Predictor<Batch, Encoding[]> predictor;
    private FloatBuffer buffer = FloatBuffer.allocate(0);

    Context(Predictor<Batch, Encoding[]> predictor) {
      this.predictor = predictor;
    }

    Batch fill(float[][] images, int from, int count, int widthPx, int heightPx) {
      int values = 3 * widthPx * heightPx;
      if (buffer.capacity() < count * values) {
        buffer = ByteBuffer.allocateDirect(4 * count * values).order(ByteOrder.nativeOrder()).asFloatBuffer();
      }
      buffer.clear();
      for (int i = from; i < from + count; i++) {
        if (images[i].length != values) {
          throw new IllegalArgumentException("an image of " + images[i].length + " values for an encoder of " + values);
        }
        buffer.put(images[i]);
      }
      buffer.flip();
      return new Batch(buffer, count, widthPx, heightPx);
    }
  }

  private record Translation(List<EncoderOutput> outputs) implements NoBatchifyTranslator<Batch, Encoding[]> {
    @Override
    public NDList processInput(TranslatorContext context, Batch batch) {
      Shape shape = new Shape(batch.count, 3, batch.heightPx, batch.widthPx);
      return new NDList(context.getNDManager().create(batch.pixels, shape, DataType.FLOAT32));
    }

    @Override
    public Encoding[] processOutput(TranslatorContext context, NDList arrays) {
      int count = (int) arrays.get(0).getShape().get(0);
      List<Map<EncoderOutput, FeatureMap>> maps = new java.util.ArrayList<>();
      for (int i = 0; i < count; i++) {
        maps.add(new EnumMap<>(EncoderOutput.class));
      }
      for (int o = 0; o < outputs.size(); o++) {
        Shape shape = arrays.get(o).getShape();
        int height = shape.dimension() == 4 ? (int) shape.get(2) : 1;
        int width = shape.dimension() == 4 ? (int) shape.get(3) : 1;
        float[] values = arrays.get(o).toFloatArray();
        int own = values.length / count;
        for (int i = 0; i < count; i++) {
          float[] part = count == 1 ? values : Arrays.copyOfRange(values, i * own, (i + 1) * own);
          maps.get(i).put(outputs.get(o), new FeatureMap(part, (int) shape.get(1), height, width));
        }
      }
      return maps.stream().map(Encoding::new).toArray(Encoding[]::new);
    }
  }

  /** How each engine finds the encoder in a bundle's folder. */
  private record ModelFiles(Path folder, List<EncoderOutput> outputs, String engine, Map<String, String> options) {
    ZooModel<Batch, Encoding[]> load(Translation translation) throws IOException, ModelNotFoundException, MalformedModelException {
      Criteria.Builder<Batch, Encoding[]> criteria = Criteria.builder().setTypes(Batch.class, Encoding[].class)
          .optEngine(engine).optDevice(Device.cpu()).optTranslator(translation);
      if (engine.equals(PYTORCH)) {
        return new ZooModel<>(torch(), translation);
      }
      options.forEach(criteria::optOption);
      return criteria.optModelPath(folder.resolve("encoder.onnx")).build().loadModel();
    }

    private ai.djl.Model torch() {
      ai.djl.Model model = ai.djl.Model.newInstance("encoder", Device.cpu(), engine);
      EncoderNet net = new EncoderNet(EnumSet.copyOf(outputs));
      net.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3, INITIAL_PX, INITIAL_PX));
      Path weights = folder.resolve("encoder.safetensors");
      NamedWeights.copyIn(net.namedParameters(), Safetensors.read(weights), weights.toString());
      model.setBlock(net);
      return model;
    }
  }
}
