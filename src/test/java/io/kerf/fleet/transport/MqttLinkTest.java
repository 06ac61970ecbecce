package io.kerf.fleet.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.Brokers;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.protocol.ReportState;
import io.kerf.fleet.sender.BrokerPlant;
import io.kerf.fleet.sender.Plant;
import io.kerf.fleet.simulation.SimulatedFleet;
import io.kerf.fleet.simulation.TrialAuthority;
import io.kerf.fleet.simulation.TrialBroker;
import io.kerf.fleet.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real mosquitto with the access lists that are shipped. */
class MqttLinkTest {
  private static final FleetFixture FLEET = new FleetFixture();
  private static final Policy QUICK = new Policy(false, Optional.empty(), new Probation(Duration.ofSeconds(1), 5, Duration.ofMinutes(1), 0.2));

  @TempDir
  private static Path folder;
  private static TrialAuthority authority;
  private static TrialBroker broker;
  private static SimulatedFleet fleet;
  private static BrokerPlant sender;

  @BeforeAll
  static void start() throws Exception {
    authority = new TrialAuthority(folder);
    broker = Brokers.start(folder, authority);
    for (String name : new String[] {"line-1", "line-2", "line-3", "line-4"}) {
      authority.issue(name);
    }
    authority.issue("late", Duration.ofDays(-1));
    Path trust = Files.write(folder.resolve("first-trust.json"), FLEET.trust().bytes());
    fleet = new SimulatedFleet(folder, broker.uri(), trust);
    sender = BrokerPlant.connect(FleetFixture.FLEET, broker.uri(), Brokers.tls(folder, "fleet-sender"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (sender != null) {
      sender.close();
      fleet.close();
      broker.close();
    }
  }

  private static byte[] envelope(Audience audience, long version, int exposure, SigningKey key) {
    return FleetFixture.sign(new io.kerf.fleet.envelope.Payload("d-" + version, FleetFixture.FLEET, audience, new FleetVersion(1, version), Instant.now().minusSeconds(5),
        Instant.now().minusSeconds(5), Instant.now().plusSeconds(3600), "0.1.0",
        FleetFixture.bytes("{\"exposureMs\": " + exposure + ", \"broker\": \"" + broker.uri() + "\"}"), QUICK, new io.kerf.fleet.envelope.Rollout("r", "all")), key);
  }

  private static Optional<ReportState> state(String station) {
    return Optional.ofNullable(sender.stations().get(station)).flatMap(Plant.Known::report).map(report -> report.state());
  }

  private static boolean reports(String station, String version) {
    return Optional.ofNullable(sender.stations().get(station)).flatMap(Plant.Known::report)
        .filter(report -> report.state() == ReportState.COMMITTED && report.active().version().equals(version)).isPresent();
  }

  @Test
  void aRetainedDocumentIsTakenUpReportedAndTheLastWillSaysWhoIsGone() throws Exception {
    sender.send(Audience.station("line-1"), envelope(Audience.station("line-1"), 1, 9, FLEET.signer), true);
    fleet.start("line-1", changed -> {});
    Brokers.await("line-1 reports version 1", () -> reports("line-1", "1.1"));
    assertThat(sender.stations().get("line-1").online()).contains(true);
    fleet.stop("line-1");
    Brokers.await("line-1 is offline", () -> sender.stations().get("line-1").online().equals(Optional.of(false)));
    assertThat(state("line-1")).contains(ReportState.COMMITTED);
  }

  @Test
  void aGroupsDocumentReachesItsStationsAndTrustIsWalkedFromTheBroker() throws Exception {
    SigningKey fresh = SigningKey.generate();
    sender.sendTrust(3, FLEET.trust(3, 1, fresh).bytes());
    sender.sendTrust(2, FLEET.trust(2, 1, FLEET.signer).bytes());
    fleet.start("line-2", changed -> {});
    Brokers.await("trust 3", () -> fleet.agent("line-2").trustVersion() == 3);
    sender.send(Audience.group(SimulatedFleet.GROUP), envelope(Audience.group(SimulatedFleet.GROUP), 1, 10, fresh), false);
    Brokers.await("line-2 reports version 1", () -> reports("line-2", "1.1"));
    fleet.stop("line-2");
  }

  @Test
  void aBrokerThatIsAwayLosesNoReportAndStopsNothing() throws Exception {
    fleet.start("line-3", changed -> {});
    Brokers.await("line-3 is there", () -> state("line-3").isPresent());
    broker.close();
    fleet.station("line-3").changeByHand("exposureMs", 12);
    fleet.agent("line-3").receive(envelope(Audience.station("line-3"), 1, 9, FLEET.signer));
    Brokers.await("it is applied all the same", () -> fleet.station("line-3").active().version().equals("1.1"));
    assertThat(fleet.agent("line-3").outbox().waiting()).isPositive();
    broker.start();
    Brokers.await("line-3 has reported all of it", () -> reports("line-3", "1.1") && fleet.agent("line-3").outbox().waiting() == 0);
    fleet.stop("line-3");
  }

  @Test
  void anExpiredCertificateKeepsAStationOutAndItGoesOnInspecting() throws Exception {
    fleet.start("late", changed -> {});
    assertThat(fleet.agent("late").receive(envelope(Audience.station("late"), 1, 9, FLEET.signer))).isInstanceOf(io.kerf.fleet.protocol.Outcome.Accepted.class);
    Brokers.await("what comes another way is applied", () -> fleet.station("late").active().version().equals("1.1"));
    Brokers.await("it is on probation no more", () -> fleet.agent("late").status().deployment().orElseThrow().state().isOver());
    assertThat(sender.stations()).doesNotContainKey("late");
    assertThat(fleet.agent("late").outbox().waiting()).isPositive();
    fleet.stop("late");
  }

  @Test
  void aStationHearsAndSaysOnlyWhatIsItsOwn() throws Exception {
    Topics topics = new Topics(FleetFixture.FLEET);
    Set<String> heard = new ConcurrentSkipListSet<>();
    Map<String, String> lost = new ConcurrentHashMap<>();
    CountDownLatch up = new CountDownLatch(1);
    try (MqttConnection thief = new MqttConnection(broker.uri(), Brokers.tls(folder, "line-4"), "thief", java.util.List.of("kerf/#"), Optional.empty(),
        new MqttConnection.Listener(Runnable::run, (topic, message) -> heard.add(topic), up::countDown, why -> lost.put("why", why))).start()) {
      assertThat(up.await(20, TimeUnit.SECONDS)).isTrue();
      sender.send(Audience.station("line-9"), "secret".getBytes(), false);
      sender.send(Audience.station("line-4"), "own".getBytes(), false);
      Brokers.await("its own", () -> heard.contains(topics.desired(Audience.station("line-4"))));
      assertThat(heard).noneMatch(topic -> topic.contains("line-9") || topic.endsWith("reported"));
      assertThatThrownBy(() -> thief.publish(topics.reported("line-1"), "lie".getBytes(), true).get(20, TimeUnit.SECONDS)).hasMessageContaining("NOT_AUTHORIZED");
      assertThatThrownBy(() -> thief.publish(topics.desired(Audience.station("line-1")), "lie".getBytes(), true).get(20, TimeUnit.SECONDS)).hasMessageContaining("NOT_AUTHORIZED");
      thief.publish(topics.reported("line-4"), "{}".getBytes(), false).get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void aKeyThatCannotBeUsedIsNamedByItsFileAndNeverByWhatItHolds() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.key"), "-----BEGIN EC PRIVATE KEY-----\nsecret\n-----END EC PRIVATE KEY-----\n");
    TlsFiles tls = new TlsFiles(Optional.empty(), Brokers.tls(folder, "line-1").certificate(), Optional.of(bad.toString()));
    assertThatThrownBy(() -> new PemTls(tls).context()).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.FLEET_TLS_UNUSABLE))
        .hasMessageContaining("bad.key").hasMessageContaining("openssl pkcs8").hasMessageNotContaining("secret");
    TlsFiles none = new TlsFiles(Optional.of("credential:ca"), Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> new PemTls(none).context()).hasMessageContaining("systemd gave this process no credentials");
  }
}
