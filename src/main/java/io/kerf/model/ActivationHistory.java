package io.kerf.model;

import com.fasterxml.jackson.core.JacksonException;
import io.kerf.storage.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which bundles of a recipe were in use, since when, by whom and why: {@code history.jsonl}, at most {@value #MOST} lines, replaced whole. */
final class ActivationHistory {
  static final String FILE = "history.jsonl";
  static final int MOST = 1000;

  private final Path file;

  ActivationHistory(Path models) {
    this.file = models.resolve(FILE);
  }

  /**
   * Oldest first. An activation whose line was not written before the station died is known from {@code active.json}.
   *
   * @param active what is in use
   */
  List<Activation> read(Optional<Activation> active) throws IOException {
    List<Activation> all = new ArrayList<>();
    if (Files.exists(file)) {
      new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().flatMap(line -> activation(line).stream()).forEach(all::add);
    }
    if (active.isPresent() && (all.isEmpty() || !all.get(all.size() - 1).equals(active.get()))) {
      all.add(active.get());
    }
    return all;
  }

  /** One damaged line costs that line. */
  private static Optional<Activation> activation(String line) {
    try {
      return Optional.ofNullable(BundleStore.JSON.readValue(line, Activation.class)).filter(one -> one.digest() != null && one.activatedAt() != null);
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }

  void write(List<Activation> all) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (Activation one : all.subList(Math.max(0, all.size() - MOST), all.size())) {
      lines.write(BundleStore.LINES.writeValueAsBytes(one));
      lines.write("\n".getBytes(StandardCharsets.UTF_8));
    }
    AtomicFiles.write(file, lines.toByteArray());
  }
}
