package io.kerf.inspection;

import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import java.util.Optional;

/**
 * What is said of one image: the verdict and what it rests on.
 *
 * @param judgement empty exactly where {@code verdict} is {@link Verdict#UNJUDGED}
 * @param reason present exactly where {@code verdict} is {@link Verdict#UNJUDGED}
 */
public record Conclusion(Verdict verdict, Optional<Judgement> judgement, Optional<Reason> reason) {
  /** What a bundle's assessment comes to. @param engine that ran its encoder */
  public static Conclusion of(Bundle bundle, String engine, Assessment assessment) {
    if (assessment instanceof Assessment.Judged judged) {
      Judgement judgement = new Judgement(bundle.digest(), judged.score(), judged.pValue(), bundle.rules().calibration().threshold(), Optional.of(engine));
      return new Conclusion(judged.rejected() ? Verdict.NG : Verdict.OK, Optional.of(judgement), Optional.empty());
    }
    Assessment.CannotJudge cannot = (Assessment.CannotJudge) assessment;
    return unjudged(cannot.code(), cannot.message());
  }

  /** What stands on record. */
  public static Conclusion of(Inspection inspection) {
    return new Conclusion(inspection.verdict(), inspection.judgement(), inspection.reason());
  }

  /** The same score under another threshold, as a station document may have set one that is not the bundle's own. Of what was not judged nothing changes. */
  public Conclusion under(double threshold) {
    return judgement.map(judged -> new Conclusion(judged.score() > threshold ? Verdict.NG : Verdict.OK,
        Optional.of(new Judgement(judged.bundle(), judged.score(), judged.pValue(), threshold, judged.engine())), Optional.empty())).orElse(this);
  }

  /** Whether both say the same to the last digit, or could not judge for the same reason. What ran the encoder does not count. */
  public boolean isIdenticalTo(Conclusion other) {
    if (judgement.isEmpty() || other.judgement.isEmpty()) {
      return verdict == other.verdict && reason.map(Reason::code).equals(other.reason.map(Reason::code));
    }
    Judgement one = judgement.get();
    Judgement two = other.judgement.get();
    return verdict == other.verdict && one.score() == two.score() && one.pValue() == two.pValue() && one.threshold() == two.threshold();
  }

  static Conclusion unjudged(String code, String message) {
    return new Conclusion(Verdict.UNJUDGED, Optional.empty(), Optional.of(new Reason(code, message)));
  }
}
