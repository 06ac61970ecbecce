package io.kerf.encoder.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.training.worker.RandomEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In ONNX Runtime, which runs the same scales as TensorRT would. */
class QuantizedGraphTest {
  private static final int SIZE = 64;
  private static final Set<EncoderOutput> ALL = EnumSet.allOf(EncoderOutput.class);

  @TempDir
  private static Path folder;
  private static Path quantized;

  @BeforeAll
  static void quantize() throws Exception {
    RandomEncoder.write(folder, ALL, 3);
    quantized = Files.createDirectories(folder.resolve("quantized")).resolve("encoder.onnx");
    QuantizedGraph.write(folder.resolve("encoder.onnx"), IntStream.range(0, 6).mapToObj(QuantizedGraphTest::image).toList(), SIZE, SIZE, quantized);
  }

  private static float[] image(long seed) {
    Random random = new Random(seed);
    float[] values = new float[3 * SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void theOutputsAreThoseOfTheEncoderButForRounding() {
    float[] unseen = image(99);
    try (Encoder whole = DjlEncoder.load(folder, ALL, DjlEncoder.ONNX_RUNTIME, 1); Encoder rounded = DjlEncoder.load(quantized.getParent(), ALL, DjlEncoder.ONNX_RUNTIME, 1)) {
      for (EncoderOutput output : ALL) {
        float[] exact = whole.encode(SIZE, SIZE, unseen)[0].vector(output);
        float[] coarse = rounded.encode(SIZE, SIZE, unseen)[0].vector(output);
        double error = 0;
        double size = 0;
        for (int i = 0; i < exact.length; i++) {
          error += Math.pow(exact[i] - coarse[i], 2);
          size += Math.pow(exact[i], 2);
        }
        assertThat(Math.sqrt(error / size)).as(output + ": relative error").isBetween(1e-5, 0.1);
      }
    }
  }

  @Test
  void everyConvolutionOfTheNetworkIsInEightBitsAndNoneOfTheHeads() throws Exception {
    OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(Files.readAllBytes(quantized)).getGraph();
    List<OnnxMl.NodeProto> convolutions = graph.getNodeList().stream().filter(node -> node.getOpType().equals("Conv")).toList();
    List<OnnxMl.NodeProto> rounded = convolutions.stream().filter(node -> node.getInput(1).endsWith(".weight.rounded")).toList();
    assertThat(rounded).as("of ResNet-18: 17 and 3 shortcuts").hasSize(20).allMatch(node -> node.getInput(0).endsWith(".rounded"));
    assertThat(convolutions.stream().filter(node -> !rounded.contains(node)).map(node -> node.getInput(1)))
        .allMatch(weight -> weight.startsWith("dense.") || weight.startsWith("local."));
    assertThat(graph.getOutputList().stream().map(OnnxMl.ValueInfoProto::getName)).containsExactlyElementsOf(EncoderOutput.ordered(ALL).stream().map(EncoderOutput::label).toList());
    assertThat(folder.toFile().list()).doesNotContain("ranges.onnx");
  }
}
