package io.kerf.density;

/** The numbers a part can get. In each, higher is odder; each is calibrated on held-out parts of its own, and they are fused into one. */
public enum ScoreKind {
  /** Density of the last stage's pooled feature: CutPaste as published. */
  POOLED("pooled"),
  /** Density of the mean and deviation of every channel of the stages. */
  STATISTICS("statistics"),
  /** Density of a small standardised picture. Needs no encoder, and so is part of the floor. */
  THUMBNAIL("thumbnail"),
  /** Mean of the oddest places by local density. */
  LOCAL("local"),
  /** Mean of the dense head's strongest places. */
  DENSE_TOP("dense-top"),
  /** Mean over the dense head's map. */
  DENSE_MEAN("dense-mean"),
  /** The dense head's strongest place. */
  DENSE_MAX("dense-max");

  private final String label;

  ScoreKind(String label) {
    this.label = label;
  }

  /** In reports, in stored models and on the command line. */
  public String label() {
    return label;
  }

  /** @throws IllegalArgumentException where there is none of that label */
  public static ScoreKind of(String label) {
    for (ScoreKind kind : values()) {
      if (kind.label.equals(label)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("there is no score '" + label + "'");
  }
}
