package io.kerf.encoder;

import io.kerf.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weights as a file from elsewhere holds them, for tests: all zero, with a classifier and batch counters beside. */
public final class ResNet18Weights {
  private ResNet18Weights() {}

  public static Map<String, Tensor> withClassifier() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ResNet18Shapes.byName().forEach((name, shape) -> {
      tensors.put(name, new Tensor(shape.getShape(), new float[(int) shape.size()]));
      if (name.endsWith(".running_var")) {
        tensors.put(name.replace("running_var", "num_batches_tracked"), Tensor.scalar(0));
      }
    });
    tensors.put("fc.weight", new Tensor(new long[] {1000, 512}, new float[512_000]));
    tensors.put("fc.bias", Tensor.vector(new float[1000]));
    return tensors;
  }
}
