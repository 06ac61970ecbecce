package io.kerf.encoder;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/** Two 3×3 convolutions with a shortcut: torchvision's {@code BasicBlock} (He et al., arXiv 1512.03385, figure 2). */
final class ResidualUnit extends AbstractBlock {
  final Conv2d conv1;
  final BatchNorm bn1;
  final Conv2d conv2;
  final BatchNorm bn2;
  /** Both null where the shortcut is the identity. */
  final Conv2d downsampleConv;
  final BatchNorm downsampleBn;

  ResidualUnit(int inChannels, int channels, int stride) {
    conv1 = addChildBlock("conv1", ResNet18.conv(channels, 3, stride));
    bn1 = addChildBlock("bn1", ResNet18.batchNorm());
    conv2 = addChildBlock("conv2", ResNet18.conv(channels, 3, 1));
    bn2 = addChildBlock("bn2", ResNet18.batchNorm());
    boolean projects = stride != 1 || inChannels != channels;
    downsampleConv = projects ? addChildBlock("downsampleConv", ResNet18.conv(channels, 1, stride)) : null;
    downsampleBn = projects ? addChildBlock("downsampleBn", ResNet18.batchNorm()) : null;
  }

  @Override
  protected NDList forwardInternal(ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDList out = relu(bn1.forward(store, conv1.forward(store, inputs, training), training));
    out = bn2.forward(store, conv2.forward(store, out, training), training);
    NDList shortcut = downsampleConv == null
        ? inputs
        : downsampleBn.forward(store, downsampleConv.forward(store, inputs, training), training);
    return relu(new NDList(out.singletonOrThrow().add(shortcut.singletonOrThrow())));
  }

  static NDList relu(NDList list) {
    return new NDList(list.singletonOrThrow().getNDArrayInternal().relu());
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return conv2.getOutputShapes(conv1.getOutputShapes(inputs));
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    conv1.initialize(manager, type, inputs);
    Shape[] inner = conv1.getOutputShapes(inputs);
    bn1.initialize(manager, type, inner);
    conv2.initialize(manager, type, inner);
    bn2.initialize(manager, type, inner);
    if (downsampleConv != null) {
      downsampleConv.initialize(manager, type, inputs);
      downsampleBn.initialize(manager, type, inner);
    }
  }
}
