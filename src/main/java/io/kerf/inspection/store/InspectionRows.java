package io.kerf.inspection.store;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection.Evidence;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/** An inspection as a row of the table {@code inspection}, there and back. */
final class InspectionRows {
  static final String INSERT = """
      INSERT INTO inspection (id, captured_at, recipe, part_id, lot, source, verdict, bundle, score, p_value, threshold,
        reason_code, reason_message, decode_millis, encode_millis, score_millis, heat_map_millis, record_millis, total_millis,
        image_type, image_bytes, heat_map_bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private InspectionRows() {}

  static void bind(PreparedStatement insert, StoredInspection stored) throws SQLException {
    Inspection inspection = stored.inspection();
    insert.setString(1, inspection.id());
    insert.setLong(2, inspection.capturedAt().toEpochMilli());
    insert.setString(3, inspection.recipe());
    insert.setString(4, inspection.partId().orElse(null));
    insert.setString(5, inspection.lot().orElse(null));
    insert.setString(6, inspection.source());
    insert.setString(7, inspection.verdict().name());
    insert.setString(8, inspection.judgement().map(Judgement::bundle).orElse(null));
    bind(insert, 9, inspection.judgement().map(Judgement::score));
    bind(insert, 10, inspection.judgement().map(Judgement::pValue));
    bind(insert, 11, inspection.judgement().map(Judgement::threshold));
    insert.setString(12, inspection.reason().map(Reason::code).orElse(null));
    insert.setString(13, inspection.reason().map(Reason::message).orElse(null));
    bind(insert, inspection.timings());
    insert.setString(20, stored.evidence().map(Evidence::imageType).orElse(null));
    bind(insert, 21, stored.evidence().map(Evidence::imageBytes));
    bind(insert, 22, stored.evidence().filter(Evidence::hasHeatMap).map(Evidence::heatMapBytes));
  }

  static StoredInspection read(ResultSet row) throws SQLException {
    Verdict verdict = Verdict.valueOf(row.getString("verdict"));
    Inspection inspection = new Inspection(row.getString("id"), Instant.ofEpochMilli(row.getLong("captured_at")), row.getString("recipe"),
        Optional.ofNullable(row.getString("part_id")), Optional.ofNullable(row.getString("lot")), row.getString("source"), verdict,
        judgement(row), reason(row), timings(row));
    return new StoredInspection(inspection, evidence(row));
  }

  private static void bind(PreparedStatement insert, Timings timings) throws SQLException {
    insert.setDouble(14, timings.decodeMillis());
    insert.setDouble(15, timings.encodeMillis());
    insert.setDouble(16, timings.scoreMillis());
    insert.setDouble(17, timings.heatMapMillis());
    insert.setDouble(18, timings.recordMillis());
    insert.setDouble(19, timings.totalMillis());
  }

  private static void bind(PreparedStatement insert, int index, Optional<? extends Number> value) throws SQLException {
    if (value.isEmpty()) {
      insert.setNull(index, Types.NUMERIC);
    } else if (value.get() instanceof Long whole) {
      insert.setLong(index, whole);
    } else {
      insert.setDouble(index, value.get().doubleValue());
    }
  }

  private static Optional<Judgement> judgement(ResultSet row) throws SQLException {
    String bundle = row.getString("bundle");
    return bundle == null
        ? Optional.empty()
        : Optional.of(new Judgement(bundle, row.getDouble("score"), row.getDouble("p_value"), row.getDouble("threshold")));
  }

  private static Optional<Reason> reason(ResultSet row) throws SQLException {
    String code = row.getString("reason_code");
    return code == null ? Optional.empty() : Optional.of(new Reason(code, row.getString("reason_message")));
  }

  private static Timings timings(ResultSet row) throws SQLException {
    return new Timings(row.getDouble("decode_millis"), row.getDouble("encode_millis"), row.getDouble("score_millis"),
        row.getDouble("heat_map_millis"), row.getDouble("record_millis"), row.getDouble("total_millis"));
  }

  private static Optional<Evidence> evidence(ResultSet row) throws SQLException {
    String type = row.getString("image_type");
    return type == null ? Optional.empty() : Optional.of(new Evidence(type, row.getLong("image_bytes"), row.getLong("heat_map_bytes")));
  }
}
