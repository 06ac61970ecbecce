package io.kerf.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@link ResNet18} with what is read off its stages: {@code [N,3,H,W]} in, the outputs asked for out, in the order of
 * {@link EncoderOutput}. Fully convolutional: it takes images of any size.
 */
public final class EncoderNet extends AbstractBlock {
  /** Added under the root of a deviation, so that an even channel has a gradient and a logarithm. */
  public static final float LEAST_VARIANCE = 1e-6f;

  private final ResNet18 resNet;
  private final DenseHead dense;
  private final LocalProjection local;
  private final EnumSet<EncoderOutput> outputs;
  private boolean normFrozen;
  private List<Parameter> trainable = List.of();

  public EncoderNet(Set<EncoderOutput> outputs) {
    this.outputs = EnumSet.copyOf(outputs);
    resNet = addChildBlock("resnet", new ResNet18(EncoderOutput.stages(outputs)));
    dense = addChildBlock("dense", new DenseHead());
    local = addChildBlock("local", new LocalProjection());
  }

  public Set<EncoderOutput> outputs() {
    return outputs;
  }

  @Override
  protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList stages = resNet.forward(store, inputs, training && !normFrozen);
    NDList all = new NDList();
    for (EncoderOutput output : outputs) {
      all.add(switch (output) {
        case EMBEDDING -> mean(stages.get(ResNet18.STAGES - 1));
        case FEATURES -> stages.get(ResNet18.STAGES - 1);
        case STATISTICS -> statistics(stages);
        case LOCAL -> local.forward(store, stages, training).singletonOrThrow();
        case DENSE -> dense.forward(store, stages, training).singletonOrThrow();
      });
    }
    return all;
  }

  private static NDArray mean(NDArray map) {
    return Pool.globalAvgPool2d(map).reshape(map.getShape().get(0), map.getShape().get(1));
  }

  /** √(E[x²] − E[x]² + ε) beside E[x], channel by channel. */
  private static NDArray statistics(NDList stages) {
    NDList means = new NDList();
    NDList deviations = new NDList();
    for (NDArray stage : stages) {
      NDArray mean = mean(stage);
      means.add(mean);
      deviations.add(mean(stage.square()).sub(mean.square()).maximum(0).add(LEAST_VARIANCE).sqrt());
    }
    means.addAll(deviations);
    return NDArrays.concat(means, 1);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] stages = resNet.getOutputShapes(inputs);
    long n = inputs[0].get(0);
    return outputs.stream().map(output -> switch (output) {
      case EMBEDDING -> new Shape(n, Encoder.CHANNELS);
      case FEATURES -> stages[ResNet18.STAGES - 1];
      case STATISTICS -> new Shape(n, statisticsLength(stages.length));
      case LOCAL -> local.getOutputShapes(stages)[0];
      case DENSE -> dense.getOutputShapes(stages)[0];
    }).toArray(Shape[]::new);
  }

  /** Numbers in {@link EncoderOutput#STATISTICS} of so many stages. */
  static long statisticsLength(int stages) {
    long channels = 0;
    for (int stage = 1; stage <= stages; stage++) {
      channels += 2L * ResNet18.channels(stage);
    }
    return channels;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    resNet.initialize(manager, type, inputs);
    Shape[] stages = resNet.getOutputShapes(inputs);
    dense.initialize(manager, type, stages);
    local.initialize(manager, type, stages);
  }

  /** The ResNet's parameters under torchvision's names, then {@code dense.*} and {@code local.*}. */
  public Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = resNet.namedParameters();
    dense.addTo(named);
    local.addTo(named);
    return named;
  }

  /**
   * Freezes the ResNet's batch normalisation at its running statistics, for good, and its weights while {@code train} is false: how weights
   * from elsewhere are fine-tuned.
   */
  public void trainBackbone(boolean train) {
    if (!normFrozen) {
      normFrozen = true;
      trainable = resNet.namedParameters().values().stream().filter(Parameter::requiresGradient).toList();
    }
    trainable.forEach(parameter -> parameter.freeze(!train));
  }

  /** The ResNet's parameters alone: what weights from elsewhere must have. */
  public Map<String, Parameter> backboneParameters() {
    return resNet.namedParameters();
  }
}
