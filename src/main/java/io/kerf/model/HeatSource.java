package io.kerf.model;

/** Maps of where a part is odd. */
public enum HeatSource {
  /** The dense head's logits. */
  DENSE,
  /** Oddness by local density. */
  LOCAL,
  /** What explains the pooled score: where there is neither of the others. */
  ACTIVATION
}
