package io.kerf.fleet.envelope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.trust.Name;
import io.kerf.fleet.trust.StrictJson;
import java.io.IOException;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads a payload whose signature was good: every field that can be told, and everything that is wrong, each with its path. */
public final class PayloadReading {
  private static final Set<String> MEMBERS = Set.of("schema", "deploymentId", "fleet", "audience", "epoch", "version", "issuedAt", "notBefore", "expires", "minApp",
      "document", "policy", "rollout");
  private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final Duration LONGEST_PROBATION = Duration.ofDays(1);
  private static final Duration LONGEST_PATIENCE = Duration.ofDays(14);
  private static final long MOST_FRAMES = 1_000_000;

  private final List<DocumentProblem> problems = new ArrayList<>();
  private final byte[] bytes;
  private final JsonNode root;

  private final Optional<String> deploymentId;
  private final Optional<String> fleet;
  private final Optional<Audience> audience;
  private final Optional<FleetVersion> version;
  private final Optional<Instant> issuedAt;
  private final Optional<Instant> notBefore;
  private final Optional<Instant> expires;
  private final Optional<String> minApp;

  private PayloadReading(byte[] bytes, JsonNode root) {
    this.bytes = bytes;
    this.root = root;
    known(root, MEMBERS, "");
    whole(root, "schema", "schema", BigInteger.valueOf(Payload.SCHEMA), BigInteger.valueOf(Payload.SCHEMA));
    this.deploymentId = text("deploymentId", PayloadReading::label);
    this.fleet = text("fleet", PayloadReading::name);
    this.audience = text("audience", Audience::parse);
    Optional<BigInteger> epoch = whole(root, "epoch", "epoch", BigInteger.ONE, BigInteger.valueOf(Long.MAX_VALUE));
    Optional<BigInteger> number = whole(root, "version", "version", BigInteger.ZERO, MOST);
    this.version = epoch.flatMap(e -> number.map(n -> new FleetVersion(e.longValue(), n.longValue())));
    this.issuedAt = text("issuedAt", PayloadReading::instant);
    this.notBefore = text("notBefore", PayloadReading::instant);
    this.expires = text("expires", PayloadReading::instant);
    this.minApp = text("minApp", PayloadReading::release);
  }

  /** @throws IOException where the bytes are not JSON, or deeper than {@link StrictJson#MAX_DEPTH} */
  public static PayloadReading of(byte[] bytes) throws IOException {
    return new PayloadReading(bytes, StrictJson.read(bytes));
  }

  public Optional<String> deploymentId() {
    return deploymentId;
  }

  public Optional<String> fleet() {
    return fleet;
  }

  public Optional<Audience> audience() {
    return audience;
  }

  public Optional<FleetVersion> version() {
    return version;
  }

  public Optional<Instant> notBefore() {
    return notBefore;
  }

  public Optional<Instant> expires() {
    return expires;
  }

  public Optional<String> minApp() {
    return minApp;
  }

