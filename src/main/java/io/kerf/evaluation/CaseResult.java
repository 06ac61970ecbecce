package io.kerf.evaluation;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What became of one test image.
 *
 * @param millis wall time of judging it, decoding included
 */
public record CaseResult(LabelledImage image, Outcome outcome, double millis) {
  public CaseResult {
    Objects.requireNonNull(image);
    Objects.requireNonNull(outcome);
  }

  /** Judged, or why not. */
  public sealed interface Outcome permits Judged, Unjudged {}

  /**
   * @param score minus log density; higher is odder; finite
   * @param pValue share of held-out good parts at least as odd, in (0, 1]
   * @param rejected whether the verdict is NG
   */
  public record Judged(double score, double pValue, boolean rejected) implements Outcome {}

  /** @param reason stable code: {@code too-dark}, {@code image-truncated}, … */
  public record Unjudged(String reason) implements Outcome {
    public Unjudged {
      Objects.requireNonNull(reason);
    }
  }

  /** Whether the line would not have let the part pass: rejected, or unjudged, which is never OK. */
  public boolean stopped() {
    return !(outcome instanceof Judged judged) || judged.rejected();
  }

  /** {@code OK}, {@code NG} or {@code UNJUDGED}. */
  public String verdict() {
    if (outcome instanceof Judged judged) {
      return judged.rejected() ? "NG" : "OK";
    }
    return "UNJUDGED";
  }

  /** Empty where unjudged. */
  public OptionalDouble score() {
    return outcome instanceof Judged judged ? OptionalDouble.of(judged.score()) : OptionalDouble.empty();
  }

  /** Empty where unjudged. */
  public OptionalDouble pValue() {
    return outcome instanceof Judged judged ? OptionalDouble.of(judged.pValue()) : OptionalDouble.empty();
  }

  /** Code of the reason why it is unjudged; empty where judged. */
  public Optional<String> reason() {
    return outcome instanceof Unjudged unjudged ? Optional.of(unjudged.reason()) : Optional.empty();
  }
}
