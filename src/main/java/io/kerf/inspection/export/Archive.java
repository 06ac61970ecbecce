package io.kerf.inspection.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.kerf.config.Version;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.store.EvidenceState;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip of {@code images/<id>.<ext>} as received and {@code heat-maps/<id>.png}, then {@code manifest.csv}, a line for each part with the names and SHA-256 of its
 * files or why there are none, and {@code manifest.json}, which says what was asked for, of which station and when, and the SHA-256 of every other file. The
 * manifest comes last: an archive without it was cut short.
 */
final class Archive implements AutoCloseable {
  private static final List<String> FILE_COLUMNS = List.of("image", "imageSha256", "heatMap", "heatMapSha256", "missing");

  private final InspectionStore store;
  private final ExportOrder order;
  private final Instant madeAt;
  private final ZipOutputStream zip;
  private final Path manifestFile;
  private final OutputStream manifestLines;
  private final SequenceWriter manifest;
  private final List<Entry> entries = new ArrayList<>();
  private long parts;
  private long missing;

  /** A file of the archive. Some 300 bytes in memory, twice for each part that it may hold. */
  private record Entry(String path, long bytes, String sha256) {}

  /** @param out stays open */
  Archive(InspectionStore store, ExportOrder order, Instant madeAt, OutputStream out) throws IOException {
    this.store = store;
    this.order = order;
    this.madeAt = madeAt;
    this.zip = new ZipOutputStream(out);
    this.zip.setLevel(Deflater.BEST_SPEED);
    this.manifestFile = Files.createTempFile("kerf-export", ".csv");
    this.manifestLines = Files.newOutputStream(manifestFile);
    this.manifest = InspectionColumns.table(manifestLines, FILE_COLUMNS);
  }

  /** Adds a part with its images, as far as they are kept. */
  void add(StoredInspection stored) throws IOException {
    Inspection inspection = stored.inspection();
    EvidenceState state = store.evidenceState(stored);
    Map<String, Object> row = new TreeMap<>(InspectionColumns.row(inspection, state));
    Optional<byte[]> image = store.image(stored);
    Optional<byte[]> heatMap = store.heatMap(stored);
    parts++;
    if (image.isPresent()) {
      Entry entry = write("images/" + inspection.id() + "." + stored.evidence().orElseThrow().imageExtension(), image.get(), inspection.capturedAt());
      row.put("image", entry.path);
      row.put("imageSha256", entry.sha256);
    } else {
      missing++;
      row.put("missing", state == EvidenceState.KEPT ? "The image was swept or is damaged." : state.sentence());
    }
    if (heatMap.isPresent()) {
      Entry entry = write("heat-maps/" + inspection.id() + ".png", heatMap.get(), inspection.capturedAt());
      row.put("heatMap", entry.path);
      row.put("heatMapSha256", entry.sha256);
    }
    manifest.write(row);
  }

  /** Writes the manifest and ends the archive. */
  void finish() throws IOException {
    manifest.close();
    manifestLines.close();
    zip.putNextEntry(new ZipEntry("manifest.csv"));
    Files.copy(manifestFile, zip);
    zip.closeEntry();
    entries.add(new Entry("manifest.csv", Files.size(manifestFile), Sha256.of(manifestFile)));
    zip.putNextEntry(new ZipEntry("manifest.json"));
    try (JsonGenerator json = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).createGenerator(zip).useDefaultPrettyPrinter()) {
      write(json);
    }
    zip.closeEntry();
    zip.finish();
  }

  private Entry write(String path, byte[] bytes, Instant time) throws IOException {
    ZipEntry file = new ZipEntry(path);
    file.setLastModifiedTime(FileTime.from(time));
    zip.putNextEntry(file);
    zip.write(bytes);
    zip.closeEntry();
    Entry entry = new Entry(path, bytes.length, Sha256.of(bytes));
    entries.add(entry);
    return entry;
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("station", order.station());
    json.writeStringField("madeAt", madeAt.toString());
    json.writeStringField("kerf", Version.CURRENT);
    json.writeObjectFieldStart("query");
    for (Map.Entry<String, String> field : new TreeMap<>(order.query()).entrySet()) {
      json.writeStringField(field.getKey(), field.getValue());
    }
    json.writeEndObject();
    json.writeNumberField("parts", parts);
    json.writeNumberField("imagesMissing", missing);
    json.writeArrayFieldStart("files");
    for (Entry entry : entries) {
      json.writeStartObject();
      json.writeStringField("path", entry.path);
      json.writeNumberField("bytes", entry.bytes);
      json.writeStringField("sha256", entry.sha256);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    manifest.close();
    manifestLines.close();
    Files.deleteIfExists(manifestFile);
  }
}
