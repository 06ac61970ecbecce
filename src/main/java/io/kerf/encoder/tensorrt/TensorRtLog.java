package io.kerf.encoder.tensorrt;

import ai.djl.engine.EngineException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What TensorRT says. Its errors are kept until {@link #require} throws them: a call that logs one has failed, whatever it returned (10.x returns
 * pointers to nothing). It is called from TensorRT's own threads as well, so it neither waits nor throws.
 */
final class TensorRtLog extends ILogger {
  private static final Logger LOG = LoggerFactory.getLogger(TensorRtLog.class);
  private static final int MOST_ERRORS = 50;

  private final Deque<String> errors = new ConcurrentLinkedDeque<>();

  @Override
  public void log(ILogger.Severity severity, String message) {
    try {
      if (severity.value <= ILogger.Severity.kERROR.value) {
        errors.add(message);
        if (errors.size() > MOST_ERRORS) {
          errors.poll();
        }
      } else if (severity.value == ILogger.Severity.kWARNING.value) {
        LOG.warn(message);
      }
    } catch (RuntimeException | Error neverIntoNativeCode) {
      errors.add("its log failed");
    }
  }

  /** What a call returned. @throws EngineException with what TensorRT logged, where that was an error or it returned nothing */
  <T extends Pointer> T require(T returned, String call) {
    String said = said();
    if (returned == null || returned.isNull() || !said.isEmpty()) {
      throw new EngineException("TensorRT: " + call + " failed" + (said.isEmpty() ? "" : ": " + said));
    }
    return returned;
  }

  /** @throws EngineException where a call says that it failed */
  void require(boolean done, String call) {
    if (!done) {
      throw new EngineException("TensorRT: " + call + " failed: " + said());
    }
  }

  private String said() {
    StringBuilder all = new StringBuilder();
    for (String error = errors.poll(); error != null; error = errors.poll()) {
      all.append(all.isEmpty() ? "" : " | ").append(error);
    }
    return all.toString();
  }
}
