package io.kerf.inspection;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.model.ActiveModels;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.HeatMapOverlay;
import io.kerf.model.PartJudge;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way of a frame, from bytes to a recorded verdict:
 *
 * <pre>frame ─► decode ─► can it be judged? ─► encoder ─► density ─► calibration ─► verdict + heat map ─► record</pre>
 *
 * <ol>
 *   <li>One lease on one generation covers encoder, density, calibration and record.
 *   <li>Bytes that are no image are refused and not recorded; every readable image ends in exactly one record.
 *   <li>Whatever keeps a readable image from being judged makes it {@link Verdict#UNJUDGED}, never {@link Verdict#OK}.
 * </ol>
 */
public final class InspectionPipeline implements Inspector {
  /** Decoding without a model only proves that the image is readable; this is as small as that needs. */
  private static final int SHORT_SIDE_WITHOUT_MODEL_PX = 64;

  private final ImageDecoder decoder;
  private final ActiveModels models;
  private final InspectionLog log;
  private final Supplier<String> ids;

  /** @param ids gives a new, time-sortable id */
  public InspectionPipeline(ImageDecoder decoder, ActiveModels models, InspectionLog log, Supplier<String> ids) {
    this.decoder = decoder;
    this.models = models;
    this.log = log;
    this.ids = ids;
  }

  @Override
  public Inspection inspect(Frame frame) {
    StageTimer timer = new StageTimer();
    Optional<Generation.Lease> lease = models.lease(frame.recipe());
    try {
      int needed = lease.map(l -> l.bundle().manifest().preprocessing().neededShortSidePx()).orElse(SHORT_SIDE_WITHOUT_MODEL_PX);
      Decoded image = decoder.decode(frame.image(), needed);
      timer.decoded();
      Conclusion conclusion = lease.map(l -> conclude(l, image, timer)).orElseGet(() -> noModel(frame.recipe()));
      return record(frame, conclusion, timer);
    } finally {
      lease.ifPresent(Generation.Lease::close);
    }
  }

  /** A verdict before it is recorded. */
  private record Conclusion(Verdict verdict, Optional<Judgement> judgement, Optional<Reason> reason, Optional<byte[]> heatMapPng) {
    static Conclusion unjudged(String code, String message) {
      return new Conclusion(Verdict.UNJUDGED, Optional.empty(), Optional.of(new Reason(code, message)), Optional.empty());
    }
  }

  private static Conclusion conclude(Generation.Lease lease, Decoded image, StageTimer timer) {
    Assessment assessment;
    try {
      assessment = lease.judge().assess(image.picture(), timer);
    } catch (FaultException engineFailed) {
      return Conclusion.unjudged(engineFailed.fault().code(), engineFailed.detail());
    }
    if (assessment instanceof Assessment.Judged judged) {
      Bundle bundle = lease.bundle();
      Judgement judgement = new Judgement(bundle.digest(), judged.score(), judged.pValue(), bundle.rules().calibration().threshold());
      byte[] png = HeatMapOverlay.png(bundle, judged.heat(), image);
      timer.ended(PartJudge.Stage.HEAT_MAP);
      return new Conclusion(judged.rejected() ? Verdict.NG : Verdict.OK, Optional.of(judgement), Optional.empty(), Optional.of(png));
    }
    Assessment.CannotJudge cannot = (Assessment.CannotJudge) assessment;
    return Conclusion.unjudged(cannot.code(), cannot.message());
  }

  private static Conclusion noModel(String recipe) {
    return Conclusion.unjudged("no-model", "Recipe " + recipe + " has no model yet, so no part of it can be judged. Train one from good parts: kerf train <folder> --recipe " + recipe);
  }

  private Inspection record(Frame frame, Conclusion conclusion, StageTimer timer) {
    String id = ids.get();
    Inspection inspection = new Inspection(id, frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(), frame.source(),
        conclusion.verdict(), conclusion.judgement(), conclusion.reason(), timer.soFar());
    log.record(inspection, frame.image(), conclusion.heatMapPng());
    return new Inspection(id, frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(), frame.source(),
        conclusion.verdict(), conclusion.judgement(), conclusion.reason(), timer.recorded());
  }
}
