package io.kerf.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.protocol.Deployment;
import io.kerf.fleet.sender.BrokerPlant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import io.kerf.fleet.sender.Stage;
import io.kerf.fleet.simulation.SimulatedFleet;
import io.kerf.fleet.simulation.TrialAuthority;
import io.kerf.fleet.simulation.TrialBroker;
import io.kerf.packaged.MortalFiles;
import io.kerf.storage.Changed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty stations on a real mosquitto with TLS and access lists: one silent, one whose probation fails, one that dies while it applies. */
class FleetRolloutTest {
  private static final FleetFixture FLEET = new FleetFixture();
  private static final List<String> IDS = IntStream.rangeClosed(1, 50).mapToObj("line-%02d"::formatted).toList();
  private static final String SILENT = "line-20";
  private static final String FAILING = "line-30";
  private static final String MORTAL = "line-40";
  private static final Duration PATIENCE = Duration.ofSeconds(9);
  private static final Policy QUICK = new Policy(false, Optional.empty(), new Probation(Duration.ofSeconds(1), 5, Duration.ofMinutes(1), 0.2));

  @TempDir
  private Path folder;
  private TrialBroker broker;
  private SimulatedFleet fleet;
  private BrokerPlant sender;
  private Path trust;
  private final List<Changed> ofTheSilent = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() throws Exception {
    if (sender != null) {
      sender.close();
      fleet.close();
      broker.close();
    }
  }

  private void start() throws Exception {
    TrialAuthority authority = new TrialAuthority(folder);
    broker = Brokers.start(folder, authority);
    trust = Files.write(folder.resolve("first-trust.json"), FLEET.trust().bytes());
    fleet = new SimulatedFleet(folder, broker.uri(), trust);
    for (String id : IDS) {
      authority.issue(id);
      if (!id.equals(SILENT) && !id.equals(MORTAL)) {
        fleet.start(id, changed -> {});
      }
    }
    sender = BrokerPlant.connect(FleetFixture.FLEET, broker.uri(), Brokers.tls(folder, "fleet-sender"));
    Brokers.await("48 stations are there", () -> sender.stations().size() == 48);
  }

  /** Dies when it renames what is to be in force from then on: its third change there. */
  private Process startMortal() throws IOException {
    return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-Djava.nio.file.spi.DefaultFileSystemProvider=" + MortalFiles.class.getName(), "-D" + MortalFiles.UNDER + "=" + folder.resolve("data/" + MORTAL + "/station"),
        "-D" + MortalFiles.BEFORE + "=3", "-cp", System.getProperty("java.class.path"), LoneStation.class.getName(), folder.toString(), broker.uri().toString(), trust.toString(), MORTAL)
            .redirectErrorStream(true).redirectOutput(folder.resolve("mortal.log").toFile()).start();
  }

  private Push.Order order(long version, int exposure, String failing) {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    for (String id : IDS) {
      documents.put(id, ("{\"exposureMs\": " + exposure + ", \"broker\": \"" + broker.uri() + "\"" + (id.equals(failing) ? ", \"goldenRight\": false" : "") + "}")
          .getBytes(StandardCharsets.UTF_8));
    }
    return new Push.Order(FleetFixture.FLEET, "all", "r-" + version, new FleetVersion(1, version), documents, QUICK, Duration.ofHours(1), "0.1.0");
  }

  private RolloutDecision push(long version, int exposure, String failing, int stopOnFailures, List<RolloutDecision> decisions) throws Exception {
    RolloutDecision.Plan plan = new RolloutDecision.Plan(IDS, List.of(Stage.parse("2"), Stage.parse("10%"), Stage.ALL), stopOnFailures, PATIENCE);
    return new Push(sender, FLEET.signer, order(version, exposure, failing), Clock.systemUTC(), System::nanoTime).run(plan, progress -> decisions.add(progress.decision()));
  }

  private String exposure(String id) {
    return new String(fleet.station(id).active().document(), StandardCharsets.UTF_8).replaceAll(".*\"exposureMs\": ?(\\d+).*", "$1");
  }

  private long at(int exposure) {
    return IDS.stream().filter(id -> !id.equals(SILENT) && !id.equals(MORTAL)).filter(id -> exposure(id).equals(Integer.toString(exposure))).count();
  }

  @Test
  void aRolloutStopsOrGoesOnAsItsThresholdsSayAndEachStationEndsWhereItShould() throws Exception {
    start();
    long began = System.nanoTime();
    assertThat(push(1, 9, IDS.get(1), 1, new ArrayList<>())).as("a canary fails").isEqualTo(new RolloutDecision.Stop(List.of(IDS.get(1))));
    assertThat(exposure(IDS.get(0))).isEqualTo("9");
    assertThat(at(8)).as("the failed canary is back, and the others were never sent to").isEqualTo(47);
    assertThat(fleet.agent(IDS.get(1)).status().deployment().orElseThrow().code()).contains("fleet-golden-wrong");

    Process mortal = startMortal();
    Brokers.await(MORTAL + " is there", () -> sender.stations().containsKey(MORTAL));
    List<RolloutDecision> decisions = new ArrayList<>();
    assertThat(push(2, 10, FAILING, 4, decisions)).isEqualTo(new RolloutDecision.Done(List.of(SILENT, FAILING, MORTAL)));
    assertThat(decisions.stream().filter(RolloutDecision.Send.class::isInstance).map(sent -> ((RolloutDecision.Send) sent).stations().size())).containsExactly(2, 3, 45);
    assertThat(at(10)).isEqualTo(47);
    assertThat(exposure(FAILING)).as("the last known good").isEqualTo("8");
    assertThat(mortal.waitFor(1, TimeUnit.SECONDS)).isTrue();
    assertThat(mortal.exitValue()).as(Files.readString(folder.resolve("mortal.log"))).isEqualTo(MortalFiles.KILLED);

    fleet.start(MORTAL, changed -> {});
    assertThat(exposure(MORTAL)).isEqualTo("8");
    Brokers.await(MORTAL + " goes on where it died", () -> fleet.agent(MORTAL).status().deployment().orElseThrow().state() == Deployment.State.COMMITTED);
    assertThat(exposure(MORTAL)).isEqualTo("10");
    assertThat(fleet.agent(MORTAL).status().deployment().orElseThrow().attempts()).isEqualTo(2);

    sender.send(Audience.station(SILENT), order(3, 11, "none").envelope(SILENT, FLEET.signer, Clock.systemUTC()), true);
    fleet.start(SILENT, ofTheSilent::add);
    Brokers.await("the silent one catches up", () -> exposure(SILENT).equals("11"));
    assertThat(ofTheSilent).filteredOn(changed -> changed.action().code().equals("fleet-document-staged")).singleElement()
        .satisfies(changed -> assertThat(changed.detail()).startsWith("version 1.3"));
    System.out.printf("Two rollouts over 50 stations and a latecomer: %.1f s%n", (System.nanoTime() - began) / 1e9);
  }
}
