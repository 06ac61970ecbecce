package io.kerf.inspection.rescore;

import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Verdict;
import java.time.Instant;
import java.util.Optional;

/**
 * A part whose verdict is another now.
 *
 * @param id of the inspection
 * @param before as it is on record
 * @param after as the bundle of the rescoring says
 */
public record VerdictChange(String id, Instant capturedAt, Optional<String> partId, Optional<String> lot, Opinion before, Opinion after) {
  /** @param bundle digest of the one that judged; all but verdict and reason are empty where it could not */
  public record Opinion(Verdict verdict, Optional<Double> score, Optional<Double> pValue, Optional<Double> threshold, Optional<String> bundle,
      Optional<Reason> reason) {
    static Opinion of(Conclusion conclusion) {
      Optional<Judgement> judgement = conclusion.judgement();
      return new Opinion(conclusion.verdict(), judgement.map(Judgement::score), judgement.map(Judgement::pValue), judgement.map(Judgement::threshold),
          judgement.map(Judgement::bundle), conclusion.reason());
    }
  }

  static VerdictChange of(Inspection onRecord, Conclusion now) {
    return new VerdictChange(onRecord.id(), onRecord.capturedAt(), onRecord.partId(), onRecord.lot(), Opinion.of(Conclusion.of(onRecord)), Opinion.of(now));
  }
}
