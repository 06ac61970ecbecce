package io.kerf.training.continual;

/** How a model is brought up to date. */
public enum Speed {
  /** Densities and calibration are fitted to the normals there are now, the encoder stays: seconds. */
  REFIT("refit"),
  /** The encoder learns on, in a process of its own: minutes to hours. */
  FINE_TUNE("fine-tune");

  private final String label;

  Speed(String label) {
    this.label = label;
  }

  /** As the API and the page call it. */
  public String label() {
    return label;
  }
}
