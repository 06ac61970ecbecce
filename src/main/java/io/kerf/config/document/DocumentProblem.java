package io.kerf.config.document;

import java.util.Objects;

/**
 * One thing that is wrong with a document.
 *
 * @param path where, such as {@code recipes.flange.region.width}; empty for the whole of it
 * @param line of the text, from 1; 0 where unknown
 * @param code stable: {@code unreadable}, {@code too-large}, {@code unknown-key}, {@code bad-value}, {@code missing}, {@code contradiction}
 * @param message what is wrong and what would be right
 */
public record DocumentProblem(String path, int line, String code, String message) {
  public static final String UNREADABLE = "unreadable";
  public static final String TOO_LARGE = "too-large";
  public static final String UNKNOWN_KEY = "unknown-key";
  public static final String BAD_VALUE = "bad-value";
  public static final String MISSING = "missing";
  public static final String CONTRADICTION = "contradiction";

  public DocumentProblem {
    Objects.requireNonNull(path);
    Objects.requireNonNull(code);
    Objects.requireNonNull(message);
  }

  /** For a terminal or a log. */
  @Override
  public String toString() {
    String where = path.isEmpty() ? "" : path + ": ";
    return (line > 0 ? "line " + line + ": " : "") + where + message;
  }
}
