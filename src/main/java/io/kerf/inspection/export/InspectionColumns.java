package io.kerf.inspection.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.store.EvidenceState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Inspections as a table: RFC 4180 in UTF-8, with a line of names first. What does not apply is empty. A text that a spreadsheet would take for a formula gets
 * an apostrophe before it, as part identifiers come from outside.
 */
final class InspectionColumns {
  private static final List<String> OF_EVERY_TABLE = List.of("id", "capturedAt", "station", "document", "recipe", "partId", "lot", "source", "verdict", "score",
      "pValue", "threshold", "bundle", "engine", "reasonCode", "reasonMessage", "images");
  private static final CsvMapper CSV = new CsvMapper();

  static {
    CSV.getFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  private InspectionColumns() {}

  /** A table that begins with its line of names; closing it leaves {@code out} open. @param more columns after those of every table */
  static SequenceWriter table(OutputStream out, List<String> more) throws IOException {
    List<String> names = Stream.concat(OF_EVERY_TABLE.stream(), more.stream()).toList();
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
    names.forEach(schema::addColumn);
    SequenceWriter table = CSV.writer(schema.build()).writeValues(out);
    Map<String, Object> first = new LinkedHashMap<>();
    names.forEach(name -> first.put(name, name));
    table.write(first);
    return table;
  }

  static Map<String, Object> row(Inspection inspection, EvidenceState images) {
    Map<String, Object> row = new LinkedHashMap<>();
    Optional<Judgement> judgement = inspection.judgement();
    row.put("id", inspection.id());
    row.put("capturedAt", inspection.capturedAt().toString());
    row.put("station", text(inspection.mark().station()));
    row.put("document", inspection.mark().document().map(InspectionColumns::text).orElse(null));
    row.put("recipe", text(inspection.recipe()));
    row.put("partId", inspection.partId().map(InspectionColumns::text).orElse(null));
    row.put("lot", inspection.lot().map(InspectionColumns::text).orElse(null));
    row.put("source", text(inspection.source()));
    row.put("verdict", inspection.verdict().name());
    row.put("score", judgement.map(Judgement::score).orElse(null));
    row.put("pValue", judgement.map(Judgement::pValue).orElse(null));
    row.put("threshold", judgement.map(Judgement::threshold).orElse(null));
    row.put("bundle", judgement.map(Judgement::bundle).orElse(null));
    row.put("engine", judgement.flatMap(Judgement::engine).map(InspectionColumns::text).orElse(null));
    row.put("reasonCode", inspection.reason().map(Reason::code).orElse(null));
    row.put("reasonMessage", inspection.reason().map(Reason::message).map(InspectionColumns::text).orElse(null));
    row.put("images", images.name());
    return row;
  }

  private static String text(String value) {
    return !value.isEmpty() && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }
}
