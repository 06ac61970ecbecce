package io.kerf.encoder.tensorrt;

import static org.bytedeco.cuda.global.cudart.cudaGetErrorString;
import static org.bytedeco.cuda.global.cudart.cudaSuccess;

import ai.djl.engine.EngineException;

/** Calls to CUDA. */
final class Cuda {
  private Cuda() {}

  /** @throws EngineException with CUDA's own words where it failed */
  static void require(int code, String call) {
    if (code != cudaSuccess) {
      throw new EngineException("CUDA: " + call + " failed: " + words(code));
    }
  }

  static String words(int code) {
    return cudaGetErrorString(code).getString() + " (" + code + ")";
  }
}
