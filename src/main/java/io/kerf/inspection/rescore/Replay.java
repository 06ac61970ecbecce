package io.kerf.inspection.rescore;

import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import java.util.Optional;

/**
 * A verdict on record and the same part judged again by the same bundle.
 *
 * @param engine that judged it now
 * @param heatMapPng of now; empty where it could not be judged
 */
public record Replay(Inspection onRecord, Conclusion now, String engine, Optional<byte[]> heatMapPng) {
  /** What another engine may change of a score, as a share of the threshold: what rounding to half precision does through twenty layers. */
  public static final double TOLERANCE = 0.05;

  /** How the two compare. */
  public enum Match {
    /** To the last digit. */
    IDENTICAL,
    /** The same verdict by another engine, and a score within {@link #TOLERANCE}. */
    WITHIN_TOLERANCE,
    DIFFERENT
  }

  public Match match() {
    if (Conclusion.of(onRecord).isIdenticalTo(now)) {
      return Match.IDENTICAL;
    }
    return !isSameEngine() && isClose() ? Match.WITHIN_TOLERANCE : Match.DIFFERENT;
  }

  /** Name of the engine on record; empty where the record is older than such names are. */
  public Optional<String> engineOnRecord() {
    return onRecord.judgement().flatMap(Judgement::engine);
  }

  /** One sentence that says what to make of it. */
  public String sentence() {
    String engines = engineOnRecord().map(then -> then.equals(engine) ? engine + " judged both times." : then + " judged the first time and " + engine + " now: scores differ by rounding.")
        .orElse("What judged the first time is not on record; " + engine + " judged now.");
    return engines + switch (match()) {
      case IDENTICAL -> " Verdict, score, p-value and threshold are the same to the last digit.";
      case WITHIN_TOLERANCE -> " The verdict is the same, and the score within " + Math.round(100 * TOLERANCE) + " % of the threshold.";
      case DIFFERENT -> " They differ: the image is another one, or something on this machine computes differently than when the part was judged.";
    };
  }

  private boolean isSameEngine() {
    return engineOnRecord().filter(engine::equals).isPresent();
  }

  private boolean isClose() {
    if (now.judgement().isEmpty() || now.verdict() != onRecord.verdict()) {
      return false;
    }
    Judgement before = onRecord.judgement().orElseThrow();
    return Math.abs(before.score() - now.judgement().get().score()) <= TOLERANCE * Math.abs(before.threshold());
  }

  /** As it is sent and printed. */
  public record Report(String id, Match match, String sentence, Optional<String> engineOnRecord, String engine, VerdictChange.Opinion onRecord, VerdictChange.Opinion now) {}

  public Report report() {
    return new Report(onRecord.id(), match(), sentence(), engineOnRecord(), engine, VerdictChange.Opinion.of(Conclusion.of(onRecord)), VerdictChange.Opinion.of(now));
  }
}
