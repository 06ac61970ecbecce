package io.kerf.fleet.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes each station's whole document of its group's template, its variables and its override. */
public final class Composition {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");
  private static final int MOST_PROBLEMS = 20;

  private final Map<String, JsonNode> variables;
  private final List<DocumentProblem> problems;

  private Composition(Map<String, JsonNode> variables, List<DocumentProblem> problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /**
   * Documents by station, in the order of the group.
   *
   * @throws FaultException {@link Fault#FLEET_DOCUMENT_INVALID} with the problems of all stations
   */
  public static Map<String, byte[]> of(GroupFile group, Function<byte[], List<DocumentProblem>> check) {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    List<DocumentProblem> problems = new ArrayList<>();
    for (GroupFile.Member station : group.stations()) {
      Map<String, JsonNode> variables = new HashMap<>(group.variables());
      variables.put("station", TextNode.valueOf(station.id()));
      variables.putAll(station.variables());
      List<DocumentProblem> own = new ArrayList<>();
      Composition composition = new Composition(variables, own);
      JsonNode merged = station.override() == null ? group.document() : merged(group.document(), station.override());
      byte[] document = bytes(composition.filled(merged, "document"));
      if (own.isEmpty()) {
        own.addAll(check.apply(document));
      }
      own.forEach(problem -> problems.add(new DocumentProblem(station.id() + ": " + problem.path(), problem.message())));
      documents.put(station.id(), document);
    }
    if (!problems.isEmpty()) {
      throw new FaultException(Fault.FLEET_DOCUMENT_INVALID, "Nothing was sent, as there are " + problems.size() + " problems: "
          + problems.stream().limit(MOST_PROBLEMS).map(DocumentProblem::toString).collect(Collectors.joining("; ")) + ". Mend the group's file.");
    }
    return documents;
  }

  /** A text that is one variable becomes what that is; within a text it becomes text. */
  private JsonNode filled(JsonNode node, String path) {
    if (node.isObject()) {
      ObjectNode filled = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(member -> filled.set(member.getKey(), filled(member.getValue(), path + "." + member.getKey())));
      return filled;
    }
    if (node.isArray()) {
      ArrayNode filled = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < node.size(); i++) {
        filled.add(filled(node.get(i), path + "[" + i + "]"));
      }
      return filled;
    }
    return node.isTextual() ? filled(node.textValue(), path) : node;
  }

  private JsonNode filled(String text, String path) {
    Matcher whole = VARIABLE.matcher(text);
    if (whole.matches()) {
      return value(whole.group(1), path);
    }
    return TextNode.valueOf(VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1), path).asText())));
  }

  private JsonNode value(String name, String path) {
    JsonNode value = variables.get(name);
    if (value == null) {
      problems.add(new DocumentProblem(path, "the variable ${" + name + "} has no value"));
      return TextNode.valueOf("");
    }
    return value;
  }

  /** JSON merge patch, RFC 7396. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!patch.isObject()) {
      return patch;
    }
    ObjectNode merged = target.isObject() ? target.deepCopy() : JsonNodeFactory.instance.objectNode();
    patch.properties().forEach(member -> {
      if (member.getValue().isNull()) {
        merged.remove(member.getKey());
      } else {
        merged.set(member.getKey(), merged(merged.path(member.getKey()), member.getValue()));
      }
    });
    return merged;
  }

  private static byte[] bytes(JsonNode document) {
    try {
      return StrictJson.mapper().writeValueAsBytes(document);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
