package io.kerf.training.worker;

import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.NamedWeights;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import io.kerf.training.Length;
import io.kerf.training.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Writes an untrained encoder for tests, in this process. */
public final class RandomEncoder {
  private RandomEncoder() {}

  public static void write(Path folder, Set<EncoderOutput> outputs, long seed) throws IOException {
    TrainingOrder order = TrainingOrder.pooled(32, new Length.Untrained(), seed, 1);
    try (PretextTraining training = new PretextTraining(order, NormalImages.of(new byte[0][]), folder)) {
      Map<String, Tensor> weights = NamedWeights.copyOut(training.encoder().namedParameters());
      Files.write(folder.resolve("encoder.safetensors"), Safetensors.write(weights, Map.of()));
      Files.write(folder.resolve("encoder.onnx"), OnnxExport.bytes(weights, outputs));
    }
  }
}
