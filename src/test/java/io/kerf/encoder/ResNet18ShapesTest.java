package io.kerf.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResNet18ShapesTest {
  @Test
  void areThoseOfTheNetworkInItsOrder() {
    List<Map.Entry<String, Shape>> real = new ArrayList<>();
    try (Model model = Model.newInstance("shapes", Device.cpu(), "PyTorch")) {
      ResNet18 net = new ResNet18(ResNet18.STAGES);
      net.initialize(model.getNDManager(), DataType.FLOAT32, new Shape(1, 3, 64, 64));
      net.namedParameters().forEach((name, parameter) -> real.add(Map.entry(name, parameter.getArray().getShape())));
    }
    assertThat(List.copyOf(ResNet18Shapes.byName().entrySet())).isEqualTo(real);
  }

  /** torchvision documents 11,689,512 parameters; 513,000 of them are the classifier. Running means and variances, 2 · 4,800, come on top. */
  @Test
  void addUpToTorchvisionsCount() {
    assertThat(ResNet18Shapes.byName().values().stream().mapToLong(Shape::size).sum()).isEqualTo(11_689_512 - 513_000 + 9_600);
  }

  @Test
  void whatLacksATensorOrHasAWrongOneIsNoResNet18() {
    Map<String, Tensor> weights = ResNet18Weights.withClassifier();
    assertThatCode(() -> NamedWeights.requireResNet18(weights, "whole")).doesNotThrowAnyException();
    weights.remove("layer3.0.downsample.0.weight");
    weights.put("conv1.weight", new Tensor(new long[] {64, 1, 7, 7}, new float[64 * 49]));
    weights.get("bn1.running_var").values()[3] = Float.NaN;
    assertThatThrownBy(() -> NamedWeights.requireResNet18(weights, "some.safetensors")).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.WEIGHTS_INVALID);
      assertThat(e.detail()).contains("some.safetensors does not fit", "layer3.0.downsample.0.weight is missing",
          "conv1.weight has the shape (64, 1, 7, 7) instead of (64, 3, 7, 7)", "bn1.running_var holds numbers that are not finite");
    });
  }
}
