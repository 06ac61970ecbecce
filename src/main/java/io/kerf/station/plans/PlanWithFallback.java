package io.kerf.station.plans;

import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.fault.FaultException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An encoder that runs as a plan until that fails once, and then on ONNX Runtime: the part at hand is judged, and every later one. A GPU that has failed a
 * process goes on failing it.
 */
final class PlanWithFallback implements Encoder {
  private final Encoder plan;
  private final Supplier<Encoder> otherwise;
  private final Consumer<FaultException> failed;
  private volatile Encoder replacement;
  private boolean closed;

  /**
   * @param otherwise opens the encoder on ONNX Runtime
   * @param failed hears why, once
   */
  PlanWithFallback(Encoder plan, Supplier<Encoder> otherwise, Consumer<FaultException> failed) {
    this.plan = plan;
    this.otherwise = otherwise;
    this.failed = failed;
  }

  @Override
  public Set<EncoderOutput> outputs() {
    return plan.outputs();
  }

  @Override
  public String engine() {
    Encoder other = replacement;
    return other == null ? plan.engine() : other.engine();
  }

  @Override
  public Encoding[] encode(int widthPx, int heightPx, float[]... images) {
    Encoder other = replacement;
    if (other == null) {
      try {
        return plan.encode(widthPx, heightPx, images);
      } catch (FaultException e) {
        other = replace(e);
      }
    }
    return other.encode(widthPx, heightPx, images);
  }

  private synchronized Encoder replace(FaultException why) {
    if (closed) {
      throw why;
    }
    if (replacement == null) {
      replacement = otherwise.get();
      failed.accept(why);
    }
    return replacement;
  }

  /** The plan is closed here as well, as calls to it may have been under way when it failed. */
  @Override
  public synchronized void close() {
    closed = true;
    plan.close();
    if (replacement != null) {
      replacement.close();
    }
  }
}
