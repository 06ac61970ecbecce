package io.kerf.inspection;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One frame judged: the record that is stored, sent and shown.
 *
 * @param id unique and sortable by time of judgement
 * @param mark which station judged it, by which station document
 * @param judgement empty exactly where {@code verdict} is {@link Verdict#UNJUDGED}
 * @param reason present exactly where {@code verdict} is {@link Verdict#UNJUDGED}
 * @param timings milliseconds by stage, in order; the last is {@code total}
 */
public record Inspection(
    String id,
    Instant capturedAt,
    String recipe,
    Optional<String> partId,
    Optional<String> lot,
    String source,
    StationMark mark,
    Verdict verdict,
    Optional<Judgement> judgement,
    Optional<Reason> reason,
    Timings timings) {

  public Inspection {
    Objects.requireNonNull(id);
    Objects.requireNonNull(mark);
    Objects.requireNonNull(verdict);
    if ((verdict == Verdict.UNJUDGED) != reason.isPresent() || (verdict == Verdict.UNJUDGED) == judgement.isPresent()) {
      throw new IllegalArgumentException("an unjudged inspection has a reason and no judgement, any other a judgement and no reason");
    }
  }

  /**
   * What a verdict rests on.
   *
   * @param bundle digest of the bundle that encoded, scored and calibrated
   * @param score the fused score, in nats of surprise; higher is odder
   * @param pValue share of held-out good parts at least as odd, in (0, 1]
   * @param threshold the score above which a part is {@link Verdict#NG}
   * @param engine name of what ran the encoder; empty where the record is older than such names are
   */
  public record Judgement(String bundle, double score, double pValue, double threshold, Optional<String> engine) {
    /** "1 in N good parts looks like this". */
    public double oneIn() {
      return 1 / pValue;
    }
  }

  /**
   * Why an image could not be judged.
   *
   * @param code stable: {@code no-model}, {@code too-dark}, {@code too-bright}, {@code too-blurred}, …
   * @param message what happened and what to do, for the operator
   */
  public record Reason(String code, String message) {}

  /** Wall time of each stage in milliseconds. Stages that did not run are 0. */
  public record Timings(double decodeMillis, double encodeMillis, double scoreMillis, double heatMapMillis, double recordMillis, double totalMillis) {}
}
