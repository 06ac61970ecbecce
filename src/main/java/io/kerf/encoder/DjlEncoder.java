package io.kerf.encoder;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An {@link Encoder} behind DJL's {@code Criteria} and {@code Predictor}; the engine is chosen by name.
 *
 * <p>{@code OnnxRuntime} runs {@code encoder.onnx}, {@code PyTorch} the same weights from {@code encoder.safetensors}. Each call takes a
 * predictor with its off-heap input buffer from a pool and gives it back, so there are as many as calls ever ran at once. The input
 * buffer grows to the largest batch seen, at most {@value #MAX_BATCH} images; larger batches go in parts.
 */
public final class DjlEncoder implements Encoder {
  public static final String ONNX_RUNTIME = "OnnxRuntime";
  public static final String PYTORCH = "PyTorch";
  private static final int MAX_BATCH = 16;

  private final String engine;
  private final int sizePx;
  private final ZooModel<Batch, Encoding[]> model;
  private final ConcurrentLinkedQueue<Context> idle = new ConcurrentLinkedQueue<>();

  private DjlEncoder(String engine, int sizePx, ZooModel<Batch, Encoding[]> model) {
    this.engine = engine;
    this.sizePx = sizePx;
    this.model = model;
  }

  /**
   * Loads and warms the encoder in a bundle's folder.
   *
   * @param folder holds {@code encoder.onnx} and {@code encoder.safetensors}
   * @param engine DJL's name of the engine
   * @param threads that one inference may use inside the engine; throughput comes from concurrent calls
   * @throws FaultException {@link Fault#ENGINE_UNAVAILABLE} where the engine is not there or does not take the model
   */
  public static DjlEncoder load(Path folder, String engine, int sizePx, int threads) {
    ModelFiles files = new ModelFiles(folder, engine, sizePx, threads);
    try {
      DjlEncoder encoder = new DjlEncoder(engine, sizePx, files.load(new Translation()));
      encoder.encode(new float[3 * sizePx * sizePx]);
      return encoder;
    } catch (IOException | ModelNotFoundException | MalformedModelException | EngineException | UnsatisfiedLinkError e) {
      throw new FaultException(Fault.ENGINE_UNAVAILABLE, "The engine " + engine + " cannot load the encoder in " + folder + ": "
          + e.getMessage() + ". Check that the engine's libraries for this platform are installed.", e);
    }
  }

  @Override
  public int sizePx() {
    return sizePx;
  }

  @Override
  public String engine() {
    return engine;
  }

  @Override
  public Encoding[] encode(float[]... images) {
    Encoding[] all = new Encoding[images.length];
    Context context = idle.poll();
    if (context == null) {
      context = new Context(model.newPredictor());
    }
    try {
      for (int done = 0; done < images.length; done += MAX_BATCH) {
        int count = Math.min(MAX_BATCH, images.length - done);
        Encoding[] part = context.predictor.predict(context.fill(images, done, count, sizePx));
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
  private record Batch(FloatBuffer pixels, int count, int sizePx) {}

  /** A predictor and its input buffer, used by one call at a time. */
  private static final class Context {
    final Predictor<Batch, Encoding[]> predictor;
    private FloatBuffer buffer = FloatBuffer.allocate(0);

    Context(Predictor<Batch, Encoding[]> predictor) {
      this.predictor = predictor;
    }

    Batch fill(float[][] images, int from, int count, int sizePx) {
      int values = 3 * sizePx * sizePx;
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
      return new Batch(buffer, count, sizePx);
    }
  }

  private static final class Translation implements NoBatchifyTranslator<Batch, Encoding[]> {
    @Override
    public NDList processInput(TranslatorContext context, Batch batch) {
      Shape shape = new Shape(batch.count, 3, batch.sizePx, batch.sizePx);
      return new NDList(context.getNDManager().create(batch.pixels, shape, DataType.FLOAT32));
    }

    @Override
    public Encoding[] processOutput(TranslatorContext context, NDList outputs) {
      NDArray features = outputs.get(1);
      float[] embedding = outputs.get(0).toFloatArray();
      float[] maps = features.toFloatArray();
      int count = (int) features.getShape().get(0);
      int height = (int) features.getShape().get(2);
      int width = (int) features.getShape().get(3);
      Encoding[] encodings = new Encoding[count];
      for (int i = 0; i < count; i++) {
        float[] own = count == 1 ? maps : java.util.Arrays.copyOfRange(maps, i * CHANNELS * height * width, (i + 1) * CHANNELS * height * width);
        encodings[i] = new Encoding(java.util.Arrays.copyOfRange(embedding, i * CHANNELS, (i + 1) * CHANNELS), own, height, width);
      }
      return encodings;
    }
  }

  /** How each engine finds the encoder in a bundle's folder. */
  private record ModelFiles(Path folder, String engine, int sizePx, int threads) {
    ZooModel<Batch, Encoding[]> load(Translation translation) throws IOException, ModelNotFoundException, MalformedModelException {
      Criteria.Builder<Batch, Encoding[]> criteria = Criteria.builder().setTypes(Batch.class, Encoding[].class)
          .optEngine(engine).optDevice(Device.cpu()).optTranslator(translation);
      if (engine.equals(PYTORCH)) {
        return new ZooModel<>(torch(), translation);
      }
      return criteria.optModelPath(folder.resolve("encoder.onnx"))
          .optOption("intraOpNumThreads", Integer.toString(threads)).optOption("interOpNumThreads", "1").build().loadModel();
    }

    private ai.djl.Model torch() {
      ai.djl.Model model = ai.djl.Model.newInstance("encoder", Device.cpu(), engine);
      ResNet18 net = new ResNet18();
      NDManager manager = model.getNDManager();
      net.initialize(manager, DataType.FLOAT32, new Shape(1, 3, sizePx, sizePx));
      Path weights = folder.resolve("encoder.safetensors");
      NamedWeights.copyIn(net.namedParameters(), Safetensors.read(weights), weights.toString());
      model.setBlock(net);
      return model;
    }
  }
}
