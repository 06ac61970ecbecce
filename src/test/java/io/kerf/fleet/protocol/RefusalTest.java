package io.kerf.fleet.protocol;

import static io.kerf.fleet.FleetFixture.NOW;
import static io.kerf.fleet.FleetFixture.QUICK;
import static io.kerf.fleet.FleetFixture.STATION;
import static io.kerf.fleet.FleetFixture.bytes;
import static io.kerf.fleet.FleetFixture.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fleet.AgentFixture;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.trust.CompactJws;
import io.kerf.fleet.trust.SigningKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal of the protocol: with its code, audited, reported, and changing nothing. */
class RefusalTest {
  private static final FleetFixture FLEET = new FleetFixture();
  private static final Duration TEN_YEARS = Duration.ofDays(3653);

  @TempDir
  private Path data;

  /** What arrives at a station that has accepted version 5, and when by its clock. */
  private record Case(String name, Fault fault, Instant clock, Function<FleetFixture, byte[]> envelope) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Arguments when(String name, Fault fault, Function<FleetFixture, byte[]> envelope) {
    return at(NOW, name, fault, envelope);
  }

  private static Arguments at(Instant clock, String name, Fault fault, Function<FleetFixture, byte[]> envelope) {
    return Arguments.of(new Case(name, fault, clock, envelope));
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        when("larger than 256 KiB", Fault.FLEET_TOO_LARGE, fleet -> new byte[Envelope.MAX_BYTES + 1]),
        when("empty", Fault.FLEET_NOT_AN_ENVELOPE, fleet -> new byte[0]),
        when("unsigned JSON", Fault.FLEET_NOT_AN_ENVELOPE, fleet -> bytes("{\"exposureMs\": 9}")),
        when("five parts, as if encrypted", Fault.FLEET_NOT_AN_ENVELOPE, fleet -> bytes("a.b.c.d.e")),
        when("unsigned: the signature left out", Fault.FLEET_ALGORITHM_REFUSED, fleet -> changed(fleet, parts -> parts[2] = "")),
        when("alg none", Fault.FLEET_ALGORITHM_REFUSED, fleet -> withHeader(fleet, header -> header.replace("EdDSA", "none"), "")),
        when("alg none in other letters, with a signature", Fault.FLEET_ALGORITHM_REFUSED, fleet -> withHeader(fleet, header -> header.replace("EdDSA", "nOnE"), null)),
        when("HMAC with the public key as its secret", Fault.FLEET_ALGORITHM_REFUSED, RefusalTest::hmac),
        when("a signature with a zero too many, which Java verifies", Fault.FLEET_SIGNATURE_INVALID, fleet -> longer(fleet.envelope(6, "{}"))),
        when("another type", Fault.FLEET_ALGORITHM_REFUSED, fleet -> CompactJws.sign("kerf-trust+jws", readable(payload(6, "{}")), fleet.signer).getBytes(StandardCharsets.US_ASCII)),
        when("crit", Fault.FLEET_ALGORITHM_REFUSED, fleet -> withHeader(fleet, header -> header.replace("}", ",\"crit\":[\"exp\"],\"exp\":1}"), null)),
        when("a key of its own in the header", Fault.FLEET_ALGORITHM_REFUSED, fleet -> withHeader(fleet, header -> header.replace("}", ",\"jwk\":{}}"), null)),
        when("alg twice in the header", Fault.FLEET_NOT_AN_ENVELOPE, fleet -> withHeader(fleet, header -> header.replace("}", ",\"alg\":\"none\"}"), null)),
        when("padding after base64url", Fault.FLEET_NOT_AN_ENVELOPE, fleet -> bytes(new String(fleet.envelope(6, "{}"), StandardCharsets.US_ASCII) + "==")),
        when("a key that never was one", Fault.FLEET_KEY_UNKNOWN, fleet -> FleetFixture.sign(payload(6, "{}"), SigningKey.generate())),
        when("a root key, which signs no configuration", Fault.FLEET_KEY_UNKNOWN, fleet -> FleetFixture.sign(payload(6, "{}"), fleet.rootA)),
        when("another key under the name of a trusted one", Fault.FLEET_SIGNATURE_INVALID, RefusalTest::underAnothersName),
        when("altered after it was signed", Fault.FLEET_SIGNATURE_INVALID, RefusalTest::altered),
        when("nested eleven deep", Fault.FLEET_TOO_DEEP, fleet -> signedText(fleet, "{\"document\":" + "[".repeat(10) + "]".repeat(10) + "}")),
        when("no JSON inside", Fault.FLEET_PAYLOAD_INVALID, fleet -> signedText(fleet, "exposureMs: 9")),
        when("one name twice", Fault.FLEET_PAYLOAD_INVALID, fleet -> signedText(fleet, readableText(payload(6, "{}")).replace("{\"schema\":1", "{\"schema\":1,\"schema\":1"))),
        when("for another station", Fault.FLEET_AUDIENCE_WRONG,
            fleet -> fleet.sign(payload(new FleetVersion(1, 6), Audience.station("line-8"), "{}", QUICK))),
        when("for another group", Fault.FLEET_AUDIENCE_WRONG, fleet -> fleet.sign(payload(new FleetVersion(1, 6), Audience.group("paint"), "{}", QUICK))),
        when("of another fleet", Fault.FLEET_AUDIENCE_WRONG, fleet -> edited(fleet, "\"fleet\":\"acme\"", "\"fleet\":\"evil\"")),
        when("an epoch below 1", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "\"epoch\":1", "\"epoch\":0")),
        when("of an epoch that no root has raised", Fault.FLEET_EPOCH_WRONG,
            fleet -> fleet.sign(payload(new FleetVersion(2, 6), Audience.station(STATION), "{}", QUICK))),
        when("a lower version", Fault.FLEET_VERSION_LOWER, fleet -> fleet.envelope(4, "{}")),
        when("the same version with another content", Fault.FLEET_EQUIVOCATION, fleet -> fleet.envelope(5, "{\"exposureMs\": 77}")),
        at(NOW.plus(Duration.ofDays(7)), "expired to the second", Fault.FLEET_EXPIRED, fleet -> fleet.envelope(6, "{}")),
        at(NOW.minusSeconds(61), "not yet valid by a second", Fault.FLEET_NOT_YET_VALID, fleet -> edited(fleet, "\"notBefore\":\"2027-03-01T11:59:00Z\"", "\"notBefore\":\"2027-03-01T11:59:01Z\"")),
        at(NOW.plus(TEN_YEARS), "a clock ten years ahead", Fault.FLEET_EXPIRED, fleet -> fleet.envelope(6, "{}")),
        at(NOW.minus(TEN_YEARS), "a clock ten years back, and what expired before the last trusted time", Fault.FLEET_EXPIRED, RefusalTest::old),
        when("an unknown member", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "{\"schema\":1", "{\"colour\":1,\"schema\":1")),
        when("an unknown member of the policy", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "\"dryRun\":false", "\"dryRun\":false,\"force\":true")),
        when("a member missing", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "\"expires\"", "\"expire\"")),
        when("another schema", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "{\"schema\":1", "{\"schema\":2")),
        when("a version with a sign", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "\"version\":6", "\"version\":-6")),
        when("a version of 65 bits", Fault.FLEET_PAYLOAD_INVALID, fleet -> edited(fleet, "\"version\":6", "\"version\":18446744073709551616")),
        when("an unknown key in the document", Fault.FLEET_DOCUMENT_INVALID, fleet -> fleet.envelope(6, "{\"exposureMs\": 9, \"expsure\": 9}")),
        when("fields that contradict each other", Fault.FLEET_DOCUMENT_INVALID, fleet -> fleet.envelope(6, "{\"exposureMs\": 30, \"exposureMostMs\": 20}")),
        when("for a newer version of Kerf", Fault.FLEET_APP_TOO_OLD, fleet -> edited(fleet, "\"minApp\":\"0.1.0\"", "\"minApp\":\"99.0\"")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefusedWithItsCodeAuditedAndChangesNothing(Case refused) throws IOException {
    AgentFixture fixture = new AgentFixture(data, FLEET);
    fixture.agent.receive(FLEET.envelope(5, "{\"exposureMs\": 9}"));
    fixture.pass(Duration.ofSeconds(20));
    assertThat(fixture.deployment().state()).isEqualTo(Deployment.State.COMMITTED);
    fixture.wall = refused.clock();
    Map<String, String> before = files();
    int audited = fixture.audited.size();

    Outcome outcome = fixture.agent.receive(refused.envelope().apply(FLEET));

    assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, told -> {
      assertThat(told.fault()).as(told.detail()).isEqualTo(refused.fault());
      assertThat(told.detail()).endsWith(".").matches(detail -> detail.contains("othing was changed") || detail.contains("What runs goes on"));
    });
    assertThat(files()).isEqualTo(before);
    assertThat(fixture.exposure()).isEqualTo("9");
    assertThat(fixture.audited).hasSize(audited + 1);
    assertThat(fixture.audited.get(audited).action().code()).isEqualTo("fleet-refused");
    assertThat(fixture.audited.get(audited).detail()).startsWith(refused.fault().code() + ": ");
    assertThat(fixture.newest().state()).isEqualTo(ReportState.REJECTED);
    assertThat(fixture.newest().code()).contains(refused.fault().code());
  }

  /** What the station holds, but for the reports it keeps. */
  private Map<String, String> files() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).filter(file -> !file.getParent().endsWith("outbox"))::iterator) {
        all.put(data.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all;
  }

  @Test
  void allProblemsOfADocumentAreToldAtOnce() {
    AgentFixture fixture = new AgentFixture(data, FLEET);
    Outcome outcome = fixture.agent.receive(signedText(FLEET, readableText(payload(6, "{\"exposureMs\": -1, \"expsure\": 2}")).replace("\"dryRun\":false", "\"dryRun\":7")));
    assertThat(((Outcome.Refused) outcome).problems()).extracting(Object::toString).containsExactly("policy.dryRun: must be true or false");
    outcome = fixture.agent.receive(FLEET.envelope(6, "{\"exposureMs\": -1, \"expsure\": 2}"));
    assertThat(((Outcome.Refused) outcome).problems()).extracting(Object::toString)
        .containsExactly("document.expsure: is not known to this version", "document.exposureMs: must be a number above 0");
  }

  @Test
  void aRefusalThatComesAgainIsToldOnceAndAFloodOfThemIsCounted() {
    AgentFixture fixture = new AgentFixture(data, FLEET);
    byte[] bad = bytes("rubbish");
    fixture.agent.receive(bad);
    fixture.agent.receive(bad);
    assertThat(fixture.audited).hasSize(1);
    for (int i = 0; i < 500; i++) {
      fixture.agent.receive(bytes("rubbish " + i));
    }
    assertThat(fixture.audited).hasSize(Refusals.MOST_PER_HOUR);
    fixture.pass(Duration.ofHours(1));
    fixture.agent.receive(bytes("rubbish of the next hour"));
    assertThat(fixture.audited.get(Refusals.MOST_PER_HOUR).detail()).contains("481 more were refused");
  }

  @Test
  void whoeverSignedItWellIsAlwaysAnswered() {
    AgentFixture fixture = new AgentFixture(data, FLEET);
    for (int version = 1; version <= 30; version++) {
      fixture.agent.receive(FLEET.envelope(version, "{\"expsure\": 9}"));
      assertThat(fixture.newest().deploymentId()).contains("d-1." + version);
    }
    assertThat(fixture.audited).hasSize(Refusals.MOST_PER_HOUR);
  }

  private static byte[] readable(Payload payload) {
    try {
      return payload.bytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String readableText(Payload payload) {
    return new String(readable(payload), StandardCharsets.UTF_8);
  }

  private static byte[] signedText(FleetFixture fleet, String text) {
    return CompactJws.sign(Envelope.TYPE, bytes(text), fleet.signer).getBytes(StandardCharsets.US_ASCII);
  }

  /** Version 6, good but for one thing, and signed as it is. */
  private static byte[] edited(FleetFixture fleet, String what, String by) {
    String good = readableText(payload(6, "{\"exposureMs\": 9}"));
    assertThat(good).contains(what);
    return signedText(fleet, good.replace(what, by));
  }

  private static byte[] old(FleetFixture fleet) {
    Payload good = payload(6, "{}");
    return fleet.sign(new Payload(good.deploymentId(), good.fleet(), good.audience(), good.version(), NOW.minus(Duration.ofDays(30)), NOW.minus(Duration.ofDays(30)),
        NOW.minus(Duration.ofDays(1)), good.minApp(), good.document(), good.policy(), good.rollout()));
  }

  private static byte[] changed(FleetFixture fleet, java.util.function.Consumer<String[]> change) {
    String[] parts = new String(fleet.envelope(6, "{\"exposureMs\": 9}"), StandardCharsets.US_ASCII).split("\\.");
    change.accept(parts);
    return bytes(String.join(".", parts));
  }

  private static byte[] altered(FleetFixture fleet) {
    return changed(fleet, parts -> parts[1] = base64(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("\"exposureMs\":9", "\"exposureMs\":7")));
  }

  private static byte[] withHeader(FleetFixture fleet, Function<String, String> change, String signature) {
    return changed(fleet, parts -> {
      parts[0] = base64(change.apply(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8)));
      parts[2] = signature == null ? parts[2] : signature;
    });
  }

  private static byte[] underAnothersName(FleetFixture fleet) {
    SigningKey thief = SigningKey.generate();
    String[] theirs = new String(FleetFixture.sign(payload(6, "{}"), thief), StandardCharsets.US_ASCII).split("\\.");
    return changed(fleet, parts -> {
      parts[1] = theirs[1];
      parts[2] = theirs[2];
    });
  }

  private static byte[] hmac(FleetFixture fleet) {
    return changed(fleet, parts -> {
      parts[0] = base64(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8).replace("EdDSA", "HS256"));
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getUrlDecoder().decode(fleet.signer.verifying().x()), "HmacSHA256"));
        parts[2] = Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(parts[0] + "." + parts[1])));
      } catch (java.security.GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    });
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] longer(byte[] envelope) {
    String text = new String(envelope, StandardCharsets.US_ASCII);
    int dot = text.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(text.substring(dot + 1));
    return (text.substring(0, dot + 1) + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signature, signature.length + 1))).getBytes(StandardCharsets.US_ASCII);
  }
}
