package io.kerf.evaluation;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The optional {@value #FILE} beside a data set: one row an image, with at least a column {@code path} (relative to the data set, with
 * forward slashes) and, where known, {@code mask} and {@code group}. Other columns are ignored.
 */
final class Manifest {
  static final String FILE = "MANIFEST.csv";

  /** @param mask path relative to the data set */
  private record Row(Optional<String> mask, Optional<String> group) {}

  private final Map<String, Row> rows;

  private Manifest(Map<String, Row> rows) {
    this.rows = rows;
  }

  static Manifest empty() {
    return new Manifest(Map.of());
  }

  /** Reads the manifest of a data set, or an empty one where it has none; adds to {@code problems} what is wrong with it. */
  static Manifest read(Path dataset, List<String> problems) {
    Path file = dataset.resolve(FILE);
    if (!Files.exists(file)) {
      return empty();
    }
    Map<String, Row> rows = new LinkedHashMap<>();
    try (MappingIterator<Map<String, String>> lines = new CsvMapper().readerForMapOf(String.class)
        .with(CsvSchema.emptySchema().withHeader()).readValues(file.toFile())) {
      while (lines.hasNextValue()) {
        add(dataset, lines.nextValue(), rows, problems);
      }
    } catch (IOException e) {
      problems.add(FILE + " cannot be read as comma-separated values");
    }
    return new Manifest(rows);
  }

  private static void add(Path dataset, Map<String, String> line, Map<String, Row> rows, List<String> problems) {
    Optional<String> path = cell(line, "path");
    if (path.isEmpty()) {
      problems.add(FILE + " has a row without a path");
    } else if (!inside(dataset, path.get())) {
      problems.add(FILE + " names " + path.get() + ", which is not there");
    } else {
      Optional<String> mask = cell(line, "mask");
      if (mask.isPresent() && !inside(dataset, mask.get())) {
        problems.add(FILE + " names the mask " + mask.get() + ", which is not there");
      }
      rows.put(path.get(), new Row(mask, cell(line, "group")));
    }
  }

  private static boolean inside(Path dataset, String relative) {
    Path resolved = dataset.resolve(relative).normalize();
    return resolved.startsWith(dataset.normalize()) && Files.isRegularFile(resolved);
  }

  private static Optional<String> cell(Map<String, String> line, String column) {
    return Optional.ofNullable(line.get(column)).map(String::strip).filter(value -> !value.isEmpty());
  }

  Optional<String> group(Path dataset, Path image) {
    return row(dataset, image).flatMap(Row::group);
  }

  Optional<Path> mask(Path dataset, Path image) {
    return row(dataset, image).flatMap(Row::mask).map(dataset::resolve);
  }

  private Optional<Row> row(Path dataset, Path image) {
    return Optional.ofNullable(rows.get(dataset.relativize(image).toString().replace('\\', '/')));
  }
}
