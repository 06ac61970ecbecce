package io.kerf.training.worker;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.util.PairList;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderNet;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.ResNet18;
import io.kerf.training.Objective;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The encoder with a projection head and classifier: {@code [N,3,H,W]} in; logits {@code [N,classes]} out where it classifies, then the dense
 * head's {@code [N,1,⌈H/4⌉,⌈W/4⌉]} where it locates. Only the encoder is kept.
 */
final class PretextNet extends AbstractBlock {
  private final Objective objective;
  private final EncoderNet encoder;
  private final SequentialBlock head;

  PretextNet(Objective objective, List<Integer> headWidths, int classes) {
    this.objective = objective;
    encoder = addChildBlock("encoder", new EncoderNet(outputs(objective)));
    head = new SequentialBlock();
    for (int width : headWidths) {
      head.add(Linear.builder().setUnits(width).build());
      head.add(BatchNorm.builder().optEpsilon(ResNet18.EPSILON).optMomentum(0.9f).build());
      head.add(Activation.reluBlock());
    }
    head.add(Linear.builder().setUnits(classes).build());
    // Uniform within 1/sqrt(fan-in), torch's default for a linear layer.
    head.setInitializer(
        new XavierInitializer(XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.IN, 1), Parameter.Type.WEIGHT);
    addChildBlock("head", head);
  }

  private static Set<EncoderOutput> outputs(Objective objective) {
    return switch (objective) {
      case CLASSIFY -> EnumSet.of(EncoderOutput.EMBEDDING);
      case LOCATE -> EnumSet.of(EncoderOutput.DENSE);
      case BOTH -> EnumSet.of(EncoderOutput.EMBEDDING, EncoderOutput.DENSE);
    };
  }

  EncoderNet encoder() {
    return encoder;
  }

  /** Encoder under its own names, head under {@code head.*}: what a checkpoint holds. */
  Map<String, Parameter> namedParameters() {
    Map<String, Parameter> named = new LinkedHashMap<>(encoder.namedParameters());
    for (int i = 0; i < head.getChildren().size(); i++) {
      String prefix = "head." + i + ".";
      head.getChildren().get(i).getValue().getDirectParameters().forEach(pair -> named.put(prefix + pair.getKey(), pair.getValue()));
    }
    return named;
  }

  @Override
  protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList outputs = encoder.forward(store, inputs, training);
    if (!objective.classifies()) {
      return outputs;
    }
    NDList logits = head.forward(store, new NDList(outputs.get(0)), training);
    return objective.locates() ? new NDList(logits.singletonOrThrow(), outputs.get(1)) : logits;
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    Shape[] outputs = encoder.getOutputShapes(inputs);
    if (!objective.classifies()) {
      return outputs;
    }
    Shape logits = head.getOutputShapes(new Shape[] {outputs[0]})[0];
    return objective.locates() ? new Shape[] {logits, outputs[1]} : new Shape[] {logits};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs);
    head.initialize(manager, type, new Shape(inputs[0].get(0), Encoder.CHANNELS));
  }
}
