package io.kerf.fleet.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kerf.config.document.DocumentDifference;
import io.kerf.fleet.Active;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.Signals;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A station without a line, to try a fleet with: its document says how its line would behave, so that a rollout can be made to fail where one wants it to.
 *
 * <p>A station document (it names its {@code schema}) is held to the real schema; its golden set is judged wrong where half of the good parts may be rejected.
 *
 * <pre>{"exposureMs": 8, "exposureMostMs": 20, "framesPerSecond": 10, "unjudgedShare": 0.01, "goldenRight": true, "p99Millis": 25, "boundMillis": 100, "broker": "mqtts://…"}</pre>
 */
public final class SimulatedStation implements ManagedStation {
  private static final Set<String> MEMBERS = Set.of("exposureMs", "exposureMostMs", "framesPerSecond", "unjudgedShare", "goldenRight", "p99Millis", "boundMillis", "broker", "url");
  private static final double HALF = 0.5;
  private static final long FREE_BYTES = 10L << 30;
  private static final long LEAST_FREE_BYTES = 1L << 30;

  private final Path file;
  private final LongSupplier nanos;
  private final TlsFiles tls;
  private InForce inForce;
  private long since;

  /** What lies on disk, in one file. */
  record InForce(String version, byte[] document, List<String> drift) {}

  /** @param first document where the folder has none. @param tls of the endpoint, whatever the document says */
  public SimulatedStation(Path folder, byte[] first, LongSupplier nanos, TlsFiles tls) {
    this.file = folder.resolve("in-force.json");
    this.nanos = nanos;
    this.tls = tls;
    this.since = nanos.getAsLong();
    try {
      Files.createDirectories(folder);
      this.inForce = Files.exists(file) ? StrictJson.mapper().readValue(Files.readAllBytes(file), InForce.class) : new InForce("", first, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public List<DocumentProblem> check(byte[] document) {
    List<DocumentProblem> problems = new ArrayList<>();
    JsonNode node = read(document);
    if (node.has("schema")) {
      return DocumentProblem.of(document);
    }
    node.fieldNames().forEachRemaining(name -> {
      if (!MEMBERS.contains(name)) {
        problems.add(new DocumentProblem("document." + name, "is not known to this version"));
      }
    });
    JsonNode exposure = node.path("exposureMs");
    if (!exposure.isMissingNode() && !(exposure.isNumber() && exposure.doubleValue() > 0)) {
      problems.add(new DocumentProblem("document.exposureMs", "must be a number above 0"));
    } else if (exposure.doubleValue() > node.path("exposureMostMs").asDouble(Double.MAX_VALUE)) {
      problems.add(new DocumentProblem("document.exposureMs", "must be at most exposureMostMs"));
    }
    return problems;
  }

  @Override
  public synchronized String difference(byte[] document) {
    JsonNode before = read(inForce.document());
    JsonNode after = read(document);
    if (after.has("schema")) {
      return DocumentDifference.between(before.toPrettyString(), after.toPrettyString());
    }
    StringBuilder lines = new StringBuilder();
    MEMBERS.stream().sorted().filter(name -> !before.path(name).equals(after.path(name)))
        .forEach(name -> lines.append(name).append(": ").append(before.path(name)).append(" → ").append(after.path(name)).append('\n'));
    return lines.toString();
  }

  @Override
  public synchronized Active active() {
    return new Active(inForce.document(), inForce.version(), "", inForce.drift());
  }

  @Override
  public synchronized void apply(byte[] document, String version) {
    keep(new InForce(version, document, List.of()));
    since = nanos.getAsLong();
  }

  /** As if a person changed a field at the station. */
  public synchronized void changeByHand(String member, double value) {
    ObjectNode changed = read(inForce.document()).deepCopy();
    List<String> drift = new ArrayList<>(inForce.drift());
    drift.add(member + ": " + changed.path(member) + " → " + value);
    keep(new InForce(inForce.version(), changed.put(member, value).toString().getBytes(StandardCharsets.UTF_8), drift));
  }

  private void keep(InForce next) {
    try {
      AtomicFiles.write(file, StrictJson.mapper().writeValueAsBytes(next));
      inForce = next;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized Signals signals() {
    JsonNode node = read(inForce.document());
    double rate = node.path("framesPerSecond").asDouble(10);
    long frames = (long) (rate * (nanos.getAsLong() - since) / 1e9);
    if (node.has("schema")) {
      boolean right = node.path("recipes").findValues("false-rejects").stream().noneMatch(share -> share.asDouble() >= HALF);
      return new Signals(frames, true, OptionalDouble.of(0), Optional.of(right), OptionalDouble.of(20), OptionalDouble.of(100), FREE_BYTES, LEAST_FREE_BYTES);
    }
    Optional<Boolean> golden = node.path("goldenRight").isMissingNode() ? Optional.empty() : Optional.of(node.path("goldenRight").asBoolean());
    return new Signals(frames, rate > 0, frames == 0 ? OptionalDouble.empty() : OptionalDouble.of(node.path("unjudgedShare").asDouble(0)), golden,
        frames == 0 ? OptionalDouble.empty() : OptionalDouble.of(node.path("p99Millis").asDouble(20)), OptionalDouble.of(node.path("boundMillis").asDouble(100)), FREE_BYTES,
        LEAST_FREE_BYTES);
  }

  @Override
  public synchronized Endpoint endpoint() {
    JsonNode node = read(inForce.document());
    JsonNode fleet = node.has("schema") ? node.path("fleet") : node;
    return new Endpoint(uri(fleet.path("broker")), uri(fleet.path("url")), tls);
  }

  private static Optional<URI> uri(JsonNode node) {
    return node.isTextual() ? Optional.of(URI.create(node.textValue())) : Optional.empty();
  }

  private static JsonNode read(byte[] document) {
    try {
      return StrictJson.read(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
