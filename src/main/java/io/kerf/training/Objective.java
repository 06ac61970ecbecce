package io.kerf.training;

/** What the network is asked about an altered image. */
public enum Objective {
  /** Which way of the task it is: cross entropy over a head on the pooled feature (CutPaste as published). */
  CLASSIFY("classify"),
  /** Where it was altered: cross entropy at every place of the dense head. Trains the first three stages. */
  LOCATE("locate"),
  /** Both, one encoder and the sum of the two losses. */
  BOTH("both");

  private final String label;

  Objective(String label) {
    this.label = label;
  }

  /** In reports and on the command line. */
  public String label() {
    return label;
  }

  public boolean classifies() {
    return this != LOCATE;
  }

  public boolean locates() {
    return this != CLASSIFY;
  }
}
