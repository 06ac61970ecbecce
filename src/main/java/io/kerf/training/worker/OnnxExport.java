package io.kerf.training.worker;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import io.kerf.encoder.EncoderNet;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.ResNet18;
import io.kerf.storage.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes an encoder as ONNX (opset {@value #OPSET}), batch normalisation folded into the convolutions.
 *
 * <p>Input {@code image [N,3,H,W]}, all but the channels free; the outputs of {@link EncoderOutput} that are asked for, in its order.
 * Folding: with s = γ/√(σ²+ε), the weights become w·s and the bias β − µ·s.
 */
final class OnnxExport {
  private static final int OPSET = 13;
  private static final int IR_VERSION = 7;

  private final Map<String, Tensor> weights;
  private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder().setName("encoder");
  private int values;
  private boolean shapesPrepared;

  private OnnxExport(Map<String, Tensor> weights) {
    this.weights = weights;
  }

  /**
   * The model's bytes.
   *
   * @param weights the encoder's tensors: torchvision's names, {@code dense.*} and {@code local.*}
   */
  static byte[] bytes(Map<String, Tensor> weights, Set<EncoderOutput> outputs) {
    return new OnnxExport(weights).build(EncoderOutput.ordered(outputs), EncoderOutput.stages(outputs)).toByteArray();
  }

  private OnnxMl.ModelProto build(List<EncoderOutput> outputs, int stages) {
    graph.addInput(value("image", "N", 3, "H", "W"));
    String at = relu(conv("image", "conv1", "bn1", 7, 2), null);
    at = node("MaxPool", null, at).addAttribute(ints("kernel_shape", 3, 3)).addAttribute(ints("strides", 2, 2))
        .addAttribute(ints("pads", 1, 1, 1, 1)).getOutput(0);
    List<String> maps = new ArrayList<>();
    for (int unit = 0; unit < 2 * stages; unit++) {
      String output = unit == 7 && outputs.contains(EncoderOutput.FEATURES) ? EncoderOutput.FEATURES.label() : null;
      at = unit(at, "layer" + (unit / 2 + 1) + "." + unit % 2 + ".", unit >= 2 && unit % 2 == 0 ? 2 : 1, output);
      if (unit % 2 == 1) {
        maps.add(at);
      }
    }
    outputs.forEach(output -> output(output, maps));
    return OnnxMl.ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("kerf")
        .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET)).setGraph(graph).build();
  }

  private void output(EncoderOutput output, List<String> stages) {
    String name = output.label();
    switch (output) {
      case EMBEDDING -> {
        mean(name, stages.get(3));
        graph.addOutput(value(name, "N", 512));
      }
      case FEATURES -> graph.addOutput(value(name, "N", 512, "h32", "w32"));
      case STATISTICS -> {
        statistics(name, stages);
        graph.addOutput(value(name, "N", "statistics"));
      }
      case LOCAL -> {
        String fine = pointwise(stages.get(1), "local.stage2", null);
        node("Add", name, fine, enlarged(pointwise(stages.get(2), "local.stage3", null), fine));
        graph.addOutput(value(name, "N", weights.get("local.stage2.weight").shape()[0], "h8", "w8"));
      }
      case DENSE -> {
        dense(name, stages);
        graph.addOutput(value(name, "N", 1, "h4", "w4"));
      }
    }
  }

  private void mean(String name, String map) {
    String pooled = node("GlobalAveragePool", null, map).getOutput(0);
    node("Flatten", name, pooled).addAttribute(integer("axis", 1));
  }

  /** E[x] of each stage, then √(max(0, E[x²] − E[x]²) + ε). */
  private void statistics(String name, List<String> stages) {
    initializer("zero", new long[0], new float[] {0});
    initializer("leastVariance", new long[0], new float[] {EncoderNet.LEAST_VARIANCE});
    List<String> parts = new ArrayList<>();
    List<String> deviations = new ArrayList<>();
    for (String stage : stages) {
      String mean = stage + ".mean";
      String meanSquare = stage + ".meanSquare";
      mean(mean, stage);
      mean(meanSquare, node("Mul", null, stage, stage).getOutput(0));
      String variance = node("Sub", null, meanSquare, node("Mul", null, mean, mean).getOutput(0)).getOutput(0);
      variance = node("Add", null, node("Max", null, variance, "zero").getOutput(0), "leastVariance").getOutput(0);
      parts.add(mean);
      deviations.add(node("Sqrt", null, variance).getOutput(0));
    }
    parts.addAll(deviations);
    node("Concat", name, parts.toArray(String[]::new)).addAttribute(integer("axis", 1));
  }

  /** The norm between the two convolutions becomes a scale of the first's filters, which are three, and one bias. */
  private void dense(String name, List<String> stages) {
    float[] gamma = weights.get("dense.norm.weight").values();
    float[] beta = weights.get("dense.norm.bias").values();
    float[] mean = weights.get("dense.norm.running_mean").values();
    float[] variance = weights.get("dense.norm.running_var").values();
    float[] scale = new float[gamma.length];
    float[] bias = new float[gamma.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = (float) (gamma[i] / Math.sqrt(variance[i] + (double) ResNet18.EPSILON));
      bias[i] = beta[i] - mean[i] * scale[i];
    }
    String sum = pointwise(stages.get(0), "dense.stage1", scale);
    for (int stage = 2; stage <= 3; stage++) {
      String reduced = pointwise(stages.get(stage - 1), "dense.stage" + stage, scale);
      sum = node("Add", null, sum, enlarged(reduced, stages.get(0))).getOutput(0);
    }
    initializer("dense.norm.shift", new long[] {1, bias.length, 1, 1}, bias);
    String hidden = relu(node("Add", null, sum, "dense.norm.shift").getOutput(0), null);
    Tensor out = weights.get("dense.out.weight");
    initializer("dense.out.weight", out.shape(), out.values());
    initializer("dense.out.bias", new long[] {1}, weights.get("dense.out.bias").values());
    node("Conv", name, hidden, "dense.out.weight", "dense.out.bias").addAttribute(ints("kernel_shape", 1, 1));
  }

  /** A 1×1 convolution without bias. @param scale of each filter, or null */
  private String pointwise(String input, String name, float[] scale) {
    Tensor weight = weights.get(name + ".weight");
    float[] values = weight.values().clone();
    int perFilter = (int) weight.shape()[1];
    for (int i = 0; scale != null && i < values.length; i++) {
      values[i] *= scale[i / perFilter];
    }
    initializer(name + ".weight", weight.shape(), values);
    return node("Conv", null, input, name + ".weight").addAttribute(ints("kernel_shape", 1, 1)).getOutput(0);
  }

  /** Bilinear to the extent of {@code like}, as torch does without aligned corners. */
  private String enlarged(String map, String like) {
    if (!shapesPrepared) {
      shapesPrepared = true;
      indices("two", 2);
      indices("four", 4);
      indices("none", 0);
      initializer("noRegion", new long[] {0}, new float[0]);
      initializer("noScales", new long[] {0}, new float[0]);
    }
    String own = node("Slice", null, node("Shape", null, map).getOutput(0), "none", "two").getOutput(0);
    String wanted = node("Slice", null, node("Shape", null, like).getOutput(0), "two", "four").getOutput(0);
    String sizes = node("Concat", null, own, wanted).addAttribute(integer("axis", 0)).getOutput(0);
    return node("Resize", null, map, "noRegion", "noScales", sizes).addAttribute(text("mode", "linear"))
        .addAttribute(text("coordinate_transformation_mode", "pytorch_half_pixel")).getOutput(0);
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
    return graph.addNodeBuilder().setOpType(operator).setName(operator + "_" + out).addAllInput(List.of(inputs)).addOutput(out);
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

  private void indices(String name, long value) {
    ByteBuffer raw = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, value);
    graph.addInitializerBuilder().setName(name).setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber()).addDims(1).setRawData(ByteString.copyFrom(raw.array()));
  }

  private static OnnxMl.AttributeProto integer(String name, long number) {
    return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.INT).setI(number).build();
  }

  private static OnnxMl.AttributeProto text(String name, String value) {
    return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(value)).build();
  }

  /** @param extents numbers where they are fixed, names where they are free */
  private static OnnxMl.ValueInfoProto value(String name, Object... extents) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (Object extent : extents) {
      if (extent instanceof Number fixed) {
        shape.addDimBuilder().setDimValue(fixed.longValue());
      } else {
        shape.addDimBuilder().setDimParam(extent.toString());
      }
    }
    return OnnxMl.ValueInfoProto.newBuilder().setName(name).setType(OnnxMl.TypeProto.newBuilder().setTensorType(
        OnnxMl.TypeProto.Tensor.newBuilder().setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber()).setShape(shape))).build();
  }
}
