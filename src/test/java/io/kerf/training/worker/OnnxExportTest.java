package io.kerf.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.onnx.proto.OnnxMl;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderNet;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.FeatureMap;
import io.kerf.encoder.NamedWeights;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The exported graph in ONNX Runtime against the network it was exported from, in PyTorch. */
class OnnxExportTest {
  private static final Set<EncoderOutput> ALL = EnumSet.allOf(EncoderOutput.class);

  @TempDir
  private static Path folder;
  private static Map<String, Tensor> weights;

  /** As after a training: no scale, shift or running statistic is where it began, so that a fold left out would show. */
  @BeforeAll
  static void export() throws Exception {
    Engine.getEngine("PyTorch").setRandomSeed(5);
    try (Model model = Model.newInstance("parity", Device.cpu(), "PyTorch")) {
      EncoderNet net = new EncoderNet(ALL);
      net.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3, 64, 64));
      weights = NamedWeights.copyOut(net.namedParameters());
    }
    Random random = new Random(6);
    weights.forEach((name, tensor) -> {
      if (tensor.shape().length == 1) {
        boolean positive = name.endsWith("running_var") || name.endsWith(".weight");
        for (int i = 0; i < tensor.values().length; i++) {
          tensor.values()[i] = positive ? 0.5f + random.nextFloat() : 0.2f * (float) random.nextGaussian();
        }
      }
    });
    write(folder, ALL);
  }

  private static void write(Path to, Set<EncoderOutput> outputs) throws Exception {
    Files.createDirectories(to);
    Files.write(to.resolve("encoder.onnx"), OnnxExport.bytes(weights, outputs));
    Files.write(to.resolve("encoder.safetensors"), Safetensors.write(weights, Map.of()));
  }

  private static float[] image(int width, int height, long seed) {
    Random random = new Random(seed);
    float[] values = new float[3 * width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"64, 64", "88, 56", "56, 88", "45, 70"})
  void everyOutputIsTheTrainedNetworksAtAnySize(int width, int height) {
    float[][] images = {image(width, height, 1), image(width, height, 2)};
    try (Encoder trained = DjlEncoder.load(folder, ALL, DjlEncoder.PYTORCH, 1); Encoder exported = DjlEncoder.load(folder, ALL, DjlEncoder.ONNX_RUNTIME, 1)) {
      Encoding[] expected = trained.encode(width, height, images);
      Encoding[] actual = exported.encode(width, height, images);
      for (EncoderOutput output : EncoderOutput.values()) {
        for (int i = 0; i < images.length; i++) {
          FeatureMap map = actual[i].get(output);
          FeatureMap due = expected[i].get(output);
          assertThat(List.of(map.channels(), map.height(), map.width())).as(output.label()).isEqualTo(List.of(due.channels(), due.height(), due.width()));
          assertThat(relativeError(due.values(), map.values())).as(output.label()).isLessThan(1e-4);
          assertThat(relativeError(due.values(), actual[1 - i].vector(output))).as("%s of the other image", output.label()).isGreaterThan(1e-2);
        }
      }
    }
  }

  private static double relativeError(float[] expected, float[] actual) {
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(expected[i] - actual[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  @Test
  void outputsHaveTheExtentsTheirNamesPromise() {
    try (Encoder exported = DjlEncoder.load(folder, ALL, DjlEncoder.ONNX_RUNTIME, 1)) {
      Encoding encoding = exported.encode(88, 56, image(88, 56, 1))[0];
      assertExtent(encoding.get(EncoderOutput.EMBEDDING), 512, 1, 1);
      assertExtent(encoding.get(EncoderOutput.FEATURES), 512, 2, 3);
      assertExtent(encoding.get(EncoderOutput.STATISTICS), 2 * (64 + 128 + 256 + 512), 1, 1);
      assertExtent(encoding.get(EncoderOutput.LOCAL), 64, 7, 11);
      assertExtent(encoding.get(EncoderOutput.DENSE), 1, 14, 22);
    }
  }

  private static void assertExtent(FeatureMap map, int channels, int height, int width) {
    assertThat(List.of(map.channels(), map.height(), map.width())).containsExactly(channels, height, width);
  }

  /** √(mean of squares − squared mean + 1e-6), here in double from the last stage's own map; its deviations stand last. */
  @Test
  void embeddingAndStatisticsAreThoseOfTheMap() {
    try (Encoder exported = DjlEncoder.load(folder, ALL, DjlEncoder.ONNX_RUNTIME, 1)) {
      Encoding encoding = exported.encode(88, 56, image(88, 56, 3))[0];
      FeatureMap features = encoding.get(EncoderOutput.FEATURES);
      float[] statistics = encoding.vector(EncoderOutput.STATISTICS);
      for (int channel = 0; channel < 512; channel++) {
        double sum = 0;
        double squares = 0;
        for (int at = channel * features.area(); at < (channel + 1) * features.area(); at++) {
          sum += features.values()[at];
          squares += (double) features.values()[at] * features.values()[at];
        }
        double mean = sum / features.area();
        double deviation = Math.sqrt(Math.max(0, squares / features.area() - mean * mean) + 1e-6);
        assertThat((double) encoding.vector(EncoderOutput.EMBEDDING)[channel]).isCloseTo(mean, within(1e-5));
        assertThat((double) statistics[960 - 512 + channel]).isCloseTo(mean, within(1e-5));
        assertThat((double) statistics[1920 - 512 + channel]).isCloseTo(deviation, within(2e-4));
      }
    }
  }

  @Test
  void whatIsNotAskedForIsNotThere() throws Exception {
    Set<EncoderOutput> some = EnumSet.of(EncoderOutput.STATISTICS, EncoderOutput.LOCAL, EncoderOutput.DENSE);
    OnnxMl.GraphProto graph = OnnxMl.ModelProto.parseFrom(OnnxExport.bytes(weights, some)).getGraph();
    assertThat(graph.getOutputList()).extracting(OnnxMl.ValueInfoProto::getName).containsExactly("statistics", "local", "dense");
    assertThat(graph.getInitializerList()).extracting(OnnxMl.TensorProto::getName).as("the last stage is of no use here")
        .noneMatch(name -> name.startsWith("layer4.")).anyMatch(name -> name.startsWith("layer3."));
    write(folder.resolve("some"), some);
    float[] image = image(56, 40, 4);
    try (Encoder few = DjlEncoder.load(folder.resolve("some"), some, DjlEncoder.ONNX_RUNTIME, 1);
        Encoder all = DjlEncoder.load(folder, ALL, DjlEncoder.ONNX_RUNTIME, 1)) {
      Encoding encoding = few.encode(56, 40, image)[0];
      Encoding whole = all.encode(56, 40, image)[0];
      assertThat(few.outputs()).isEqualTo(some);
      assertThat(encoding.outputs().keySet()).isEqualTo(some);
      assertThat(encoding.has(EncoderOutput.EMBEDDING)).isFalse();
      assertThatThrownBy(() -> encoding.get(EncoderOutput.EMBEDDING)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("EMBEDDING");
      assertThat(encoding.vector(EncoderOutput.DENSE)).containsExactly(whole.vector(EncoderOutput.DENSE), within(1e-5f));
      float[] statistics = whole.vector(EncoderOutput.STATISTICS);
      float[] means = Arrays.copyOf(statistics, 448);
      float[] deviations = Arrays.copyOfRange(statistics, 960, 960 + 448);
      assertThat(Arrays.copyOf(encoding.vector(EncoderOutput.STATISTICS), 448)).containsExactly(means, within(1e-5f));
      assertThat(Arrays.copyOfRange(encoding.vector(EncoderOutput.STATISTICS), 448, 896)).containsExactly(deviations, within(1e-5f));
    }
  }
}
