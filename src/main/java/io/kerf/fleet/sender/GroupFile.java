package io.kerf.fleet.sender;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.trust.Name;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A group of stations with the document they share, as the fleet's owner keeps it in version control (YAML or JSON):
 *
 * <pre>
 * fleet: acme
 * group: press
 * variables: {exposure: 8}
 * document:
 *   exposureMs: ${exposure}
 * stations:
 *   - id: line-1
 *   - id: line-2
 *     url: https://line-2.plant.example:8080
 *     variables: {exposure: 9}
 *     override: {exposureMostMs: 30}
 * </pre>
 *
 * @param variables by name, for all stations; one of a station's own goes first
 */
public record GroupFile(String fleet, String group, Map<String, JsonNode> variables, JsonNode document, List<Member> stations) {
  public static final int MOST_STATIONS = 100_000;

  private static final int MAX_BYTES = 16 << 20;
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()).findAndRegisterModules().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** @param override merged over the document as RFC 7396 has it; null takes a member away. @param url where it takes envelopes by HTTPS */
  public record Member(String id, Optional<URI> url, Map<String, JsonNode> variables, JsonNode override) {
    public Member {
      variables = variables == null ? Map.of() : Map.copyOf(variables);
    }
  }

  /** @throws FaultException {@link Fault#BAD_CONFIGURATION} with what is wrong */
  public GroupFile {
    variables = variables == null ? Map.of() : Map.copyOf(variables);
    stations = stations == null ? List.of() : List.copyOf(stations);
    Set<String> ids = new LinkedHashSet<>();
    for (Member member : stations) {
      require(member.id() != null && Name.isValid(member.id()), "the id of a station is not 1 to 63 lower-case letters, digits and hyphens: " + member.id());
      require(ids.add(member.id()), "station " + member.id() + " is in it twice");
    }
    require(fleet != null && Name.isValid(fleet) && group != null && Name.isValid(group), "fleet and group must be names of 1 to 63 lower-case letters, digits and hyphens");
    require(document != null && document.isObject(), "it has no document");
    require(!stations.isEmpty() && stations.size() <= MOST_STATIONS, "it must have 1 to " + MOST_STATIONS + " stations");
  }

  /** @throws FaultException {@link Fault#BAD_CONFIGURATION} with what is wrong */
  public static GroupFile read(Path file) throws IOException {
    require(Files.size(file) <= MAX_BYTES, "it has more than " + MAX_BYTES + " bytes");
    try {
      return YAML.readValue(Files.readAllBytes(file), GroupFile.class);
    } catch (com.fasterxml.jackson.databind.exc.ValueInstantiationException e) {
      throw e.getCause() instanceof FaultException fault ? fault : bad(e.getOriginalMessage());
    } catch (com.fasterxml.jackson.core.JacksonException e) {
      throw bad(e.getOriginalMessage());
    }
  }

  private static void require(boolean met, String otherwise) {
    if (!met) {
      throw bad(otherwise);
    }
  }

  private static FaultException bad(String why) {
    return new FaultException(Fault.BAD_CONFIGURATION, "The group's file cannot be used: " + why + ". Nothing was sent. docs/fleet.md shows one.");
  }
}
