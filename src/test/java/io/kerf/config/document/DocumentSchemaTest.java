package io.kerf.config.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.KebabCaseStrategy;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The schema and the records say the same. */
class DocumentSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> differences = new ArrayList<>();

  @Test
  void everyKeyOfTheSchemaIsAComponentAndEveryComponentIsAKey() throws Exception {
    compare("", StationDocument.class, schema("station.schema.json"), "station.schema.json");
    assertThat(differences).isEmpty();
  }

  @Test
  void theSchemaBesideTheExampleIsThisOne() throws Exception {
    assertThat(Path.of("edge-config/station.schema.json")).as("write it anew with: ./kerf config schema > edge-config/station.schema.json")
        .hasContent(DocumentReader.schema());
  }

  @Test
  void theExampleIsValidAndNamesEveryKey() throws Exception {
    byte[] example = Files.readAllBytes(Path.of("edge-config/station.yaml"));
    assertThat(DocumentReader.read(example)).isInstanceOf(DocumentReader.Reading.Good.class);
    assertThat(new String(example, StandardCharsets.UTF_8)).contains(keys(JSON.readTree(DocumentReader.schema())));
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.findValues("properties").forEach(one -> one.fieldNames().forEachRemaining(keys::add));
    return keys.stream().distinct().map(key -> key + ":").toList();
  }

  private static JsonNode schema(String file) throws Exception {
    return JSON.readTree(DocumentSchema.text(file));
  }

  private record Place(JsonNode node, String file) {}

  private void compare(String path, Class<?> type, JsonNode node, String file) throws Exception {
    if (!node.path("additionalProperties").isBoolean() || node.path("additionalProperties").asBoolean()) {
      differences.add(path + " lets unknown keys pass");
    }
    List<String> keys = new ArrayList<>();
    node.path("properties").fieldNames().forEachRemaining(keys::add);
    List<String> components = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String key = new KebabCaseStrategy().translate(component.getName());
      components.add(key);
      if (keys.contains(key)) {
        Place place = resolve(new Place(node.path("properties").path(key), file));
        within(path + "." + key, component.getGenericType(), place);
      }
    }
    if (!keys.containsAll(components) || !components.containsAll(keys)) {
      differences.add(path + " has keys " + keys + " and components " + components);
    }
  }

  private void within(String path, Type type, Place place) throws Exception {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
      within(path, generic.getActualTypeArguments()[0], place);
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
      within(path + ".*", generic.getActualTypeArguments()[1], resolve(new Place(place.node.path("additionalProperties"), place.file)));
    } else if (type instanceof Class<?> record && record.isRecord()) {
      compare(path, record, place.node, place.file);
    } else if (type instanceof Class<?> constants && constants.isEnum()) {
      List<String> allowed = new ArrayList<>();
      place.node.path("enum").forEach(one -> allowed.add(one.asText().toUpperCase().replace('-', '_')));
      List<String> known = new ArrayList<>();
      for (Object constant : constants.getEnumConstants()) {
        known.add(((Enum<?>) constant).name());
      }
      if (!known.equals(allowed)) {
        differences.add(path + " allows " + allowed + " and knows " + known);
      }
    }
  }

  private static Place resolve(Place place) throws Exception {
    JsonNode ref = place.node.path("$ref");
    if (ref.isMissingNode()) {
      return place;
    }
    String[] parts = ref.asText().split("#", 2);
    String file = parts[0].isEmpty() ? place.file : parts[0].substring("urn:kerf:".length());
    JsonNode root = schema(file);
    return resolve(new Place(parts.length == 1 ? root : root.at(parts[1]), file));
  }
}
