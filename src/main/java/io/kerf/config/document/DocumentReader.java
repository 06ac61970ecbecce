package io.kerf.config.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a station document, YAML or JSON, strictly: a key it does not know is a problem, and so is a value that is out of range or contradicts another. Says
 * all problems of one stage at once, each with its path and line: first the form of the text, then its keys and values, then what belongs together.
 */
public final class DocumentReader {
  /** Of a document: more is refused before it is looked at. */
  public static final int MAX_BYTES = 256 << 10;
  static final int MAX_DEPTH = 10;

  private DocumentReader() {}

  /** What reading came to. */
  public sealed interface Reading {
    /** Fit to be used. */
    record Good(StationDocument document) implements Reading {}

    /** @param problems at least one */
    record Bad(List<DocumentProblem> problems) implements Reading {
      public Bad {
        problems = List.copyOf(problems);
      }
    }
  }

  /** @param text UTF-8 */
  public static Reading read(byte[] text) {
    if (text.length > MAX_BYTES) {
      return bad("", 0, DocumentProblem.TOO_LARGE, "the document has " + text.length + " bytes but must have at most " + MAX_BYTES);
    }
    try {
      String decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
      DocumentLines lines = DocumentLines.of(decoded);
      JsonNode tree = DocumentFormat.tree(decoded);
      return read(tree, lines);
    } catch (CharacterCodingException e) {
      return bad("", 0, DocumentProblem.UNREADABLE, "the document is not text in UTF-8");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      return bad("", line, DocumentProblem.UNREADABLE, "the document is not YAML: " + (e.getProblem() == null ? "it cannot be read" : e.getProblem()));
    } catch (YAMLException e) {
      return bad("", 0, DocumentProblem.UNREADABLE, "the document is not YAML: " + firstLine(e));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      return bad("", line, DocumentProblem.UNREADABLE, "the document is not YAML: " + firstLine(e));
    }
  }

  /** The JSON Schema of the document in one piece, for editors. */
  public static String schema() {
    return DocumentSchema.bundled();
  }

  private static Reading read(JsonNode tree, DocumentLines lines) {
    List<DocumentProblem> problems = new ArrayList<>(DocumentSchema.problems(tree, lines));
    if (!problems.isEmpty()) {
      return new Reading.Bad(problems);
    }
    StationDocument document;
    try {
      document = DocumentFormat.bind(tree);
    } catch (JsonProcessingException e) {
      return bad("", 0, DocumentProblem.BAD_VALUE, firstLine(e));
    }
    problems.addAll(DocumentCheck.problems(document, lines));
    return problems.isEmpty() ? new Reading.Good(document) : new Reading.Bad(problems);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage()).lines().findFirst().orElse("");
  }

  private static Reading bad(String path, int line, String code, String message) {
    return new Reading.Bad(List.of(new DocumentProblem(path, line, code, message)));
  }
}
