package io.kerf.encoder.tensorrt;

import java.nio.FloatBuffer;
import java.util.List;

/** A plan that is loaded on the device. Safe for many threads; owns memory of the device until closed. */
public interface PlanSession extends AutoCloseable {
  /** One output of all images of a batch, {@code [N, …]} float32 in row-major order. */
  record Output(String name, long[] shape, float[] values) {}

  /** Loads a plan. */
  @FunctionalInterface
  interface Loader {
    /**
     * @param plan its bytes, which were verified
     * @throws ai.djl.engine.EngineException with TensorRT's own words where it does not take it
     */
    PlanSession load(byte[] plan, PlanShape shape);
  }

  /**
   * Runs a batch.
   *
   * @param pixels {@code [count, 3, heightPx, widthPx]} float32 from its position on
   * @return the outputs by name, in any order
   * @throws ai.djl.engine.EngineException with TensorRT's or CUDA's own words where it fails, or where the plan is not for such a batch
   */
  List<Output> run(FloatBuffer pixels, int count, int widthPx, int heightPx);

  @Override
  void close();
}
