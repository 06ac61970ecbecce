package io.kerf.encoder.tensorrt;

/** What the layers of a plan compute with; its inputs and outputs are {@code float32} in any case. */
public enum Precision {
  FP32,
  /** Half precision where TensorRT finds it faster. */
  FP16,
  /** Convolutions in 8 bits, by the scales that {@link QuantizedGraph} has put into the ONNX file. */
  INT8
}
