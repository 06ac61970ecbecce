package io.kerf.encoder.tensorrt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.kerf.encoder.EncoderOutput;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;

/** Hands a batch {@code [N, 3, H, W]} float32 to the session; gives the outputs in the order of {@link EncoderOutput}. */
final class TensorRtBlock extends AbstractSymbolBlock {
  private final PlanSession session;

  TensorRtBlock(PlanSession session) {
    this.session = session;
  }

  @Override
  protected NDList forwardInternal(ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
    NDArray batch = inputs.get(0);
    Shape shape = batch.getShape();
    FloatBuffer pixels = batch.toByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
    List<PlanSession.Output> outputs = session.run(pixels, (int) shape.get(0), (int) shape.get(3), (int) shape.get(2)).stream()
        .sorted(Comparator.comparing(output -> EncoderOutput.of(output.name()))).toList();
    NDManager manager = batch.getManager();
    NDList arrays = new NDList(outputs.size());
    for (PlanSession.Output output : outputs) {
      arrays.add(manager.create(FloatBuffer.wrap(output.values()), new Shape(output.shape()), DataType.FLOAT32));
    }
    return arrays;
  }

  @Override
  public ParameterList getDirectParameters() {
    return new ParameterList();
  }

  @Override
  public void removeLastBlock() {
    throw new UnsupportedOperationException("a plan cannot be taken apart");
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    throw new UnsupportedOperationException("a plan tells the shapes of its outputs when it has run");
  }
}
