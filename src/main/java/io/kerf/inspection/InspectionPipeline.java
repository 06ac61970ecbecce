package io.kerf.inspection;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.inspection.ModelSource.Lent;
import io.kerf.model.ActiveModels;
import io.kerf.model.Assessment;
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
 *   <li>One lease on one generation covers encoder, density, calibration and record; which station document was in force is read with it, once.
 *   <li>Bytes that are no image are refused and not recorded; every readable image ends in exactly one record.
 *   <li>Whatever keeps a readable image from being judged makes it {@link Verdict#UNJUDGED}, never {@link Verdict#OK}.
 * </ol>
 */
public final class InspectionPipeline implements Inspector {
  /** Decoding without a model only proves that the image is readable; this is as small as that needs. */
  private static final int SHORT_SIDE_WITHOUT_MODEL_PX = 64;

  private final ImageDecoder decoder;
  private final ModelSource models;
  private final InspectionLog log;
  private final Supplier<String> ids;
  private final Supplier<StationMark> marks;

  /** With the models that are in memory. */
  public InspectionPipeline(ImageDecoder decoder, ActiveModels models, InspectionLog log, Supplier<String> ids, Supplier<StationMark> marks) {
    this(decoder, ModelSource.loaded(models), log, ids, marks);
  }

  /**
   * @param ids gives a new, time-sortable id
   * @param marks says which station this is and by which document it works now; asked once for each frame
   */
  public InspectionPipeline(ImageDecoder decoder, ModelSource models, InspectionLog log, Supplier<String> ids, Supplier<StationMark> marks) {
    this.decoder = decoder;
    this.models = models;
    this.log = log;
    this.ids = ids;
    this.marks = marks;
  }

  @Override
  public Inspection inspect(Frame frame) {
    StageTimer timer = new StageTimer();
    StationMark mark = marks.get();
    Lent lent = models.lend(frame.recipe());
    Optional<Generation.Lease> lease = lent instanceof Lent.Model model ? Optional.of(model.lease()) : Optional.empty();
    try {
      int needed = lease.map(l -> l.bundle().manifest().preprocessing().neededShortSidePx()).orElse(SHORT_SIDE_WITHOUT_MODEL_PX);
      Decoded image = decoder.decode(frame.image(), needed);
      timer.decoded();
      Judged judged = lent instanceof Lent.None none ? new Judged(Conclusion.unjudged(none.code(), none.message()), Optional.empty()) : judge(lease.orElseThrow(), image, timer);
      return record(frame, mark, judged, timer);
    } finally {
      lease.ifPresent(Generation.Lease::close);
    }
  }

  /** A verdict before it is recorded. */
  private record Judged(Conclusion conclusion, Optional<byte[]> heatMapPng) {}

  private static Judged judge(Generation.Lease lease, Decoded image, StageTimer timer) {
    Assessment assessment;
    try {
      assessment = lease.judge().assess(image.picture(), timer);
    } catch (FaultException engineFailed) {
      return new Judged(Conclusion.unjudged(engineFailed.fault().code(), engineFailed.detail()), Optional.empty());
    }
    Optional<byte[]> png = Optional.empty();
    if (assessment instanceof Assessment.Judged judged) {
      png = Optional.of(HeatMapOverlay.png(lease.bundle(), judged.heat(), image));
      timer.ended(PartJudge.Stage.HEAT_MAP);
    }
    return new Judged(Conclusion.of(lease.bundle(), lease.engine(), assessment), png);
  }

  private Inspection record(Frame frame, StationMark mark, Judged judged, StageTimer timer) {
    Conclusion conclusion = judged.conclusion();
    String id = frame.id().orElseGet(ids);
    Inspection inspection = new Inspection(id, frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(), frame.source(), mark,
        conclusion.verdict(), conclusion.judgement(), conclusion.reason(), timer.soFar());
    log.record(inspection, frame.image(), judged.heatMapPng());
    return new Inspection(id, frame.capturedAt(), frame.recipe(), frame.partId(), frame.lot(), frame.source(), mark,
        conclusion.verdict(), conclusion.judgement(), conclusion.reason(), timer.recorded());
  }
}
