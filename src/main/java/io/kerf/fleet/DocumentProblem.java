package io.kerf.fleet;

import io.kerf.config.document.DocumentReader;
import java.util.List;

/**
 * One thing that is wrong with a payload or a document.
 *
 * @param path where, such as {@code document.cameras[0].exposure}
 * @param message one sentence without a full stop: what is there and what may be there; never the value of a secret
 */
public record DocumentProblem(String path, String message) {
  /** Everything that is wrong with a station document, as this version of a station holds documents to it. Never throws. */
  public static List<DocumentProblem> of(byte[] document) {
    return DocumentReader.read(document) instanceof DocumentReader.Reading.Bad bad
        ? bad.problems().stream().map(problem -> new DocumentProblem(problem.path().isEmpty() ? "document" : "document." + problem.path(), problem.message())).toList() : List.of();
  }

  @Override
  public String toString() {
    return path + ": " + message;
  }
}
