package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
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
   * @param score the fused score; higher is odder; finite
   * @param pValue share of held-out good parts at least as odd, in (0, 1]
   * @param rejected whether the verdict is NG
   * @param scores every single score by kind, those included that the verdict does not rest on
   */
  public record Judged(double score, double pValue, boolean rejected, Map<ScoreKind, Double> scores) implements Outcome {
    public Judged {
      scores = scores.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(scores));
    }
  }

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

  /** One of the single scores; empty where unjudged or where the model does not give it. */
  public OptionalDouble score(ScoreKind kind) {
    return outcome instanceof Judged judged && judged.scores().containsKey(kind) ? OptionalDouble.of(judged.scores().get(kind)) : OptionalDouble.empty();
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
