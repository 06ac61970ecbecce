package io.kerf.station.line;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.EvidenceState;
import io.kerf.inspection.store.StoredInspection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An inspection as it is sent. What does not apply is {@code null}, never left out. */
@Schema(name = "Inspection", description = "One part judged. What does not apply is null.")
public record InspectionView(
    @Schema(description = "Unique; grows with time.", examples = "0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55") String id,
    @Schema(description = "Time of capture, UTC, to the millisecond.") Instant capturedAt,
    @Schema(examples = "default") String recipe,
    @Schema(nullable = true, examples = "SN-000481") String partId,
    @Schema(nullable = true, examples = "2024-W48") String lot,
    @Schema(description = "Where the image came from.", examples = "http") String source,
    @Schema(nullable = true, examples = "press-4",
        description = "Identifier of the station that judged it, or what it calls itself where it has no station document; null in records older than this field.") String station,
    @Schema(nullable = true, description = "Digest of the station document that was in force; null where there was none.") String document,
    @Schema(description = "UNJUDGED where the image could not be judged; never OK for lack of an answer.") Verdict verdict,
    @Schema(nullable = true, description = "Why the image could not be judged.") Reason reason,
    @Schema(nullable = true, description = "How odd the part is, in nats of surprise; higher is odder.", examples = "41.7") Double score,
    @Schema(nullable = true, description = "Share of held-out good parts at least as odd, in (0, 1].", examples = "0.0125") Double pValue,
    @Schema(nullable = true, description = "1 in this many good parts looks like this one.", examples = "80") Double oneIn,
    @Schema(nullable = true, description = "The score above which a part is NG.", examples = "38.2") Double threshold,
    @Schema(nullable = true, description = "Digest of the model that judged.") String bundle,
    @Schema(nullable = true, description = "What ran its encoder; null in records older than this field.", examples = "OnnxRuntime") String engine,
    @Schema(description = "Wall time of each stage in milliseconds; 0 for what did not run. recordMillis is known only in the answer to the "
        + "POST, when recording is over.") Timings timings,
    @Schema(nullable = true, description = "Where the heat map is.", examples = "/api/inspections/0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55/heat-map")
        String heatMap,
    @Schema(nullable = true, description = "Where the image is, as received; null where it is not kept.",
        examples = "/api/inspections/0193c1f0-5a2e-7c41-9d3b-6a1f0e2b7c55/image") String image,
    @Schema(nullable = true, description = "KEPT; RELEASED by the policy on images; SWEPT to make room, or by age; LOST: it could not be kept when the part was judged; null where there was none.")
        EvidenceState images) {

  public static final String PATH = "/api/inspections/";

  /** Of a part that was recorded just now. */
  public static InspectionView ofNew(StoredInspection stored) {
    return of(stored, stored.evidence().isPresent() ? EvidenceState.KEPT : EvidenceState.LOST);
  }

  public static InspectionView of(StoredInspection stored, EvidenceState images) {
    boolean kept = images == EvidenceState.KEPT;
    Inspection inspection = stored.inspection();
    String station = inspection.mark().station();
    Judgement judgement = inspection.judgement().orElse(null);
    return new InspectionView(inspection.id(), inspection.capturedAt(), inspection.recipe(), inspection.partId().orElse(null),
        inspection.lot().orElse(null), inspection.source(), station.isEmpty() ? null : station,
        inspection.mark().document().orElse(null), inspection.verdict(), inspection.reason().orElse(null),
        judgement == null ? null : judgement.score(), judgement == null ? null : judgement.pValue(),
        judgement == null ? null : judgement.oneIn(), judgement == null ? null : judgement.threshold(),
        judgement == null ? null : judgement.bundle(), judgement == null ? null : judgement.engine().orElse(null), inspection.timings(),
        kept && stored.hasHeatMap() ? PATH + inspection.id() + "/heat-map" : null,
        kept ? PATH + inspection.id() + "/image" : null, images);
  }

  /**
   * A part that was not judged, for whoever is told of all parts: nothing is on record under its identifier.
   *
   * @param id unique, so that who is told twice can tell
   */
  public static InspectionView of(String id, Outcome.Missed missed) {
    return new InspectionView(id, missed.at(), null, missed.partId().orElse(null), missed.lot().orElse(null), missed.source(), null, null,
        missed.verdict(), new Reason(missed.code(), missed.detail()), null, null, null, null, null, null, new Timings(0, 0, 0, 0, 0, 0), null, null, null);
  }

  /**
   * Some inspections, newest first.
   *
   * @param next what to send as {@code before} for the page after this one; {@code null} on the last
   * @param lookedUntil time of capture that a short page had come to; {@code null} where it is whole or the last
   */
  @Schema(name = "InspectionPage")
  public record Page(List<InspectionView> items,
      @Schema(nullable = true, description = "Send as `before` for the next page; null on the last.") String next,
      @Schema(nullable = true, description = "Where the page is short although there may be more, as it looked at as many records as it may: the time of capture it had come to.")
          Instant lookedUntil) {}
}
