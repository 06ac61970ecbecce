package io.kerf.encoder.tensorrt;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An encoder whose convolutions say how to compute in 8 bits: what goes into each, and its weights, pass QuantizeLinear and DequantizeLinear, which TensorRT
 * and ONNX Runtime fold into integer arithmetic. q = round(x/s) in [−127, 127] without offset, as TensorRT asks; s = max|x|/127, over the images of this
 * station for what goes in, by filter for weights. The heads that read the stages off are 1×1 and few, and stay as they are.
 */
public final class QuantizedGraph {
  private static final float LEVELS = 127;
  /** What the image does not reach at all would be divided by nothing. */
  private static final float LEAST_RANGE = 1e-6f;
  private static final Set<String> LEFT = Set.of("dense.", "local.");

  private QuantizedGraph() {}

  /**
   * Writes it.
   *
   * @param onnx the encoder as it was trained
   * @param images standardised, {@code [3, heightPx, widthPx]} each; at least one
   * @param quantized file to write
   */
  public static void write(Path onnx, List<float[]> images, int widthPx, int heightPx, Path quantized) throws IOException {
    OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(onnx));
    Map<String, Float> ranges = new LinkedHashMap<>();
    for (OnnxMl.NodeProto node : model.getGraph().getNodeList()) {
      if (isQuantized(node)) {
        ranges.put(node.getInput(0), LEAST_RANGE);
      }
    }
    Path measuring = quantized.resolveSibling("ranges.onnx");
    Files.write(measuring, measuring(model, ranges.keySet()).toByteArray());
    measure(measuring, images, widthPx, heightPx, ranges);
    Files.delete(measuring);
    Files.write(quantized, quantized(model, ranges).toByteArray());
  }

  private static boolean isQuantized(OnnxMl.NodeProto node) {
    return node.getOpType().equals("Conv") && LEFT.stream().noneMatch(node.getInput(1)::startsWith);
  }

  /** The model with the largest amount of each of these as its one output, {@code [1, K, 1, 1]}. */
  private static OnnxMl.ModelProto measuring(OnnxMl.ModelProto model, Set<String> names) {
    OnnxMl.GraphProto.Builder graph = model.getGraph().toBuilder().clearOutput();
    List<String> largest = new ArrayList<>();
    for (String name : names) {
      graph.addNode(node("Abs", name + ".amount", name));
      graph.addNode(node("ReduceMax", name + ".largest", name + ".amount"));
      largest.add(name + ".largest");
    }
    graph.addNode(node("Concat", "ranges", largest.toArray(String[]::new)).toBuilder().addAttribute(axis(1)));
    graph.addOutput(OnnxMl.ValueInfoProto.newBuilder().setName("ranges").setType(OnnxMl.TypeProto.newBuilder()
        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder().setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber()))));
    return model.toBuilder().setGraph(graph).build();
  }

  private static void measure(Path measuring, List<float[]> images, int widthPx, int heightPx, Map<String, Float> ranges) throws IOException {
    Criteria<NDList, NDList> criteria = Criteria.builder().setTypes(NDList.class, NDList.class).optEngine("OnnxRuntime").optDevice(Device.cpu()).optModelPath(measuring).build();
    List<String> names = List.copyOf(ranges.keySet());
    try (ZooModel<NDList, NDList> model = criteria.loadModel(); Predictor<NDList, NDList> predictor = model.newPredictor()) {
      for (float[] image : images) {
        try (NDManager manager = model.getNDManager().newSubManager()) {
          float[] largest = predictor.predict(new NDList(manager.create(FloatBuffer.wrap(image), new Shape(1, 3, heightPx, widthPx)))).get(0).toFloatArray();
          for (int i = 0; i < largest.length; i++) {
            ranges.merge(names.get(i), largest[i], Math::max);
          }
        }
      }
    } catch (ModelNotFoundException | MalformedModelException | TranslateException | EngineException e) {
      throw new FaultException(Fault.COMPILATION_FAILED, "The encoder could not be measured for 8 bits: " + e.getMessage(), e);
    }
  }

  private static OnnxMl.ModelProto quantized(OnnxMl.ModelProto model, Map<String, Float> ranges) {
    OnnxMl.GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
    Map<String, OnnxMl.TensorProto> weights = new HashMap<>();
    model.getGraph().getInitializerList().forEach(tensor -> weights.put(tensor.getName(), tensor));
    Set<String> done = new HashSet<>();
    for (OnnxMl.NodeProto node : model.getGraph().getNodeList()) {
      if (!isQuantized(node)) {
        graph.addNode(node);
        continue;
      }
      String input = node.getInput(0);
      if (done.add(input)) {
        rounded(graph, input, new float[] {ranges.get(input) / LEVELS}, true);
      }
      rounded(graph, node.getInput(1), scales(weights.get(node.getInput(1))), false);
      graph.addNode(node.toBuilder().setInput(0, input + ".rounded").setInput(1, node.getInput(1) + ".rounded"));
    }
    return model.toBuilder().setGraph(graph).build();
  }

  /** max|w|/127 of each filter. */
  private static float[] scales(OnnxMl.TensorProto weight) {
    FloatBuffer values = weight.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] scales = new float[(int) weight.getDims(0)];
    int perFilter = values.remaining() / scales.length;
    for (int i = 0; i < values.limit(); i++) {
      scales[i / perFilter] = Math.max(scales[i / perFilter], Math.abs(values.get(i)) / LEVELS);
    }
    for (int i = 0; i < scales.length; i++) {
      scales[i] = Math.max(scales[i], LEAST_RANGE / LEVELS);
    }
    return scales;
  }

  /** {@code name.rounded}: what 8 bits leave of a value. @param whole with one scale, else with one for each index of the first axis */
  private static void rounded(OnnxMl.GraphProto.Builder graph, String name, float[] scales, boolean whole) {
    ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * scales.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(scales);
    graph.addInitializer(initializer(name + ".scale", OnnxMl.TensorProto.DataType.FLOAT, raw.array(), whole ? 0 : scales.length));
    graph.addInitializer(initializer(name + ".zero", OnnxMl.TensorProto.DataType.INT8, new byte[scales.length], whole ? 0 : scales.length));
    OnnxMl.NodeProto.Builder down = node("QuantizeLinear", name + ".integer", name, name + ".scale", name + ".zero").toBuilder();
    OnnxMl.NodeProto.Builder up = node("DequantizeLinear", name + ".rounded", name + ".integer", name + ".scale", name + ".zero").toBuilder();
    graph.addNode(whole ? down : down.addAttribute(axis(0)));
    graph.addNode(whole ? up : up.addAttribute(axis(0)));
  }

  /** @param extent 0 for a scalar */
  private static OnnxMl.TensorProto initializer(String name, OnnxMl.TensorProto.DataType type, byte[] raw, int extent) {
    OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder().setName(name).setDataType(type.getNumber()).setRawData(ByteString.copyFrom(raw));
    return (extent == 0 ? tensor : tensor.addDims(extent)).build();
  }

  private static OnnxMl.NodeProto node(String operator, String output, String... inputs) {
    return OnnxMl.NodeProto.newBuilder().setOpType(operator).setName(operator + "_" + output).addAllInput(List.of(inputs)).addOutput(output).build();
  }

  private static OnnxMl.AttributeProto axis(int axis) {
    return OnnxMl.AttributeProto.newBuilder().setName("axis").setType(OnnxMl.AttributeProto.AttributeType.INT).setI(axis).build();
  }
}
