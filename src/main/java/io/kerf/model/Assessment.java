package io.kerf.model;

import io.kerf.density.ScoreKind;
import io.kerf.encoder.Encoding;
import java.util.Map;

/** What a bundle says of one image. */
public sealed interface Assessment {
  /**
   * Judged.
   *
   * @param score the fused score, in nats of surprise; higher is odder
   * @param pValue share of held-out good parts at least as odd
   * @param rejected whether the score is above the threshold
   * @param heat {@code [H,W]} in the network's frame: how surprising each place is, ≥ 0
   * @param scores every score the bundle gives, those included that do not count
   * @param encoding what the encoder said
   */
  record Judged(double score, double pValue, boolean rejected, float[] heat, Map<ScoreKind, Double> scores, Encoding encoding) implements Assessment {}

  /** The image cannot be judged. @param code stable; @param message for the operator */
  record CannotJudge(String code, String message) implements Assessment {}
}
