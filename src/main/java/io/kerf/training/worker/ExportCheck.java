package io.kerf.training.worker;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderNet;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.NamedWeights;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Preprocessing;
import io.kerf.storage.Safetensors;
import io.kerf.training.TrainingOrder;
import java.nio.file.Path;
import java.util.List;

/** Compares the exported encoder in ONNX Runtime with the same weights in the network they were trained in, on real images. */
final class ExportCheck {
  private static final double LARGEST_RELATIVE_ERROR = 1e-4;

  private ExportCheck() {}

  /**
   * Largest difference relative to the largest absolute value, over all outputs. Reads both files as they were written.
   *
   * @param images standardised, {@code [3,H,W]} each
   * @throws FaultException {@link Fault#EXPORT_DISAGREES} above 1e-4
   */
  static double relativeError(NDManager manager, Path folder, TrainingOrder order, float[][] images) {
    Preprocessing frame = order.preprocessing();
    double worst = 0;
    EncoderNet net = new EncoderNet(order.outputs());
    try (NDManager own = manager.newSubManager(); Encoder exported = DjlEncoder.load(folder, order.outputs(), DjlEncoder.ONNX_RUNTIME, 1)) {
      net.initialize(own, DataType.FLOAT32, new Shape(1, 3, frame.heightPx(), frame.widthPx()));
      Path weights = folder.resolve("encoder.safetensors");
      NamedWeights.copyIn(net.namedParameters(), Safetensors.read(weights), weights.toString());
      List<EncoderOutput> outputs = EncoderOutput.ordered(order.outputs());
      for (float[] image : images) {
        Encoding onnx = exported.encode(frame.widthPx(), frame.heightPx(), image)[0];
        try (NDManager local = own.newSubManager()) {
          NDList trained = net.forward(new ParameterStore(local, false),
              new NDList(local.create(image, new Shape(1, 3, frame.heightPx(), frame.widthPx()))), false);
          for (int i = 0; i < outputs.size(); i++) {
            worst = Math.max(worst, relativeError(trained.get(i).toFloatArray(), onnx.vector(outputs.get(i))));
          }
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
