package io.kerf.model;

/** What a bundle says of one image. */
public sealed interface Assessment {
  /**
   * Judged.
   *
   * @param score minus log density; higher is odder
   * @param pValue share of held-out good parts at least as odd
   * @param rejected whether the score is above the threshold
   * @param heat {@code [S,S]} in the network's frame: how much each place adds to the score, smoothed, ≥ 0
   */
  record Judged(double score, double pValue, boolean rejected, float[] heat, float[] embedding) implements Assessment {}

  /** The image cannot be judged. @param code stable; @param message for the operator */
  record CannotJudge(String code, String message) implements Assessment {}
}
