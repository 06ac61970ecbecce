package io.kerf.training.worker;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.Encoding;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.nio.file.Path;

/** Compares the exported encoder in ONNX Runtime with the network that was trained, on real images. */
final class ExportCheck {
  private static final double LARGEST_RELATIVE_ERROR = 1e-4;

  private ExportCheck() {}

  /**
   * Largest difference relative to the largest absolute value, over embeddings and feature maps.
   *
   * @param images standardised, {@code [3,S,S]} each
   * @throws FaultException {@link Fault#EXPORT_DISAGREES} above 1e-4
   */
  static double relativeError(PretextTraining training, Path folder, int sizePx, float[][] images) {
    double worst = 0;
    try (Encoder exported = DjlEncoder.load(folder, DjlEncoder.ONNX_RUNTIME, sizePx, 1)) {
      for (float[] image : images) {
        Encoding onnx = exported.encode(image)[0];
        try (NDManager local = training.manager().newSubManager()) {
          NDList outputs = training.encoder().forward(
              new ParameterStore(local, false), new NDList(local.create(image, new Shape(1, 3, sizePx, sizePx))), false);
          worst = Math.max(worst, relativeError(outputs.get(0).toFloatArray(), onnx.embedding()));
          worst = Math.max(worst, relativeError(outputs.get(1).toFloatArray(), onnx.features()));
        }
      }
    }
    if (!(worst <= LARGEST_RELATIVE_ERROR)) {
      throw new FaultException(Fault.EXPORT_DISAGREES, "The ONNX encoder differs from the trained one by " + worst + " of the largest value, more than "
          + LARGEST_RELATIVE_ERROR + ". It is not used; train again, and report this if it repeats.");
    }
    return worst;
  }

  private static double relativeError(float[] expected, float[] actual) {
    double difference = expected.length == actual.length ? 0 : Double.NaN;
    double largest = 1e-12;
    for (int i = 0; i < Math.min(expected.length, actual.length); i++) {
      difference = Math.max(difference, Math.abs((double) expected[i] - actual[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }
}
