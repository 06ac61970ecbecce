package io.kerf.encoder.tensorrt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.storage.Sha256;

/**
 * What a plan is good for. A plan runs only on the GPU and the TensorRT that it was built with, so where any of this changes there is no plan under the
 * new key, and one is compiled.
 *
 * @param jetsonLinux release of the board's software, such as {@code 36.4.3}, or {@code none}
 * @param tensorRt version of the library, such as {@code 10.3.0}
 * @param gpu its name
 * @param computeCapability such as {@code 8.7}
 * @param onnxSha256 of the encoder that it was compiled from
 */
public record PlanKey(String jetsonLinux, String tensorRt, String gpu, String computeCapability, String onnxSha256, Precision precision, PlanShape shape) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 64 hexadecimal digits: the name of the plan's folder. */
  public String digest() {
    try {
      return Sha256.of(JSON.writeValueAsBytes(this));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
