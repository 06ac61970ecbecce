package io.kerf.density;

/** What to do with a false-reject budget tighter than the held-out parts can show. */
public enum TailPolicy {
  /** Refuse it: every p-value rests on counted parts. */
  REFUSE,
  /** Continue the largest held-out scores by a generalised Pareto tail; p-values from it are marked. */
  EXTRAPOLATE,
  /** Take the tightest budget that the held-out parts show, and say so: for a start with few good parts. */
  LOOSEN
}
