package io.kerf.training;

import io.kerf.density.DensityOptions;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.density.TailPolicy;
import java.util.List;
import java.util.Optional;

/**
 * How to learn a model from good parts.
 *
 * @param order for the training process, its images still to be filled in
 * @param auto whether other lessons are tried first, within the same time
 * @param proportional whether the frame takes the proportions of the images, at as many pixels
 * @param pooled how pooled embeddings are scored
 * @param local how places are compared; by evidence where empty
 * @param scores that are fused, at equal weights; chosen by evidence where empty
 * @param falseRejectBudget α: share of good parts that may be rejected, in (0, 1)
 * @param tail what to do where α is tighter than the held-out parts can show
 * @param engine DJL's name of the engine that computes the embeddings
 */
public record LearningSettings(TrainingOrder order, boolean auto, boolean proportional, DensityOptions pooled, Optional<LocalDensityEstimator.Kind> local,
    List<ScoreKind> scores, double falseRejectBudget, TailPolicy tail, String engine) {

  /** Everything by evidence. */
  public static LearningSettings of(TrainingOrder order, double falseRejectBudget, String engine) {
    return new LearningSettings(order, false, true, DensityOptions.DEFAULT, Optional.empty(), List.of(), falseRejectBudget, TailPolicy.REFUSE, engine);
  }

  public LearningSettings withOrder(TrainingOrder other) {
    return new LearningSettings(other, auto, proportional, pooled, local, scores, falseRejectBudget, tail, engine);
  }

  public LearningSettings withFalseRejectBudget(double other) {
    return new LearningSettings(order, auto, proportional, pooled, local, scores, other, tail, engine);
  }

  public LearningSettings withScores(List<ScoreKind> kinds) {
    return new LearningSettings(order, auto, proportional, pooled, local, kinds, falseRejectBudget, tail, engine);
  }

  public LearningSettings withTail(TailPolicy other) {
    return new LearningSettings(order, auto, proportional, pooled, local, scores, falseRejectBudget, other, engine);
  }

  public LearningSettings withProportional(boolean other) {
    return new LearningSettings(order, auto, other, pooled, local, scores, falseRejectBudget, tail, engine);
  }

  public LearningSettings withAuto(boolean tryOthers) {
    return new LearningSettings(order, tryOthers, proportional, pooled, local, scores, falseRejectBudget, tail, engine);
  }
}
