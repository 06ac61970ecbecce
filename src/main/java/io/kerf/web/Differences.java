package io.kerf.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Where two documents of one shape differ. */
final class Differences {
  private Differences() {}

  /** @param path with slashes: {@code /manifest/provenance/steps}. @param first null where it is not there */
  @Schema(name = "Difference")
  public record Difference(String path, @Schema(nullable = true) JsonNode first, @Schema(nullable = true) JsonNode second) {}

  /** Every value that differs, by path; of lists only those of words. */
  static List<Difference> between(JsonNode first, JsonNode second) {
    List<Difference> found = new ArrayList<>();
    walk("", first, second, found);
    return found;
  }

  private static void walk(String path, JsonNode first, JsonNode second, List<Difference> found) {
    if (first.equals(second)) {
      return;
    }
    if (first.isObject() && second.isObject()) {
      Set<String> names = new TreeSet<>();
      first.fieldNames().forEachRemaining(names::add);
      second.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> walk(path + "/" + name, first.path(name), second.path(name), found));
    } else if (isWords(first) && isWords(second)) {
      found.add(new Difference(path, shown(first), shown(second)));
    }
  }

  /** A curve, scores, files: too much to read beside each other. */
  private static boolean isWords(JsonNode node) {
    return !node.isArray() || node.isEmpty() || node.get(0).isTextual();
  }

  private static JsonNode shown(JsonNode node) {
    return node.isMissingNode() ? null : node;
  }
}
