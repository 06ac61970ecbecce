package io.kerf.encoder.tensorrt;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An encoder whose plan stands in a {@link PlanStore}. The option {@value #PLAN} names the plan's folder. */
final class TensorRtModel extends BaseModel {
  /** The name of the option. */
  static final String PLAN = "plan";

  private final PlanSession.Loader loader;
  private PlanSession session;

  TensorRtModel(String name, NDManager manager, PlanSession.Loader loader) {
    super(name);
    this.manager = manager;
    this.dataType = DataType.FLOAT32;
    this.loader = loader;
  }

  @Override
  public void load(Path modelPath, String prefix, Map<String, ?> options) throws IOException, MalformedModelException {
    Object plan = options == null ? null : options.get(PLAN);
    if (plan == null) {
      throw new MalformedModelException("TensorRT runs compiled plans alone; the option " + PLAN + " names the folder of one");
    }
    Path folder = Path.of(plan.toString());
    StoredPlan stored = new PlanStore(folder.getParent()).at(folder)
        .orElseThrow(() -> new MalformedModelException("There is no plan of this device in " + folder));
    setModelDir(modelPath);
    session = loader.load(stored.bytes(), stored.known().key().shape());
    block = new TensorRtBlock(session);
    wasLoaded = true;
  }

  @Override
  public void close() {
    if (session != null) {
      session.close();
      session = null;
    }
    super.close();
  }
}
