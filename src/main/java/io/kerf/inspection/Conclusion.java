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
  /** What a bundle's assessment comes to. */
  public static Conclusion of(Bundle bundle, Assessment assessment) {
    if (assessment instanceof Assessment.Judged judged) {
      Judgement judgement = new Judgement(bundle.digest(), judged.score(), judged.pValue(), bundle.rules().calibration().threshold());
      return new Conclusion(judged.rejected() ? Verdict.NG : Verdict.OK, Optional.of(judgement), Optional.empty());
    }
    Assessment.CannotJudge cannot = (Assessment.CannotJudge) assessment;
    return unjudged(cannot.code(), cannot.message());
  }

  /** What stands on record. */
  public static Conclusion of(Inspection inspection) {
    return new Conclusion(inspection.verdict(), inspection.judgement(), inspection.reason());
  }

  static Conclusion unjudged(String code, String message) {
    return new Conclusion(Verdict.UNJUDGED, Optional.empty(), Optional.of(new Reason(code, message)));
  }
}
