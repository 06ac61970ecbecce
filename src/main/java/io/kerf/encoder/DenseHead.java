package io.kerf.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says of each place whether something was altered there: {@code [N,1,H/4,W/4]} logits from the maps of the first three stages.
 *
 * <p>A 1×1 convolution over the concatenated stages, normalised and rectified, and another to one channel. The first is computed stage by
 * stage, before the coarser ones are enlarged (bilinear, half-pixel centres): both are linear, so the sum is the same and costs a quarter.
 */
final class DenseHead extends AbstractBlock {
  static final int WIDTH = 96;
  private static final int STAGES = 3;

  private final List<Conv2d> reduce = new ArrayList<>();
  private final BatchNorm norm;
  private final Conv2d out;

  DenseHead() {
    for (int stage = 1; stage <= STAGES; stage++) {
      reduce.add(addChildBlock("stage" + stage, ResNet18.conv(WIDTH, 1, 1)));
    }
    norm = addChildBlock("norm", ResNet18.batchNorm());
    out = addChildBlock("out", Conv2d.builder().setFilters(1).setKernelShape(new Shape(1, 1)).build());
    // Uniform within 1/sqrt(fan-in), torch's default for a convolution.
    setInitializer(new XavierInitializer(XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.IN, 1), Parameter.Type.WEIGHT);
  }

  @Override
  protected NDList forwardInternal(ParameterStore store, NDList stages, boolean training, PairList<String, Object> params) {
    NDArray finest = stages.get(0);
    NDArray sum = null;
    for (int stage = 0; stage < STAGES; stage++) {
      NDArray reduced = enlarged(reduce.get(stage).forward(store, new NDList(stages.get(stage)), training).singletonOrThrow(), finest);
      sum = sum == null ? reduced : sum.add(reduced);
    }
    NDList hidden = ResidualUnit.relu(norm.forward(store, new NDList(sum), training));
    return out.forward(store, hidden, training);
  }

  /** Bilinear, with the centres of the outer pixels staying half a pixel from the edge. */
  static NDArray enlarged(NDArray map, NDArray like) {
    long height = like.getShape().get(2);
    long width = like.getShape().get(3);
    boolean same = map.getShape().get(2) == height && map.getShape().get(3) == width;
    return same ? map : map.getNDArrayInternal().interpolation(new long[] {height, width}, BILINEAR, false);
  }

  /** DJL's number for it. */
  private static final int BILINEAR = 1;

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), 1, inputs[0].get(2), inputs[0].get(3))};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    for (int stage = 0; stage < STAGES; stage++) {
      reduce.get(stage).initialize(manager, type, inputs[stage]);
    }
    Shape hidden = new Shape(inputs[0].get(0), WIDTH, inputs[0].get(2), inputs[0].get(3));
    norm.initialize(manager, type, hidden);
    out.initialize(manager, type, hidden);
  }

  void addTo(Map<String, Parameter> named) {
    for (int stage = 1; stage <= STAGES; stage++) {
      ResNet18.name(named, "dense.stage" + stage, reduce.get(stage - 1));
    }
    ResNet18.name(named, "dense.norm", norm);
    ResNet18.name(named, "dense.out", out);
    named.put("dense.out.bias", out.getDirectParameters().get("bias"));
  }
}
