package io.kerf.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The network, its names and its export against torchvision 0.14 (torch 1.13). There: {@code resnet18(weights=None)} without {@code fc},
 * in eval mode; the k-th tensor of the state dict (from 1, batch counters left out) filled with w = sin(0.37·i + k): convolutions w·√(2/(out·kh·kw)),
 * running variances 1 + 0.5w, other weights 1 + 0.1w, the rest 0.1w; input sin(0.01·i), [1,3,64,64].
 */
class TorchvisionParityTest {
  private static final int SIZE = 64;
  private static final Set<EncoderOutput> OUTPUTS = EnumSet.of(EncoderOutput.EMBEDDING, EncoderOutput.FEATURES);
  private static final float[] FIRST_SIX = {0.05719333f, 0.04289208f, 0.06117238f, 0.09240017f, 0.12249596f, 0.12021548f};
  private static final double SUM = 37.72316360473633;
  private static final double NORM = 1.9360445737838745;

  @TempDir
  private static Path folder;

  @BeforeAll
  static void export() throws Exception {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    try (Model model = Model.newInstance("parity", Device.cpu(), "PyTorch")) {
      EncoderNet net = new EncoderNet(OUTPUTS);
      net.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3, SIZE, SIZE));
      int k = 0;
      for (Map.Entry<String, Parameter> entry : net.namedParameters().entrySet()) {
        weights.put(entry.getKey(), formula(entry.getKey(), entry.getValue().getArray().getShape().getShape(), ++k));
      }
      NamedWeights.copyIn(net.namedParameters(), weights, "formula");
    }
    Files.write(folder.resolve("encoder.onnx"), OnnxExport.bytes(weights, OUTPUTS));
    Files.write(folder.resolve("encoder.safetensors"), Safetensors.write(weights, Map.of()));
  }

  private static Tensor formula(String name, long[] shape, int k) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      double w = Math.sin(0.37 * i + k);
      values[i] = (float) (shape.length == 4 ? w * Math.sqrt(2.0 / (shape[0] * shape[2] * shape[3]))
          : name.endsWith("running_var") ? 1 + 0.5 * w : name.endsWith(".weight") ? 1 + 0.1 * w : 0.1 * w);
    }
    return new Tensor(shape, values);
  }

  @ParameterizedTest
  @ValueSource(strings = {DjlEncoder.ONNX_RUNTIME, DjlEncoder.PYTORCH})
  void bothEnginesComputeTorchvisionsEmbedding(String engine) {
    float[] image = new float[3 * SIZE * SIZE];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(0.01 * i);
    }
    try (Encoder encoder = DjlEncoder.load(folder, OUTPUTS, engine, 1)) {
      Encoding encoding = encoder.encode(SIZE, SIZE, image)[0];
      float[] embedding = encoding.vector(EncoderOutput.EMBEDDING);
      FeatureMap features = encoding.get(EncoderOutput.FEATURES);
      assertThat(Arrays.copyOf(embedding, 6)).containsExactly(FIRST_SIX, within(2e-6f));
      double sum = 0;
      double squares = 0;
      for (float value : embedding) {
        sum += value;
        squares += (double) value * value;
      }
      assertThat(sum).isCloseTo(SUM, within(1e-3));
      assertThat(Math.sqrt(squares)).isCloseTo(NORM, within(1e-5));
      assertThat(features.height()).isEqualTo(2);
      double mean = (features.values()[0] + features.values()[1] + features.values()[2] + features.values()[3]) / 4.0;
      assertThat(mean).isCloseTo(embedding[0], within(1e-5));
    }
  }

  @Test
  void theNamesAreTorchvisions() {
    List<String> names = Safetensors.read(folder.resolve("encoder.safetensors")).keySet().stream()
        .filter(name -> !name.startsWith("dense.") && !name.startsWith("local.")).toList();
    assertThat(names).hasSize(100).startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "layer1.0.conv1.weight")
        .contains("layer2.0.downsample.0.weight", "layer2.0.downsample.1.running_var").endsWith("layer4.1.bn2.running_var");
  }
}