  /** The payload where nothing is wrong with it. @param found takes every problem */
  public Optional<Payload> payload(List<DocumentProblem> found) throws IOException {
    Optional<byte[]> document = StrictJson.slice(bytes, "document");
    if (document.isEmpty()) {
      problem("document", "must be the whole station document as an object");
    }
    JsonNode how = object("policy", Set.of("dryRun", "window", "probation"));
    if (!how.path("dryRun").isMissingNode() && !how.path("dryRun").isBoolean()) {
      problem("policy.dryRun", "must be true or false");
    }
    Optional<Window> window = how.path("window").isMissingNode() ? Optional.empty() : text(how.path("window"), "policy.window", Window::parse);
    Probation probation = probation(how.path("probation"));
    JsonNode rollout = object("rollout", Set.of("id", "group"));
    Optional<String> id = text(rollout.path("id"), "rollout.id", PayloadReading::label);
    Optional<String> group = text(rollout.path("group"), "rollout.group", PayloadReading::name);
    found.addAll(problems);
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Payload(deploymentId.orElseThrow(), fleet.orElseThrow(), audience.orElseThrow(), version.orElseThrow(), issuedAt.orElseThrow(), notBefore.orElseThrow(),
        expires.orElseThrow(), minApp.orElseThrow(), document.orElseThrow(), new Policy(how.path("dryRun").asBoolean(), window, probation),
        new Rollout(id.orElseThrow(), group.orElseThrow())));
  }

  private Probation probation(JsonNode node) {
    Probation usual = Probation.DEFAULT;
    if (node.isMissingNode()) {
      return usual;
    }
    if (!node.isObject()) {
      problem("policy.probation", "must be an object");
      return usual;
    }
    known(node, Set.of("duration", "leastFrames", "patience", "mostUnjudged"), "policy.probation.");
    Duration duration = duration(node, "duration", usual.duration(), LONGEST_PROBATION);
    Duration patience = duration(node, "patience", usual.patience(), LONGEST_PATIENCE);
    long frames = node.path("leastFrames").isMissingNode() ? usual.leastFrames()
        : whole(node, "leastFrames", "policy.probation.leastFrames", BigInteger.ZERO, BigInteger.valueOf(MOST_FRAMES)).map(BigInteger::longValue).orElse(0L);
    JsonNode share = node.path("mostUnjudged");
    if (!share.isMissingNode() && !(share.isNumber() && share.doubleValue() >= 0 && share.doubleValue() <= 1)) {
      problem("policy.probation.mostUnjudged", "must be a share from 0 to 1");
    }
    return new Probation(duration, frames, patience, share.isMissingNode() ? usual.mostUnjudged() : share.doubleValue());
  }

  private Duration duration(JsonNode node, String member, Duration usual, Duration most) {
    if (node.path(member).isMissingNode()) {
      return usual;
    }
    return text(node.path(member), "policy.probation." + member, text -> {
      Duration duration = Duration.parse(text);
      if (duration.isNegative() || duration.compareTo(most) > 0) {
        throw new IllegalArgumentException("must be PT0S to " + most);
      }
      return duration;
    }).orElse(usual);
  }

  private JsonNode object(String member, Set<String> members) {
    JsonNode node = root.path(member);
    if (!node.isObject()) {
      problem(member, "must be an object");
      return MissingNode.getInstance();
    }
    known(node, members, member + ".");
    return node;
  }

  private void known(JsonNode node, Set<String> members, String path) {
    node.fieldNames().forEachRemaining(name -> {
      if (!members.contains(name)) {
        problem(path + shown(name), "is not known to this version");
      }
    });
  }

  private Optional<BigInteger> whole(JsonNode parent, String member, String path, BigInteger least, BigInteger most) {
    JsonNode node = parent.path(member);
    if (!node.isIntegralNumber() || node.bigIntegerValue().compareTo(least) < 0 || node.bigIntegerValue().compareTo(most) > 0) {
      problem(path, least.equals(most) ? "must be " + least : "must be a whole number from " + least + " to " + most);
      return Optional.empty();
    }
    return Optional.of(node.bigIntegerValue());
  }

  private <T> Optional<T> text(String member, Function<String, T> reading) {
    return text(root.path(member), member, reading);
  }

  private <T> Optional<T> text(JsonNode node, String path, Function<String, T> reading) {
    if (!node.isTextual()) {
      problem(path, node.isMissingNode() ? "is missing" : "must be a text");
      return Optional.empty();
    }
    try {
      return Optional.of(reading.apply(node.textValue()));
    } catch (DateTimeException e) {
      problem(path, "must be a time such as 2026-11-25T16:00:00Z, or a duration such as PT10M");
    } catch (IllegalArgumentException e) {
      problem(path, e.getMessage());
    }
    return Optional.empty();
  }

  private void problem(String path, String message) {
    problems.add(new DocumentProblem(path, message));
  }

  private static Instant instant(String text) {
    Instant instant = Instant.parse(text);
    if (instant.isBefore(Instant.EPOCH) || instant.isAfter(Instant.parse("9999-12-31T00:00:00Z"))) {
      throw new IllegalArgumentException("must be a time from 1970 to 9999");
    }
    return instant;
  }

  private static String label(String text) {
    return matching(text, "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "must be 1 to 64 letters, digits, dots, hyphens and underscores");
  }

  private static String name(String text) {
    if (!Name.isValid(text)) {
      throw new IllegalArgumentException("must be 1 to 63 lower-case letters, digits and hyphens");
    }
    return text;
  }

  private static String release(String text) {
    return matching(text, "[0-9]{1,6}(\\.[0-9]{1,6}){0,2}", "must be a version such as 1.2.0");
  }

  private static String matching(String text, String pattern, String otherwise) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException(otherwise);
    }
    return text;
  }

  private static String shown(String name) {
    return name.replaceAll("[^\\x20-\\x7e]", "?").substring(0, Math.min(name.length(), 40));
  }
}
