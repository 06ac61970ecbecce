package io.kerf.training.compiling;

import io.kerf.encoder.tensorrt.PlanKey;
import java.nio.file.Path;
import java.util.List;

/**
 * What the compiling process is to do; {@value #FILE} in its folder.
 *
 * @param bundle folder of the bundle whose encoder is compiled
 * @param key of the plan
 * @param images of this station that plan and ONNX Runtime are compared on
 * @param timings file of measured layers of this GPU
 */
public record CompileOrder(Path bundle, PlanKey key, List<Path> images, Path timings) {
  static final String FILE = "order.json";

  public CompileOrder {
    images = List.copyOf(images);
  }
}
