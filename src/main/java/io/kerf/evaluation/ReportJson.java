package io.kerf.evaluation;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes and reads {@code report.json}: an {@link EvaluationResult}, field for field; figures that do not exist are null. */
public final class ReportJson {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .addModules(new Jdk8Module(), new JavaTimeModule())
      .enable(SerializationFeature.INDENT_OUTPUT)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  public static final String FILE = "report.json";

  private ReportJson() {}

  public static String write(EvaluationResult result) {
    return text(result);
  }

  /** {@code summary.json}, field for field. */
  static void write(Summary summary, Path file) throws IOException {
    Files.writeString(file, text(summary) + "\n");
  }

  private static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the file. */
  public static void write(EvaluationResult result, Path file) throws IOException {
    Files.writeString(file, write(result) + "\n");
  }

  /** Reads what {@link #write(EvaluationResult, Path)} wrote; fields of a later version are skipped. */
  public static EvaluationResult read(Path file) throws IOException {
    return MAPPER.readValue(file.toFile(), EvaluationResult.class);
  }
}
