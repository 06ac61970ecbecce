package io.kerf.config.document;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The schema of the station document: what keys there are and what values they take. */
final class DocumentSchema {
  private static final String PREFIX = "urn:kerf:";
  private static final String ROOT = "station.schema.json";
  private static final List<String> FILES = List.of(ROOT, "sources.schema.json", "outputs.schema.json");
  /** In a schema: what a value must be, for people. */
  private static final String EXPECTS = "x-expects";
  /** A slip of the finger, not another word. */
  private static final int NEAR = 3;
  private static final int SHOWN = 60;

  private final Map<String, JsonNode> files = new HashMap<>();
  private final Schema schema;

  /** Compiled at first use; a station without a document never needs it. */
  private static final class Holder {
    static final DocumentSchema INSTANCE = new DocumentSchema();
  }

  private DocumentSchema() {
    Map<String, String> texts = new HashMap<>();
    FILES.forEach(file -> texts.put(PREFIX + file, text(file)));
    texts.forEach((name, text) -> files.put(name, parse(text)));
    Dialect dialect = Dialect.builder(Dialects.getDraft202012()).keyword(new NonValidationKeyword(EXPECTS)).build();
    schema = SchemaRegistry.withDefaultDialect(dialect, builder -> builder.schemas(texts))
        .getSchema(SchemaLocation.of(PREFIX + ROOT), texts.get(PREFIX + ROOT), InputFormat.JSON);
  }

  /** Everything that is wrong with keys and values, in the order of the text. */
  static List<DocumentProblem> problems(JsonNode tree, DocumentLines lines) {
    return Holder.INSTANCE.schema.validate(tree).stream().map(error -> Holder.INSTANCE.problem(error, lines)).distinct()
        .sorted(Comparator.comparingInt(DocumentProblem::line)).toList();
  }

  /** One of the files of the schema. */
  static String text(String file) {
    try (InputStream in = DocumentSchema.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files as one, as JSON Schema has it for bundling (draft 2020-12, section 9.3): each part keeps its name, so that references hold. */
  static String bundled() {
    ObjectNode root = (ObjectNode) parse(text(ROOT));
    FILES.stream().filter(file -> !file.equals(ROOT)).forEach(file -> root.withObject("/$defs").set(file, parse(text(file))));
    return root.toPrettyString() + "\n";
  }

  private static JsonNode parse(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private DocumentProblem problem(Error error, DocumentLines lines) {
    String[] steps = steps(error.getInstanceLocation());
    return switch (error.getKeyword()) {
      case "additionalProperties" -> unknownKey(error, below(steps, error.getProperty()), lines);
      case "required" -> new DocumentProblem(path(below(steps, error.getProperty())), lines.of(steps), DocumentProblem.MISSING, "is missing");
      case "propertyNames" -> {
        String[] name = below(steps, error.getProperty());
        yield new DocumentProblem(path(name), lines.of(name), DocumentProblem.BAD_VALUE, "is not a name; names are " + naming(error));
      }
      default -> new DocumentProblem(path(steps), lines.of(steps), DocumentProblem.BAD_VALUE,
          "is " + shown(error.getInstanceNode()) + " but must be " + expected(error));
    };
  }

  private DocumentProblem unknownKey(Error error, String[] steps, DocumentLines lines) {
    String key = steps[steps.length - 1];
    List<String> known = new ArrayList<>();
    around(error).path("properties").fieldNames().forEachRemaining(known::add);
    Optional<String> near = known.stream().min(Comparator.comparingInt(one -> distance(one, key))).filter(one -> distance(one, key) <= NEAR);
    String hint = near.map(one -> "did you mean " + one + "?").orElse(known.isEmpty() ? "there are no keys here" : "known here: " + String.join(", ", known));
    return new DocumentProblem(path(steps), lines.of(steps), DocumentProblem.UNKNOWN_KEY, "is not a key that is known; " + hint);
  }

  private static int distance(String one, String other) {
    return LevenshteinDistance.getDefaultInstance().apply(one, other);
  }

  private String expected(Error error) {
    JsonNode rules = around(error);
    if (rules.has(EXPECTS)) {
      return rules.get(EXPECTS).asText();
    }
    JsonNode rule = rules.path(error.getKeyword());
    return switch (error.getKeyword()) {
      case "type" -> "a value of type " + (rule.isArray() ? String.join(" or ", texts(rule)) : rule.asText());
      case "enum" -> "one of " + String.join(", ", texts(rule));
      case "const" -> rule.asText();
      case "minimum", "maximum" -> range(rules);
      default -> error.getKeyword() + " " + rule;
    };
  }

  private String naming(Error error) {
    JsonNode names = around(error).path("propertyNames");
    String[] ref = names.path("$ref").asText().split("#", 2);
    JsonNode file = ref[0].isEmpty() ? files.get(error.getSchemaLocation().getAbsoluteIri().toString()) : files.get(ref[0]);
    return (ref.length == 2 ? file.at(ref[1]) : names).path(EXPECTS).asText();
  }

  private static String range(JsonNode rules) {
    return rules.has("minimum") && rules.has("maximum") ? rules.get("minimum").asText() + " to " + rules.get("maximum").asText()
        : rules.has("minimum") ? "at least " + rules.get("minimum").asText() : "at most " + rules.get("maximum").asText();
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /** The part of the schema in which the keyword stands that was not met. */
  private JsonNode around(Error error) {
    SchemaLocation at = error.getSchemaLocation();
    JsonNode node = files.get(at.getAbsoluteIri().toString());
    NodePath fragment = at.getFragment();
    for (int i = 0; i + 1 < fragment.getNameCount(); i++) {
      node = node.path(fragment.getName(i));
    }
    return node;
  }

  private static String[] steps(NodePath path) {
    String[] steps = new String[path.getNameCount()];
    Arrays.setAll(steps, path::getName);
    return steps;
  }

  private static String[] below(String[] steps, String key) {
    String[] longer = Arrays.copyOf(steps, steps.length + 1);
    longer[steps.length] = key;
    return longer;
  }

  private static String path(String[] steps) {
    return String.join(".", steps);
  }

  private static String shown(JsonNode value) {
    String text = value == null ? "nothing" : value.isContainerNode() ? value.isArray() ? "a list" : "a group of keys" : value.isNull() ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
