package io.kerf.encoder.tensorrt;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.util.passthrough.PassthroughNDManager;

/** TensorRT as DJL sees it. Inference alone: it has no operations on arrays. */
public final class TensorRtEngine extends Engine {
  public static final String NAME = "TensorRT";
  /** Behind every other, so that nobody gets it without asking for it by name. */
  static final int RANK = 100;

  private final String version;
  private final PlanSession.Loader loader;

  TensorRtEngine(String version, PlanSession.Loader loader) {
    this.version = version;
    this.loader = loader;
  }

  @Override
  public Engine getAlternativeEngine() {
    return null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    return version;
  }

  @Override
  public boolean hasCapability(String capability) {
    return false;
  }

  @Override
  public Model newModel(String name, Device device) {
    return new TensorRtModel(name, new PassthroughNDManager(this, device), loader);
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(Device.cpu());
  }

  @Override
  public NDManager newBaseManager(Device device) {
    return new PassthroughNDManager(this, device);
  }
}
