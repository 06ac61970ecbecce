package io.kerf.inspection;

import io.kerf.model.ActiveModels;
import io.kerf.model.Generation;
import java.util.Optional;

/** Lends the model that a frame is judged by. The port of the pipeline: what stands behind it may hold every model in memory, or some. */
@FunctionalInterface
public interface ModelSource {
  /** Never fails: what keeps a model away is said instead. */
  Lent lend(String recipe);

  /** What a frame got. */
  sealed interface Lent {
    /** The frame gives it back. */
    record Model(Generation.Lease lease) implements Lent {}

    /** There is none, so that the part is {@link Verdict#UNJUDGED}. @param code stable; @param message what happened and what to do, for the operator */
    record None(String code, String message) implements Lent {}
  }

  /** Models that are in memory, and no others. */
  static ModelSource loaded(ActiveModels models) {
    return recipe -> {
      Optional<Generation.Lease> lease = models.lease(recipe);
      return lease.isPresent() ? new Lent.Model(lease.get()) : noModel(recipe);
    };
  }

  /** Of a recipe that nothing was learnt for. */
  static Lent.None noModel(String recipe) {
    return new Lent.None("no-model", "Recipe " + recipe + " has no model yet, so no part of it can be judged. Train one from good parts: kerf train <folder> --recipe " + recipe);
  }
}
