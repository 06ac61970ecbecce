package io.kerf.encoder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ResNet-18 without its classifier, with torchvision's topology and initialisation (He et al., arXiv 1512.03385, table 1).
 *
 * <p>{@code [N,3,H,W]} in; the maps of its stages out: {@code [N,64,H/4,W/4]}, {@code [N,128,H/8,W/8]}, {@code [N,256,H/16,W/16]} and
 * {@code [N,512,H/32,W/32]}, as many as are asked for. Written against DJL's engine-neutral blocks, so whatever engine trains or runs it is
 * the caller's choice.
 */
public final class ResNet18 extends AbstractBlock {
  /** Stages after the stem. */
  public static final int STAGES = 4;
  static final int[] STAGE_CHANNELS = {64, 128, 256, 512};
  static final int UNITS_PER_STAGE = 2;

  private final int stages;
  private final Conv2d conv1;
  private final BatchNorm bn1;
  private final List<ResidualUnit> units = new ArrayList<>();

  /** @param stages to run, 1…4; the others keep their weights and cost nothing */
  public ResNet18(int stages) {
    this.stages = stages;
    conv1 = addChildBlock("conv1", conv(64, 7, 2));
    bn1 = addChildBlock("bn1", batchNorm());
    int channels = 64;
    for (int stage = 0; stage < STAGE_CHANNELS.length; stage++) {
      for (int unit = 0; unit < UNITS_PER_STAGE; unit++) {
        int stride = stage > 0 && unit == 0 ? 2 : 1;
        units.add(addChildBlock("layer" + (stage + 1) + "_" + unit, new ResidualUnit(channels, STAGE_CHANNELS[stage], stride)));
        channels = STAGE_CHANNELS[stage];
      }
    }
    // Kaiming normal over fan-out, as torchvision initialises its convolutions.
    setInitializer(new XavierInitializer(XavierInitializer.RandomType.GAUSSIAN, XavierInitializer.FactorType.OUT, 2), Parameter.Type.WEIGHT);
  }

  static Conv2d conv(int channels, int kernel, int stride) {
    return Conv2d.builder().setFilters(channels).setKernelShape(new Shape(kernel, kernel)).optStride(new Shape(stride, stride))
        .optPadding(new Shape(kernel / 2, kernel / 2)).optBias(false).build();
  }

  static BatchNorm batchNorm() {
    // DJL's momentum is the share of the old statistics that stays; torch's 0.1 is the share of the new.
    return BatchNorm.builder().optEpsilon(EPSILON).optMomentum(0.9f).build();
  }

  /** Added to the variance in every batch normalisation. */
  public static final float EPSILON = 1e-5f;

  @Override
  protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList out = ResidualUnit.relu(bn1.forward(store, conv1.forward(store, inputs, training), training));
    out = new NDList(Pool.maxPool2d(out.singletonOrThrow(), new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false));
    NDList maps = new NDList();
    for (int i = 0; i < stages * UNITS_PER_STAGE; i++) {
      out = units.get(i).forward(store, out, training);
      if (i % UNITS_PER_STAGE == UNITS_PER_STAGE - 1) {
        maps.add(out.singletonOrThrow());
      }
    }
    return maps;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] maps = new Shape[stages];
    long height = halved(halved(inputs[0].get(2)));
    long width = halved(halved(inputs[0].get(3)));
    for (int stage = 0; stage < stages; stage++) {
      maps[stage] = new Shape(inputs[0].get(0), STAGE_CHANNELS[stage], height, width);
      height = halved(height);
      width = halved(width);
    }
    return maps;
  }

  /** The extent after a convolution or pooling of stride 2 with half-width padding. */
  private static long halved(long extent) {
    return (extent + 1) / 2;
  }

  /** Channels of a stage's map. @param stage 1…4 */
  public static int channels(int stage) {
    return STAGE_CHANNELS[stage - 1];
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    conv1.initialize(manager, type, inputs);
    Shape[] shapes = conv1.getOutputShapes(inputs);
    bn1.initialize(manager, type, shapes);
    Shape s = shapes[0];
    shapes = new Shape[] {new Shape(s.get(0), s.get(1), halved(s.get(2)), halved(s.get(3)))};
    for (ResidualUnit unit : units) {
      unit.initialize(manager, type, shapes);
      shapes = unit.getOutputShapes(shapes);
    }
  }

  /** Every parameter under torchvision's state-dict name, in torchvision's order. */
  public Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = new LinkedHashMap<>();
    name(named, "conv1", conv1);
    name(named, "bn1", bn1);
    for (int i = 0; i < units.size(); i++) {
      ResidualUnit unit = units.get(i);
      String prefix = "layer" + (i / UNITS_PER_STAGE + 1) + "." + i % UNITS_PER_STAGE + ".";
      name(named, prefix + "conv1", unit.conv1);
      name(named, prefix + "bn1", unit.bn1);
      name(named, prefix + "conv2", unit.conv2);
      name(named, prefix + "bn2", unit.bn2);
      if (unit.downsampleConv != null) {
        name(named, prefix + "downsample.0", unit.downsampleConv);
        name(named, prefix + "downsample.1", unit.downsampleBn);
      }
    }
    return named;
  }

  static void name(Map<String, Parameter> named, String prefix, Conv2d conv) {
    named.put(prefix + ".weight", conv.getDirectParameters().get("weight"));
  }

  static void name(Map<String, Parameter> named, String prefix, BatchNorm norm) {
    named.put(prefix + ".weight", norm.getDirectParameters().get("gamma"));
    named.put(prefix + ".bias", norm.getDirectParameters().get("beta"));
    named.put(prefix + ".running_mean", norm.getDirectParameters().get("runningMean"));
    named.put(prefix + ".running_var", norm.getDirectParameters().get("runningVar"));
  }
}
