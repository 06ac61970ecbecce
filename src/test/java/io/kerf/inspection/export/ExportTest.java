package io.kerf.inspection.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.EvidenceFolder;
import io.kerf.inspection.store.FilterText;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.storage.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class ExportTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir
  private Path temp;
  private final InspectionIds ids = new InspectionIds(CLOCK, new Random(1), Optional.empty());
  private InspectionStore store;
  private Export export;

  @BeforeEach
  void open() throws Exception {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + temp.resolve("kerf.db") + "?journal_mode=WAL&synchronous=NORMAL");
    Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
    store = new InspectionStore(source, new EvidenceFolder(Files.createDirectories(temp.resolve("evidence"))), recorded -> {});
    export = new Export(store, 5, CLOCK);
  }

  private Inspection record(String part, Verdict verdict) {
    boolean judged = verdict != Verdict.UNJUDGED;
    Inspection inspection = new Inspection(ids.next(), NOON, "disc", Optional.of(part), Optional.of("L, \"7\""), "http", new StationMark("Press 4", Optional.of("d0c")), verdict,
        judged ? Optional.of(new Judgement("b0b", 1062.1, 0.0185, 679, Optional.of("OnnxRuntime"))) : Optional.empty(),
        judged ? Optional.empty() : Optional.of(new Reason("too-dark", "See the light.\nNow.")), new Timings(1, 2, 3, 4, 0, 10));
    store.record(inspection, ("image of " + part).getBytes(StandardCharsets.UTF_8), judged ? Optional.of(("heat of " + part).getBytes(StandardCharsets.UTF_8)) : Optional.empty());
    return inspection;
  }

  private String csv(InspectionFilter filter) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.csv(filter, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static List<Map<String, String>> rows(String csv) throws IOException {
    try (MappingIterator<Map<String, String>> rows = new CsvMapper().readerForMapOf(String.class).with(CsvSchema.emptySchema().withHeader()).readValues(csv)) {
      return rows.readAll();
    }
  }

  @Test
  void aTableHasALineForEachPartWithAllThatIsOnRecord() throws Exception {
    Inspection dark = record("Größe 7", Verdict.UNJUDGED);
    Inspection ng = record("A-17", Verdict.NG);
    String csv = csv(InspectionFilter.NONE);
    assertThat(csv).startsWith("id,capturedAt,station,document,recipe,partId,lot,source,verdict,score,pValue,threshold,bundle,engine,reasonCode,reasonMessage,images\r\n").endsWith("\r\n");
    List<Map<String, String>> rows = rows(csv);
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).containsEntry("id", ng.id()).containsEntry("capturedAt", "2026-11-23T12:00:00.123Z").containsEntry("station", "Press 4").containsEntry("document", "d0c")
        .containsEntry("partId", "A-17").containsEntry("lot", "L, \"7\"").containsEntry("verdict", "NG").containsEntry("score", "1062.1").containsEntry("pValue", "0.0185")
        .containsEntry("threshold", "679.0").containsEntry("bundle", "b0b").containsEntry("engine", "OnnxRuntime").containsEntry("images", "KEPT");
    assertThat(rows.get(1)).containsEntry("id", dark.id()).containsEntry("partId", "Größe 7").containsEntry("score", "").containsEntry("reasonCode", "too-dark")
        .containsEntry("reasonMessage", "See the light.\nNow.");
  }

  @Test
  void whatASpreadsheetWouldTakeForAFormulaIsText() throws Exception {
    for (String part : List.of("=HYPERLINK(\"http://x\")", "+1", "-2", "@SUM(A1)", "A=1")) {
      record(part, Verdict.OK);
    }
    assertThat(rows(csv(InspectionFilter.NONE)).stream().map(row -> row.get("partId"))).containsExactly("A=1", "'@SUM(A1)", "'-2", "'+1", "'=HYPERLINK(\"http://x\")");
  }

  @Test
  void aTableOfNothingHasItsNamesAndOneOfManyHasAll() throws Exception {
    assertThat(csv(InspectionFilter.NONE)).hasLineCount(1);
    Stream.iterate(0, i -> i + 1).limit(1203).forEach(i -> record("P" + i, Verdict.OK));
    assertThat(rows(csv(InspectionFilter.NONE)).stream().map(row -> row.get("partId")).distinct()).hasSize(1203);
  }

  @Test
  void anArchiveHoldsTheImagesAndAManifestThatProvesThem() throws Exception {
    Inspection ng = record("A-17", Verdict.NG);
    Inspection gone = record("A-18", Verdict.NG);
    Files.delete(temp.resolve("evidence/2026-11-23/" + gone.id() + ".bin"));
    Inspection dark = record("A-19", Verdict.UNJUDGED);
    record("B-1", Verdict.NG);
    Map<String, String> query = Map.of("part", "A-*");
    Map<String, byte[]> files = unzipped(new ExportOrder(FilterText.parse(query, ZoneOffset.UTC), query, "Press 4"));
    assertThat(files.keySet()).containsExactlyInAnyOrder("images/" + ng.id() + ".bin", "heat-maps/" + ng.id() + ".png", "heat-maps/" + gone.id() + ".png", "images/" + dark.id() + ".bin",
        "manifest.csv", "manifest.json");
    assertThat(new String(files.get("images/" + ng.id() + ".bin"), StandardCharsets.UTF_8)).isEqualTo("image of A-17");

    List<Map<String, String>> rows = rows(new String(files.get("manifest.csv"), StandardCharsets.UTF_8));
    assertThat(rows.stream().map(row -> row.get("partId"))).containsExactly("A-19", "A-18", "A-17");
    assertThat(rows.get(2)).containsEntry("image", "images/" + ng.id() + ".bin").containsEntry("imageSha256", Sha256.of("image of A-17".getBytes(StandardCharsets.UTF_8)))
        .containsEntry("missing", "");
    assertThat(rows.get(1)).containsEntry("image", "").containsEntry("images", "SWEPT");
    assertThat(rows.get(1).get("missing")).contains("swept to make room");

    JsonNode manifest = new ObjectMapper().readTree(files.get("manifest.json"));
    assertThat(manifest.path("station").asText()).isEqualTo("Press 4");
    assertThat(manifest.path("madeAt").asText()).isEqualTo(NOON.toString());
    assertThat(manifest.path("query").path("part").asText()).isEqualTo("A-*");
    assertThat(manifest.path("parts").asInt()).isEqualTo(3);
    assertThat(manifest.path("imagesMissing").asInt()).isEqualTo(1);
    assertThat(manifest.path("files")).hasSize(5).allSatisfy(file -> assertThat(file.path("sha256").asText()).isEqualTo(Sha256.of(files.get(file.path("path").asText()))));
  }

  private Map<String, byte[]> unzipped(ExportOrder order) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    export.zip(order, out);
    Map<String, byte[]> files = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  @Test
  void anArchiveOfMorePartsThanItMayHoldIsRefusedBeforeItsFirstByte() {
    for (int i = 0; i < 5; i++) {
      record("P", Verdict.OK);
    }
    export.requireRoom(InspectionFilter.NONE);
    record("P", Verdict.OK);
    assertThatThrownBy(() -> export.requireRoom(InspectionFilter.NONE)).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.EXPORT_TOO_LARGE));
  }

  /** Whoever goes away ends it, and the next may begin. */
  @Test
  void aReaderThatGoesAwayEndsItAndLeavesItsTurn() throws Exception {
    Stream.iterate(0, i -> i + 1).limit(600).forEach(i -> record("P" + i, Verdict.OK));
    Exports exports = new Exports(export);
    int[] written = new int[1];
    OutputStream closed = new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        if (++written[0] > 1000) {
          throw new IOException("connection reset");
        }
      }
    };
    assertThatThrownBy(() -> exports.alone(one -> one.csv(InspectionFilter.NONE, closed))).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> exports.alone(one -> one.zip(new ExportOrder(InspectionFilter.NONE, Map.of(), ""), closed))).isInstanceOf(IOException.class);
    assertThat(written[0]).isLessThan(1100);
    exports.alone(one -> assertThatThrownBy(() -> exports.alone(two -> {})).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUSY)));
    exports.alone(one -> {});
  }
}
