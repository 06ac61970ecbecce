package io.kerf.config.document;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** The document's text as a tree, and a tree that fits the schema as a document. */
final class DocumentFormat {
  private static final YAMLMapper YAML = YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();
  private static final ObjectMapper BINDING = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule(), values())
      .setPropertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private DocumentFormat() {}

  /** An empty text is an empty document. */
  static JsonNode tree(String text) throws JsonProcessingException {
    JsonNode tree = YAML.readTree(text);
    return tree == null || tree.isMissingNode() || tree.isNull() ? JsonNodeFactory.instance.objectNode() : tree;
  }

  /** As YAML. */
  static String text(JsonNode tree) throws JsonProcessingException {
    return YAML.writeValueAsString(tree);
  }

  static StationDocument bind(JsonNode tree) throws JsonProcessingException {
    return BINDING.treeToValue(tree, StationDocument.class);
  }

  /** {@code 500ms}, {@code 5s}, {@code 10m}, {@code 2h}, {@code 30d}. */
  static Duration duration(String text) {
    int unit = text.endsWith("ms") ? text.length() - 2 : text.length() - 1;
    long many = Long.parseLong(text.substring(0, unit));
    return switch (text.substring(unit)) {
      case "ms" -> Duration.ofMillis(many);
      case "s" -> Duration.ofSeconds(many);
      case "m" -> Duration.ofMinutes(many);
      case "h" -> Duration.ofHours(many);
      case "d" -> Duration.ofDays(many);
      default -> throw new IllegalArgumentException("no time: " + text);
    };
  }

  /** {@code 4096}, {@code 64K}, {@code 64M}, {@code 2G}, {@code 1T}: powers of 1024. */
  static long bytes(String text) {
    int power = "KMGT".indexOf(text.charAt(text.length() - 1)) + 1;
    return Long.parseLong(power == 0 ? text : text.substring(0, text.length() - 1)) << 10 * power;
  }

  private static SimpleModule values() {
    SimpleModule module = new SimpleModule();
    module.addDeserializer(Duration.class, scalar(Duration.class, parser -> duration(parser.getText())));
    module.addDeserializer(long.class, scalar(Long.class, parser -> bytes(parser.getText())));
    module.addDeserializer(Long.class, scalar(Long.class, parser -> bytes(parser.getText())));
    module.addDeserializer(OptionalLong.class, scalar(OptionalLong.class, parser -> OptionalLong.of(bytes(parser.getText()))));
    module.setDeserializerModifier(new BeanDeserializerModifier() {
      @Override
      public JsonDeserializer<?> modifyEnumDeserializer(DeserializationConfig config, JavaType type, BeanDescription description, JsonDeserializer<?> deserializer) {
        return scalar(Object.class, parser -> constant(type.getRawClass(), parser.getText()));
      }
    });
    return module;
  }

  private static Object constant(Class<?> type, String text) {
    for (Object constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no " + type.getSimpleName() + ": " + text);
  }

  private interface Reader<T> {
    T read(JsonParser parser) throws IOException;
  }

  private static <T> JsonDeserializer<T> scalar(Class<?> type, Reader<T> reader) {
    return new StdScalarDeserializer<T>(type) {
      private static final long serialVersionUID = 1L;

      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return reader.read(parser);
      }
    };
  }
}
