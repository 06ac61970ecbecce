package io.kerf.inspection.rescore;

/** Where a rescoring stands. All but the first are final, and what was found until then stays. */
public enum RescoringState {
  RUNNING,
  DONE,
  CANCELLED,
  /** {@link RescoringReport#problem()} says why. */
  FAILED
}
