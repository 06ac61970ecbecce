package io.kerf.encoder.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferRuntime;

import ai.djl.engine.EngineException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/**
 * A plan on the GPU. Each run takes an {@link ExecutionContext} with its stream and buffers from a pool and gives it back, so there are as many as runs
 * were ever made at once, and none allocates on the device. All of it is freed at close, engine and runtime after their contexts.
 */
final class TensorRtSession implements PlanSession {
  private final TensorRtLog log = new TensorRtLog();
  private final PlanShape shape;
  private final IRuntime runtime;
  private final ICudaEngine engine;
  private final ConcurrentLinkedQueue<ExecutionContext> idle = new ConcurrentLinkedQueue<>();

  private TensorRtSession(byte[] plan, PlanShape shape) {
    this.shape = shape;
    this.runtime = log.require(createInferRuntime(log), "createInferRuntime");
    ICudaEngine loaded = null;
    try (BytePointer bytes = new BytePointer(plan.length)) {
      bytes.put(plan, 0, plan.length);
      loaded = log.require(runtime.deserializeCudaEngine(bytes, plan.length), "deserializeCudaEngine");
    } finally {
      if (loaded == null) {
        NativeDestructor.delete(runtime);
      }
    }
    this.engine = loaded;
  }

  /** As {@link PlanSession.Loader} promises. @throws EngineException where this machine runs no plans */
  static PlanSession load(byte[] plan, PlanShape shape) {
    if (TensorRt.availability() instanceof TensorRt.Availability.Declined declined) {
      throw new EngineException(declined.reason());
    }
    return new TensorRtSession(plan, shape);
  }

  @Override
  public List<Output> run(FloatBuffer pixels, int count, int widthPx, int heightPx) {
    if (!shape.takes(count, widthPx, heightPx)) {
      throw new EngineException("The plan is for " + shape + ", not for " + count + " images of " + widthPx + "×" + heightPx + " px");
    }
    ExecutionContext context = idle.poll();
    if (context == null) {
      context = new ExecutionContext(engine, shape, log);
    }
    boolean sound = false;
    try {
      List<Output> outputs = context.run(pixels, count, widthPx, heightPx);
      sound = true;
      return outputs;
    } finally {
      if (sound) {
        idle.add(context);
      } else {
        context.close();
      }
    }
  }

  @Override
  public void close() {
    for (ExecutionContext context = idle.poll(); context != null; context = idle.poll()) {
      context.close();
    }
    NativeDestructor.delete(engine);
    NativeDestructor.delete(runtime);
  }
}
