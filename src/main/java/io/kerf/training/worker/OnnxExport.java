package io.kerf.training.worker;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.kerf.encoder.ResNet18;
import io.kerf.storage.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Writes a ResNet-18 encoder as ONNX (opset {@value #OPSET}), batch normalisation folded into the convolutions.
 *
 * <p>Input {@code image [N,3,S,S]}; outputs {@code embedding [N,512]} and {@code features [N,512,h,w]}; N is free. Folding: with
 * s = γ/√(σ²+ε), the weights become w·s and the bias β − µ·s.
 */
final class OnnxExport {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final Map<String, Tensor> weights;
  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("encoder");
  private int values;

  private OnnxExport(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  /**
   * The model's bytes.
   *
   * @param weights the encoder's tensors under torchvision's names
   * @param sizePx S
   */
  static byte[] bytes(Map<String, Tensor> weights, int sizePx) {
    return new OnnxExport(weights).build(sizePx).toByteArray();
  }

  private OnnxMl.ModelProto build(int sizePx) {
    int side = (sizePx + 31) / 32;
    graph.addInput(value("image", 3, sizePx, sizePx));
    String at = relu(conv("image", "conv1", "bn1", 7, 2), null);
    at = node("MaxPool", null, at).addAttribute(ints("kernel_shape", 3, 3)).addAttribute(ints("strides", 2, 2))
        .addAttribute(ints("pads", 1, 1, 1, 1)).getOutput(0);
    for (int unit = 0; unit < 8; unit++) {
      at = unit(at, "layer" + (unit / 2 + 1) + "." + unit % 2 + ".", unit >= 2 && unit % 2 == 0 ? 2 : 1, unit == 7 ? "features" : null);
    }
    String pooled = node("GlobalAveragePool", null, at).getOutput(0);
    node("Flatten", "embedding", pooled).addAttribute(
        OnnxMl.AttributeProto.newBuilder().setName("axis").setType(OnnxMl.AttributeProto.AttributeType.INT).setI(1));
    graph.addOutput(value("embedding", 512)).addOutput(value("features", 512, side, side));
    return OnnxMl.ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("kerf")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET)).setGraph(graph).build();
  }

  private String unit(String input, String prefix, int stride, String output) {
    String inner = relu(conv(input, prefix + "conv1", prefix + "bn1", 3, stride), null);
    inner = conv(inner, prefix + "conv2", prefix + "bn2", 3, 1);
    String shortcut = weights.containsKey(prefix + "downsample.0.weight")
        ? conv(input, prefix + "downsample.0", prefix + "downsample.1", 1, stride)
        : input;
    return relu(node("Add", null, inner, shortcut).getOutput(0), output);
  }

  private String conv(String input, String conv, String norm, int kernel, int stride) {
    Tensor weight = weights.get(conv + ".weight");
    float[] gamma = weights.get(norm + ".weight").values();
    float[] beta = weights.get(norm + ".bias").values();
    float[] mean = weights.get(norm + ".running_mean").values();
    float[] variance = weights.get(norm + ".running_var").values();
    float[] folded = weight.values().clone();
    float[] bias = new float[gamma.length];
    int perFilter = folded.length / gamma.length;
    for (int filter = 0; filter < gamma.length; filter++) {
      double scale = gamma[filter] / Math.sqrt(variance[filter] + (double) ResNet18.EPSILON);
      bias[filter] = (float) (beta[filter] - mean[filter] * scale);
      for (int i = filter * perFilter; i < (filter + 1) * perFilter; i++) {
        folded[i] = (float) (folded[i] * scale);
      }
    }
    initializer(conv + ".weight", weight.shape(), folded);
    initializer(conv + ".bias", new long[] {bias.length}, bias);
    int pad = kernel / 2;
    return node("Conv", null, input, conv + ".weight", conv + ".bias").addAttribute(ints("kernel_shape", kernel, kernel))
        .addAttribute(ints("strides", stride, stride)).addAttribute(ints("pads", pad, pad, pad, pad)).getOutput(0);
  }

  private String relu(String input, String output) {
    return node("Relu", output, input).getOutput(0);
  }

  private OnnxMl.NodeProto.Builder node(String operator, String output, String... inputs) {
    String out = output == null ? "v" + values++ : output;
    return graph.addNodeBuilder().setOpType(operator).setName(operator + "_" + out).addAllInput(java.util.List.of(inputs)).addOutput(out);
  }

  private void initializer(String name, long[] shape, float[] numbers) {
    ByteBuffer raw = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(numbers);
    OnnxMl.TensorProto.Builder tensor = graph.addInitializerBuilder().setName(name)
        .setDataType(OnnxMl.TensorProto.DataType.FLOAT.getNumber()).setRawData(ByteString.copyFrom(raw.array()));
    for (long extent : shape) {
      tensor.addDims(extent);
    }
  }

  private static OnnxMl.AttributeProto ints(String name, long... numbers) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INTS);
    for (long number : numbers) {
      attribute.addInts(number);
    }
    return attribute.build();
  }

  private static OnnxMl.ValueInfoProto value(String name, long... extents) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    for (long extent : extents) {
      shape.addDimBuilder().setDimValue(extent);
    }
    return OnnxMl.ValueInfoProto.newBuilder().setName(name).setType(OnnxMl.TypeProto.newBuilder().setTensorType(
        OnnxMl.TypeProto.Tensor.newBuilder().setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
  }
}
