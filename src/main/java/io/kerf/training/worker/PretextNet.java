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
import io.kerf.encoder.ResNet18;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The encoder with its projection head and classifier: {@code [N,3,S,S]} in, logits {@code [N,classes]} out. Only the encoder is kept. */
final class PretextNet extends AbstractBlock {
  private final ResNet18 encoder;
  private final SequentialBlock head;

  PretextNet(List<Integer> headWidths, int classes) {
    encoder = addChildBlock("encoder", new ResNet18());
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

  ResNet18 encoder() {
    return encoder;
  }

  /** Encoder under torchvision's names, head under {@code head.*}: what a checkpoint holds. */
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
    NDList embedding = new NDList(encoder.forward(store, inputs, training).get(0));
    return head.forward(store, embedding, training);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return head.getOutputShapes(new Shape[] {new Shape(inputs[0].get(0), Encoder.CHANNELS)});
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    encoder.initialize(manager, type, inputs);
    head.initialize(manager, type, new Shape(inputs[0].get(0), Encoder.CHANNELS));
  }
}
