package io.kerf.fleet;

import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.Envelope;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.envelope.Rollout;
import io.kerf.fleet.trust.SignedTrust;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.fleet.trust.TrustDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A fleet called acme with two roots, both of which are needed, and one signer. */
public final class FleetFixture {
  public static final String FLEET = "acme";
  public static final String STATION = "line-7";
  public static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
  public static final byte[] FIRST = bytes("{\"exposureMs\": 8}");
  /** Five seconds and twenty frames. */
  public static final Policy QUICK = new Policy(false, Optional.empty(), new Probation(Duration.ofSeconds(5), 20, Duration.ofHours(1), 0.2));

  public final SigningKey rootA = SigningKey.generate();
  public final SigningKey rootB = SigningKey.generate();
  public final SigningKey signer = SigningKey.generate();

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public TrustDocument trustDocument(long version, long epoch, SigningKey... signers) {
    return new TrustDocument(FLEET, version, epoch, 2, List.of(rootA.verifying(), rootB.verifying()), java.util.Arrays.stream(signers).map(SigningKey::verifying).toList());
  }

  public SignedTrust trust() {
    return trust(1, 1, signer);
  }

  public SignedTrust trust(long version, long epoch, SigningKey... signers) {
    return SignedTrust.of(trustDocument(version, epoch, signers)).signedBy(rootA).signedBy(rootB);
  }

  public static Payload payload(long version, String document) {
    return payload(new FleetVersion(1, version), Audience.station(STATION), document, QUICK);
  }

  public static Payload payload(FleetVersion version, Audience audience, String document, Policy policy) {
    return new Payload("d-" + version, FLEET, audience, version, NOW.minusSeconds(60), NOW.minusSeconds(60), NOW.plus(Duration.ofDays(7)), "0.1.0", bytes(document), policy,
        new Rollout("r-1", "press"));
  }

  public byte[] envelope(long version, String document) {
    return sign(payload(version, document));
  }

  public byte[] sign(Payload payload) {
    return sign(payload, signer);
  }

  public static byte[] sign(Payload payload, SigningKey key) {
    try {
      return Envelope.sign(payload, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
