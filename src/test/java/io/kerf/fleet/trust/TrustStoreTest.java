package io.kerf.fleet.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.AgentFixture;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.protocol.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreTest {
  @TempDir
  private Path data;

  private final FleetFixture fleet = new FleetFixture();

  private TrustStore store() throws IOException {
    Path first = Files.write(data.resolve("first.json"), fleet.trust().bytes());
    return TrustStore.open(data.resolve("trust.json"), Optional.of(first));
  }

  /** Version n of a fleet whose roots and signer all change with every version. */
  private record Generation(SigningKey a, SigningKey b, SigningKey signer) {
    static Generation make() {
      return new Generation(SigningKey.generate(), SigningKey.generate(), SigningKey.generate());
    }

    TrustDocument document(long version, long epoch) {
      return new TrustDocument(FleetFixture.FLEET, version, epoch, 2, List.of(a.verifying(), b.verifying()), List.of(signer.verifying()));
    }
  }

  private SignedTrust next(Generation before, Generation after, long version) {
    return SignedTrust.of(after.document(version, 1)).signedBy(before.a).signedBy(before.b).signedBy(after.a).signedBy(after.b);
  }

  @Test
  void aStationThatSleptThroughFiveRotationsWalksThemInWhateverOrderTheyCome() throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      Path file = data.resolve(seed + ".json");
      Generation then = new Generation(fleet.rootA, fleet.rootB, fleet.signer);
      Files.write(file, fleet.trust().bytes());
      List<SignedTrust> rotations = new ArrayList<>();
      for (int version = 2; version <= 6; version++) {
        Generation after = Generation.make();
        rotations.add(next(then, after, version));
        then = after;
      }
      Collections.shuffle(rotations, new Random(seed));
      TrustStore store = TrustStore.open(file, Optional.empty());
      rotations.forEach(rotation -> store.offer(rotation.bytes()));
      assertThat(store.current()).as("seed " + seed).isEqualTo(then.document(6, 1));
      assertThat(TrustStore.open(file, Optional.empty()).current().version()).isEqualTo(6);
    }
  }

  @Test
  void aStolenSigningKeyIsRefusedOnceItWasLeftOutAndTheNewOneCounts() {
    AgentFixture station = new AgentFixture(data, fleet);
    SigningKey fresh = SigningKey.generate();
    assertThat(station.agent.receive(fleet.envelope(5, "{\"exposureMs\": 9}"))).isInstanceOf(Outcome.Accepted.class);
    station.pass(Duration.ofSeconds(20));
    assertThat(station.agent.receiveTrust(fleet.trust(2, 1, fresh).bytes())).isTrue();
    assertThat(station.agent.receive(fleet.envelope(99, "{\"exposureMs\": 1}")))
        .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.FLEET_KEY_UNKNOWN));
    assertThat(station.agent.receive(FleetFixture.sign(FleetFixture.payload(6, "{\"exposureMs\": 10}"), fresh))).isInstanceOf(Outcome.Accepted.class);
    station.pass(Duration.ofSeconds(20));
    assertThat(station.exposure()).isEqualTo("10");
    station.restart();
    assertThat(station.agent.trustVersion()).isEqualTo(2);
  }

  @Test
  void aNewEpochLowersVersionsAndOnlyRootsRaiseIt() {
    AgentFixture station = new AgentFixture(data, fleet);
    byte[] lowered = fleet.sign(FleetFixture.payload(new FleetVersion(2, 1), Audience.station(FleetFixture.STATION), "{\"exposureMs\": 3}", FleetFixture.QUICK));
    station.agent.receive(fleet.sign(FleetFixture.payload(-1, "{\"exposureMs\": 9}")));
    station.pass(Duration.ofSeconds(20));
    assertThat(station.agent.status().highestSeen().orElseThrow()).hasToString("1.18446744073709551615");
    assertThat(station.agent.receive(lowered)).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.FLEET_EPOCH_WRONG));
    station.agent.receiveTrust(fleet.trust(2, 2, fleet.signer).bytes());
    assertThat(station.agent.receive(lowered)).isInstanceOf(Outcome.Accepted.class);
    assertThat(station.agent.receive(fleet.envelope(-1, "{\"exposureMs\": 9}")))
        .isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(refused.fault()).isEqualTo(Fault.FLEET_EPOCH_WRONG));
  }

  @Test
  void whatMayNotFollowIsRefusedAndChangesNothing() throws IOException {
    TrustStore store = store();
    SigningKey stranger = SigningKey.generate();
    TrustDocument second = fleet.trustDocument(2, 1, fleet.signer);
    assertRefused(store, SignedTrust.of(second).signedBy(fleet.rootA), "fewer than 2 root keys of version 1");
    assertRefused(store, SignedTrust.of(second).signedBy(fleet.rootA).signedBy(fleet.rootA), "fewer than 2 root keys of version 1");
    assertRefused(store, SignedTrust.of(second).signedBy(fleet.rootA).signedBy(stranger), "fewer than 2 root keys of version 1");
    assertRefused(store, SignedTrust.of(second).signedBy(fleet.rootA).signedBy(fleet.signer), "fewer than 2 root keys of version 1");
    TrustDocument strangers = new TrustDocument(FleetFixture.FLEET, 2, 1, 1, List.of(stranger.verifying()), List.of());
    assertRefused(store, SignedTrust.of(strangers).signedBy(stranger), "fewer than 2 root keys of version 1");
    assertRefused(store, SignedTrust.of(strangers).signedBy(fleet.rootA).signedBy(fleet.rootB), "fewer than 1 of its own root keys");
    assertRefused(store, SignedTrust.of(fleet.trustDocument(66, 1, fleet.signer)).signedBy(fleet.rootA).signedBy(fleet.rootB), "more than 64 ahead");
    assertThatThrownBy(() -> store.offer("{}".getBytes())).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_TRUST_INVALID));
    assertThatThrownBy(() -> store.offer(new byte[SignedTrust.MAX_BYTES + 1])).isInstanceOf(FaultException.class);
    assertThat(store.current().version()).isEqualTo(1);
  }

  @Test
  void anEpochNeverFallsAndAnotherFleetNeverTakesOver() throws IOException {
    TrustStore store = store();
    store.offer(fleet.trust(2, 5, fleet.signer).bytes());
    assertRefused(store, fleet.trust(3, 4, fleet.signer), "epoch 4 is lower than 5");
    TrustDocument other = new TrustDocument("evil", 3, 5, 2, List.of(fleet.rootA.verifying(), fleet.rootB.verifying()), List.of());
    assertRefused(store, SignedTrust.of(other).signedBy(fleet.rootA).signedBy(fleet.rootB), "of fleet evil");
    assertThat(store.offer(fleet.trust(1, 1).bytes())).as("known already").isFalse();
  }

  @Test
  void withoutAFirstTrustNothingIsBelievedAndADamagedOneIsNotReplacedByTheFirst() throws IOException {
    assertThatThrownBy(() -> TrustStore.open(data.resolve("trust.json"), Optional.empty()))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_TRUST_MISSING));
    store();
    Files.writeString(data.resolve("trust.json"), "{\"payload\": \"e30\", \"signatures\": []}");
    assertThatThrownBy(this::store).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_TRUST_INVALID));
  }

  @Test
  void aKidNamesOneKeyAlone() {
    VerifyingKey key = fleet.signer.verifying();
    assertThatThrownBy(() -> new VerifyingKey(key.kid(), fleet.rootA.verifying().x())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TrustDocument(FleetFixture.FLEET, 1, 1, 1, List.of(key), List.of(key))).hasMessageContaining("a root key is a signing key as well");
  }

  /** RFC 8037, appendix A.3: the key and its thumbprint. */
  @Test
  void aThumbprintIsThatOfTheStandard() throws IOException {
    Path file = Files.writeString(data.resolve("rfc8037.key"), "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\","
        + "\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}");
    assertThat(SigningKey.read(file).kid()).isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  private static void assertRefused(TrustStore store, SignedTrust trust, String why) {
    assertThatThrownBy(() -> store.offer(trust.bytes())).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_TRUST_INVALID))
        .hasMessageContaining(why);
  }
}
