package io.kerf.model;

/** What a part is, whatever a model says. */
public enum Truth {
  GOOD,
  BAD
}
