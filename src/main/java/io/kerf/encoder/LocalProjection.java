package io.kerf.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import java.util.Map;

/**
 * Reduces the second and third stage to {@value #CHANNELS} channels along random directions that are never trained:
 * {@code [N,64,H/8,W/8]}. Distances survive such a projection (Johnson and Lindenstrauss), densities become affordable.
 */
final class LocalProjection extends AbstractBlock {
  /** At most 100, so that a covariance per location stays small. */
  static final int CHANNELS = 64;

  private final Conv2d middle;
  private final Conv2d late;

  LocalProjection() {
    middle = addChildBlock("middle", ResNet18.conv(CHANNELS, 1, 1));
    late = addChildBlock("late", ResNet18.conv(CHANNELS, 1, 1));
    double inputs = ResNet18.channels(2) + ResNet18.channels(3);
    setInitializer(new NormalInitializer((float) (1 / Math.sqrt(inputs))), Parameter.Type.WEIGHT);
    middle.freezeParameters(true);
    late.freezeParameters(true);
  }

  /** @param stages the maps of at least the first three stages */
  @Override
  protected NDList forwardInternal(ParameterStore store, NDList stages, boolean training, PairList<String, Object> params) {
    NDArray fine = middle.forward(store, new NDList(stages.get(1)), training).singletonOrThrow();
    NDArray coarse = late.forward(store, new NDList(stages.get(2)), training).singletonOrThrow();
    return new NDList(fine.add(DenseHead.enlarged(coarse, fine)));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[1].get(0), CHANNELS, inputs[1].get(2), inputs[1].get(3))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    middle.initialize(manager, type, inputs[1]);
    late.initialize(manager, type, inputs[2]);
  }

  void addTo(Map<String, Parameter> named) {
    ResNet18.name(named, "local.stage2", middle);
    ResNet18.name(named, "local.stage3", late);
  }
}
