package io.kerf.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Moves numbers between initialised parameters and tensors of the same names. */
public final class NamedWeights {
  private NamedWeights() {}

  /** Copies every parameter out. */
  public static Map<String, Tensor> copyOut(Map<String, Parameter> parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> {
      NDArray array = parameter.getArray();
      tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray()));
    });
    return tensors;
  }

  /**
   * Copies every parameter in. Tensors that no parameter asks for (a classifier, batch counters) are left alone.
   *
   * @param source where the tensors came from, for messages
   * @throws FaultException {@link Fault#WEIGHTS_INVALID} naming all missing, misshapen and non-finite tensors; nothing is changed then
   */
  public static void copyIn(Map<String, Parameter> parameters, Map<String, Tensor> tensors, String source) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach((name, parameter) -> shapes.put(name, parameter.getArray().getShape()));
    requireFit(shapes, tensors, source);
    parameters.forEach((name, parameter) -> parameter.getArray().set(tensors.get(name).values()));
  }

  /**
   * Sees that weights from elsewhere hold every tensor of a {@link ResNet18}, as {@link #copyIn} would, without starting an engine.
   *
   * @param source where the tensors came from, for messages
   * @throws FaultException {@link Fault#WEIGHTS_INVALID} naming the missing, misshapen and non-finite tensors
   */
  public static void requireResNet18(Map<String, Tensor> tensors, String source) {
    requireFit(ResNet18Shapes.byName(), tensors, source);
  }

  private static void requireFit(Map<String, Shape> shapes, Map<String, Tensor> tensors, String source) {
    List<String> problems = new ArrayList<>();
    shapes.forEach((name, wanted) -> {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        problems.add(name + " is missing");
      } else if (!new Shape(tensor.shape()).equals(wanted)) {
        problems.add(name + " has the shape " + new Shape(tensor.shape()) + " instead of " + wanted);
      } else if (!finite(tensor.values())) {
        problems.add(name + " holds numbers that are not finite");
      }
    });
    if (!problems.isEmpty()) {
      int shown = Math.min(6, problems.size());
      throw new FaultException(Fault.WEIGHTS_INVALID, source + " does not fit a ResNet-18: " + String.join("; ", problems.subList(0, shown))
          + (problems.size() > shown ? "; and " + (problems.size() - shown) + " more" : "")
          + ". Give a safetensors file with torchvision's ResNet-18 names.");
    }
  }

  private static boolean finite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
