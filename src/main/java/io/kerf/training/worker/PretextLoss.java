package io.kerf.training.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.loss.Loss;
import io.kerf.training.Objective;

/**
 * The loss of one batch: cross entropy over the ways where the lesson classifies, and at each place where it locates.
 *
 * <p>Per place, with z the logit, y whether it was altered and w = {@value #ALTERED_WEIGHT}, since few places are:
 * −w·y·log σ(z) − (1−y)·log(1−σ(z)) = (1 + (w−1)·y)·softplus(z) − w·y·z, in the mean over all places.
 */
final class PretextLoss {
  static final int ALTERED_WEIGHT = 3;

  private final Objective objective;
  private final Loss crossEntropy;
  private final NDArray labels;
  private final NDArray altered;

  PretextLoss(Objective objective, Batches batches, NDManager manager, Loss crossEntropy) {
    this.objective = objective;
    this.crossEntropy = crossEntropy;
    labels = objective.classifies() ? manager.create(batches.labels()) : null;
    Shape places = new Shape(batches.count(), 1, Batches.cells(batches.heightPx()), Batches.cells(batches.widthPx()));
    altered = objective.locates() ? manager.create(batches.altered(), places) : null;
  }

  /** @param outputs of {@link PretextNet} */
  NDArray of(NDList outputs) {
    return switch (objective) {
      case CLASSIFY -> classify(outputs.get(0));
      case LOCATE -> locate(outputs.get(0));
      case BOTH -> classify(outputs.get(0)).add(locate(outputs.get(1)));
    };
  }

  private NDArray classify(NDArray logits) {
    return crossEntropy.evaluate(new NDList(labels), new NDList(logits));
  }

  private NDArray locate(NDArray logits) {
    NDArray each = Activation.softPlus(logits).mul(altered.mul(ALTERED_WEIGHT - 1).add(1)).sub(logits.mul(altered).mul(ALTERED_WEIGHT));
    return each.mean();
  }

  double accuracy(NDList outputs) {
    NDArray first = outputs.get(0);
    if (objective.classifies()) {
      return first.argMax(1).toType(DataType.INT32, false).eq(labels).toType(DataType.FLOAT32, false).mean().getFloat();
    }
    NDArray named = first.gt(0).toType(DataType.FLOAT32, false);
    double places = altered.size();
    double positive = altered.sum().getFloat();
    double hits = named.mul(altered).sum().getFloat();
    double alarms = named.sum().getFloat() - hits;
    double found = positive == 0 ? 1 : hits / positive;
    double spared = positive == places ? 1 : 1 - alarms / (places - positive);
    return (found + spared) / 2;
  }
}
