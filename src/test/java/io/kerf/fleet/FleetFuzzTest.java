package io.kerf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.Version;
import io.kerf.fault.Fault;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.Identity;
import io.kerf.fleet.protocol.Outcome;
import io.kerf.fleet.protocol.Reception;
import io.kerf.fleet.protocol.Situation;
import io.kerf.fleet.trust.CompactJws;
import io.kerf.fleet.trust.SignedTrust;
import io.kerf.fleet.trust.TrustStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envelopes that were tampered with, in as many ways as time allows; the seed is told, for whoever repeats a failure. */
class FleetFuzzTest {
  private static final long SEED = Long.getLong("kerf.fuzz.seed", 20261125);
  private static final int CASES = Integer.getInteger("kerf.fuzz.cases", 100_000);
  private static final int SIGNED_CASES = CASES / 100;
  private static final FleetFixture FLEET = new FleetFixture();
  private static final List<String> PIECES = List.of("{", "}", "[", "]", "\"", ":", ",", "\\", "\\u0000", "null", "-1", "1e999999999", "18446744073709551616", "\"schema\":1",
      "[[[[[[[[[[[[", "{\"a\":", "true", "..", "=", "%00", "9".repeat(100), "\"version\":", "2027-99-99T00:00:00Z", "PT-1S", "\uD800");

  @TempDir
  private Path folder;

  private final Random random = new Random(SEED);
  private final Map<Fault, Integer> refusals = new EnumMap<>(Fault.class);
  private final Situation situation = new Situation(FLEET.trust().document(), new Identity(FleetFixture.STATION, List.of("press")).audiences(), Optional.empty(), false,
      FleetFixture.NOW, Version.CURRENT);

  @Test
  void noTamperedEnvelopeIsAcceptedAndNoneDoesMoreThanBeRefused() throws IOException {
    DocumentCheck documents = new io.kerf.fleet.simulation.SimulatedStation(folder, FleetFixture.FIRST, () -> 0, TlsFiles.NONE);
    byte[] good = FLEET.envelope(6, "{\"exposureMs\": 9, \"exposureMostMs\": 20}");
    assertThat(Reception.receive(good, situation, documents)).isInstanceOf(Outcome.Accepted.class);
    for (int i = 0; i < CASES; i++) {
      // The second kind costs a verification nearly every time.
      byte[] tampered = i % 4 != 0 ? mutated(good) : mutatedInside(good);
      if (!Arrays.equals(tampered, good)) {
        count(i, Reception.receive(tampered, situation, documents));
      }
    }
    System.out.println("Seed " + SEED + ", " + CASES + " tampered envelopes were refused: " + refusals);
    assertThat(refusals.keySet()).contains(Fault.FLEET_NOT_AN_ENVELOPE, Fault.FLEET_SIGNATURE_INVALID, Fault.FLEET_ALGORITHM_REFUSED, Fault.FLEET_TOO_DEEP);
  }

  /** A signer that is broken or mad: whatever it signs is refused with a code or is as good as what it says. */
  @Test
  void whatAMadSignerSignsIsRefusedOrMeetsTheSchema() throws IOException {
    DocumentCheck documents = new io.kerf.fleet.simulation.SimulatedStation(folder, FleetFixture.FIRST, () -> 0, TlsFiles.NONE);
    byte[] good = FleetFixture.payload(6, "{\"exposureMs\": 9, \"exposureMostMs\": 20}").bytes();
    int accepted = 0;
    for (int i = 0; i < SIGNED_CASES; i++) {
      byte[] payload = mutated(good);
      byte[] envelope = CompactJws.sign("kerf-station+jws", payload, FLEET.signer).getBytes(StandardCharsets.US_ASCII);
      Outcome outcome = Reception.receive(envelope, situation, documents);
      if (outcome instanceof Outcome.Refused refused) {
        refusals.merge(refused.fault(), 1, Integer::sum);
      } else {
        accepted++;
        io.kerf.fleet.envelope.Payload read = outcome instanceof Outcome.Accepted taken ? taken.payload() : ((Outcome.DryRun) outcome).payload();
        assertThat(documents.check(read.document())).as("seed %d, case %d", SEED, i).isEmpty();
        assertThat(read.fleet()).isEqualTo(FleetFixture.FLEET);
        assertThat(read.audience()).isIn(Audience.station(FleetFixture.STATION), Audience.group("press"));
        assertThat(read.expires()).isAfter(FleetFixture.NOW);
      }
    }
    System.out.println("Seed " + SEED + ", " + SIGNED_CASES + " payloads signed unseen: " + accepted + " met the schema, the others were refused: " + refusals);
    assertThat(refusals.keySet()).contains(Fault.FLEET_PAYLOAD_INVALID, Fault.FLEET_AUDIENCE_WRONG, Fault.FLEET_EPOCH_WRONG);
  }

  @Test
  void noTamperedTrustTakesEffect() throws IOException {
    Path file = Files.write(folder.resolve("trust.json"), FLEET.trust().bytes());
    TrustStore store = TrustStore.open(file, Optional.empty());
    byte[] good = FLEET.trust(2, 1, FLEET.signer).bytes();
    SignedTrust read = SignedTrust.read(good);
    for (int i = 0; i < SIGNED_CASES; i++) {
      byte[] tampered = mutated(good);
      try {
        if (store.offer(tampered)) {
          // White space and the order of members are no part of what is signed.
          assertThat(SignedTrust.read(tampered).document()).as("seed %d, case %d", SEED, i).isEqualTo(read.document());
          Files.write(file, FLEET.trust().bytes());
          store = TrustStore.open(file, Optional.empty());
        }
      } catch (io.kerf.fault.FaultException e) {
        assertThat(e.fault()).isEqualTo(Fault.FLEET_TRUST_INVALID);
      }
    }
  }

  private void count(int i, Outcome outcome) {
    assertThat(outcome).as("seed %d, case %d", SEED, i).isInstanceOf(Outcome.Refused.class);
    refusals.merge(((Outcome.Refused) outcome).fault(), 1, Integer::sum);
  }

  private byte[] mutatedInside(byte[] envelope) {
    String[] parts = new String(envelope, StandardCharsets.US_ASCII).split("\\.");
    int part = random.nextInt(3);
    parts[part] = Base64.getUrlEncoder().withoutPadding().encodeToString(mutated(Base64.getUrlDecoder().decode(parts[part])));
    return String.join(".", parts).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] mutated(byte[] bytes) {
    byte[] changed = bytes;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      changed = once(changed);
    }
    return changed;
  }

  private byte[] once(byte[] bytes) {
    int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0:
        byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
          flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
      case 1:
        return Arrays.copyOf(bytes, at);
      case 2:
        return joined(bytes, at, PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8), at);
      case 3:
        return joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(8)));
      case 4:
        return joined(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + random.nextInt(64))), at);
      default:
        byte[] noise = new byte[random.nextInt(16)];
        random.nextBytes(noise);
        return joined(bytes, at, noise, Math.min(bytes.length, at + noise.length));
    }
  }

  private static byte[] joined(byte[] bytes, int until, byte[] middle, int from) {
    byte[] joined = Arrays.copyOf(bytes, until + middle.length + bytes.length - from);
    System.arraycopy(middle, 0, joined, until, middle.length);
    System.arraycopy(bytes, from, joined, until + middle.length, bytes.length - from);
    return joined;
  }
}
