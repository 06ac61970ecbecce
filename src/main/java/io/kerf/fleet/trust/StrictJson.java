package io.kerf.fleet.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** JSON from elsewhere: no name twice, nothing after the end, no deeper than {@value #MAX_DEPTH}, no long numbers. Nothing of it becomes a type by its own word. */
public final class StrictJson {
  /** Objects and arrays within each other. */
  public static final int MAX_DEPTH = 10;

  private static final int MAX_NUMBER_CHARACTERS = 64;
  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_CHARACTERS).build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY).findAndRegisterModules().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS);

  private StrictJson() {}

  /** Reads and writes what the fleet keeps: times as ISO 8601. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** The one value of these bytes. @throws IOException where they are not one */
  public static JsonNode read(byte[] bytes) throws IOException {
    return MAPPER.readTree(bytes);
  }

  /** The bytes of a member of the outermost object, exactly as they stand; empty where there is no object of that name. */
  public static Optional<byte[]> slice(byte[] bytes, String member) throws IOException {
    try (JsonParser parser = FACTORY.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(member);
        if (parser.nextToken() == JsonToken.START_OBJECT && wanted) {
          int start = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          return Optional.of(Arrays.copyOfRange(bytes, start, (int) parser.currentLocation().getByteOffset()));
        }
        parser.skipChildren();
      }
      return Optional.empty();
    }
  }

  /** How deep objects and arrays lie within each other, without a parser and so before anything is believed. */
  public static int depth(byte[] bytes) {
    int depth = 0;
    int deepest = 0;
    boolean quoted = false;
    for (int i = 0; i < bytes.length; i++) {
      byte c = bytes[i];
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == '{' || c == '[') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return deepest;
  }
}
