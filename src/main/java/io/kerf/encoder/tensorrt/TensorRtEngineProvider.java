package io.kerf.encoder.tensorrt;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.EngineProvider;

/** Found by DJL. Gives the engine where this machine can run plans, and else says why not. */
public final class TensorRtEngineProvider implements EngineProvider {
  @Override
  public String getEngineName() {
    return TensorRtEngine.NAME;
  }

  @Override
  public int getEngineRank() {
    return TensorRtEngine.RANK;
  }

  /** @throws EngineException where it is declined, with the reason */
  @Override
  public Engine getEngine() {
    TensorRt.Availability availability = TensorRt.availability();
    if (availability instanceof TensorRt.Availability.Usable usable) {
      return new TensorRtEngine(usable.version(), TensorRtSession::load);
    }
    throw new EngineException(((TensorRt.Availability.Declined) availability).reason());
  }
}
