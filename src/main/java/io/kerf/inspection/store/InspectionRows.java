package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection.Evidence;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** An inspection as a row of the table {@code inspection}, there and back. */
final class InspectionRows {
  static final String INSERT = """
      INSERT INTO inspection (id, captured_at, recipe, part_id, lot, source, verdict, bundle, score, p_value, threshold,
        reason_code, reason_message, decode_millis, encode_millis, score_millis, heat_map_millis, record_millis, total_millis,
        image_type, image_bytes, heat_map_bytes, station, document, engine)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private InspectionRows() {}

  /** Of {@link #INSERT}, in its order. */
  static Object[] values(StoredInspection stored) {
    Inspection inspection = stored.inspection();
    Optional<Judgement> judgement = inspection.judgement();
    Timings timings = inspection.timings();
    Optional<Evidence> evidence = stored.evidence();
    return new Object[] {
      inspection.id(), inspection.capturedAt().toEpochMilli(), inspection.recipe(), inspection.partId().orElse(null), inspection.lot().orElse(null), inspection.source(),
      inspection.verdict().name(), judgement.map(Judgement::bundle).orElse(null), judgement.map(Judgement::score).orElse(null),
      judgement.map(Judgement::pValue).orElse(null), judgement.map(Judgement::threshold).orElse(null), inspection.reason().map(Reason::code).orElse(null),
      inspection.reason().map(Reason::message).orElse(null), timings.decodeMillis(), timings.encodeMillis(), timings.scoreMillis(), timings.heatMapMillis(),
      timings.recordMillis(), timings.totalMillis(), evidence.map(Evidence::imageType).orElse(null), evidence.map(Evidence::imageBytes).orElse(null),
      evidence.filter(Evidence::hasHeatMap).map(Evidence::heatMapBytes).orElse(null), inspection.mark().station(), inspection.mark().document().orElse(null),
      judgement.flatMap(Judgement::engine).orElse(null)
    };
  }

  static StoredInspection read(ResultSet row) throws SQLException {
    Verdict verdict = Verdict.valueOf(row.getString("verdict"));
    Inspection inspection = new Inspection(row.getString("id"), Instant.ofEpochMilli(row.getLong("captured_at")), row.getString("recipe"),
        Optional.ofNullable(row.getString("part_id")), Optional.ofNullable(row.getString("lot")), row.getString("source"), mark(row), verdict,
        judgement(row), reason(row), timings(row));
    return new StoredInspection(inspection, evidence(row), "RELEASED".equals(row.getString("evidence_fate")));
  }

  private static StationMark mark(ResultSet row) throws SQLException {
    return new StationMark(row.getString("station"), Optional.ofNullable(row.getString("document")));
  }

  private static Optional<Judgement> judgement(ResultSet row) throws SQLException {
    String bundle = row.getString("bundle");
    return bundle == null
        ? Optional.empty()
        : Optional.of(new Judgement(bundle, row.getDouble("score"), row.getDouble("p_value"), row.getDouble("threshold"),
            Optional.ofNullable(row.getString("engine"))));
  }

  private static Optional<Reason> reason(ResultSet row) throws SQLException {
    String code = row.getString("reason_code");
    return code == null ? Optional.empty() : Optional.of(new Reason(code, row.getString("reason_message")));
  }

  private static Timings timings(ResultSet row) throws SQLException {
    return new Timings(row.getDouble("decode_millis"), row.getDouble("encode_millis"), row.getDouble("score_millis"),
        row.getDouble("heat_map_millis"), row.getDouble("record_millis"), row.getDouble("total_millis"));
  }

  static Optional<Evidence> evidence(ResultSet row) throws SQLException {
    String type = row.getString("image_type");
    return type == null ? Optional.empty() : Optional.of(new Evidence(type, row.getLong("image_bytes"), row.getLong("heat_map_bytes")));
  }
}
