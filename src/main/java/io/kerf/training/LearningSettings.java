package io.kerf.training;

import io.kerf.density.DensityOptions;
import io.kerf.density.TailPolicy;

/**
 * How to learn a model from good parts.
 *
 * @param pretext the order for the training process, its images still to be filled in
 * @param density how embeddings are scored
 * @param falseRejectBudget α: share of good parts that may be rejected, in (0, 1)
 * @param tail what to do where α is tighter than the held-out parts can show
 * @param engine DJL's name of the engine that computes the embeddings
 */
public record LearningSettings(TrainingOrder pretext, DensityOptions density, double falseRejectBudget, TailPolicy tail, String engine) {
  public LearningSettings withPretext(TrainingOrder other) {
    return new LearningSettings(other, density, falseRejectBudget, tail, engine);
  }
}
