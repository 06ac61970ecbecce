package io.kerf.cli;

import io.kerf.config.Version;
import io.kerf.fault.Fault;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Probation;
import io.kerf.fleet.sender.BrokerPlant;
import io.kerf.fleet.sender.Push;
import io.kerf.fleet.sender.RolloutDecision;
import io.kerf.fleet.sender.Stage;
import io.kerf.fleet.simulation.SimulatedFleet;
import io.kerf.fleet.simulation.TrialAuthority;
import io.kerf.fleet.simulation.TrialBroker;
import io.kerf.fleet.trust.SignedTrust;
import io.kerf.fleet.trust.SigningKey;
import io.kerf.fleet.trust.TrustDocument;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A fleet of simulated stations on this machine: what a rollout takes, and what each station costs the broker. */
@Command(name = "fleet", mixinStandardHelpOptions = true, description = {"Starts a broker with TLS and access lists and many simulated stations in this process, each with its own certificate,",
    "connection and data folder, and measures rollouts over them: two canaries, a tenth, all."})
final class FleetBench implements Callable<Integer> {
  private static final String FLEET = "trial";
  private static final Duration UP_WITHIN = Duration.ofMinutes(5);
  private static final int CLOCK_TICKS = 100;
  private static final int TEN_THOUSAND = 10_000;

  @Option(names = "--stations", paramLabel = "N", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  private int stations;

  @Option(names = "--rollouts", paramLabel = "N", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}.")
  private int rollouts;

  @Option(names = "--probation", paramLabel = "TIME", defaultValue = "1s", description = "Of each. Default: ${DEFAULT-VALUE}.")
  private Duration probation;

  @Option(names = "--mosquitto", paramLabel = "FILE", defaultValue = "/usr/sbin/mosquitto", description = "The broker. Default: ${DEFAULT-VALUE}.")
  private Path mosquitto;

  @Option(names = "--configuration", paramLabel = "DIR", defaultValue = "edge-config/fleet", description = "Its configuration. Default: ${DEFAULT-VALUE}.")
  private Path configuration;

  @Spec
  private CommandSpec spec;

  private final SigningKey root = SigningKey.generate();
  private final SigningKey signer = SigningKey.generate();

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("kerf-fleet-");
    try {
      return run(folder) ? 0 : Fault.EXIT_SOFTWARE;
    } finally {
      AtomicFiles.deleteTree(folder);
    }
  }

  private boolean run(Path folder) throws IOException, InterruptedException {
    List<String> ids = IntStream.rangeClosed(1, stations).mapToObj("station-%d"::formatted).toList();
    TrialAuthority authority = new TrialAuthority(folder);
    authority.issue("broker");
    authority.issue("fleet-sender");
    for (String id : ids) {
      authority.issue(id);
    }
    TrustDocument trusted = new TrustDocument(FLEET, 1, 1, 1, List.of(root.verifying()), List.of(signer.verifying()));
    Path trust = Files.write(folder.resolve("first-trust.json"), SignedTrust.of(trusted).signedBy(root).bytes());
    try (TrialBroker broker = new TrialBroker(mosquitto, folder, configuration).start(); SimulatedFleet fleet = new SimulatedFleet(folder, broker.uri(), trust)) {
      long alone = residentBytes(broker.pid());
      for (String id : ids) {
        fleet.start(id, changed -> {});
      }
      TlsFiles tls = new TlsFiles(Optional.of(folder.resolve("ca.pem").toString()), Optional.of(folder.resolve("fleet-sender.pem").toString()),
          Optional.of(folder.resolve("fleet-sender.key").toString()));
      try (BrokerPlant plant = BrokerPlant.connect(FLEET, broker.uri(), tls)) {
        long deadline = System.nanoTime() + UP_WITHIN.toNanos();
        while (plant.stations().size() < stations && System.nanoTime() < deadline) {
          TimeUnit.MILLISECONDS.sleep(50);
        }
        out().printf(Locale.ROOT, "%d stations on %s; the broker holds %.1f MB, %.1f MB without them%n", plant.stations().size(), broker.uri(), residentBytes(broker.pid()) / 1e6,
            alone / 1e6);
        return rollOut(plant, fleet, broker, ids, alone);
      }
    }
  }

  private boolean rollOut(BrokerPlant plant, SimulatedFleet fleet, TrialBroker broker, List<String> ids, long alone) throws IOException, InterruptedException {
    boolean all = true;
    double slowest = 0;
    long brokerBefore = cpuMillis(broker.pid());
    long ownBefore = cpuMillis(ProcessHandle.current().pid());
    long envelopeBytes = 0;
    for (int rollout = 1; rollout <= rollouts; rollout++) {
      Push.Order order = order(rollout, ids, broker);
      envelopeBytes = order.envelope(ids.get(0), signer, Clock.systemUTC()).length;
      long began = System.nanoTime();
      RolloutDecision end = new Push(plant, signer, order, Clock.systemUTC(), System::nanoTime)
          .run(new RolloutDecision.Plan(ids, List.of(new Stage(0, 2), new Stage(0.1, 0), Stage.ALL), 1, UP_WITHIN),
              progress -> progress.unreached().forEach((id, why) -> out().println(id + ": " + why)));
      double seconds = (System.nanoTime() - began) / 1e9;
      slowest = Math.max(slowest, seconds);
      all &= end instanceof RolloutDecision.Done;
      out().printf(Locale.ROOT, "rollout %d: %s after %.1f s%n", rollout, end instanceof RolloutDecision.Done ? "all committed" : "stopped", seconds);
      out().flush();
    }
    double each = (double) rollouts * stations;
    double brokerMillis = (cpuMillis(broker.pid()) - brokerBefore) / each;
    double ownMillis = (cpuMillis(ProcessHandle.current().pid()) - ownBefore) / each;
    double kilobytes = (residentBytes(broker.pid()) - alone) / 1e3 / stations;
    out().printf(Locale.ROOT, "per station and rollout: %.2f ms of the broker's processor, %.1f ms of agent's and sender's, envelope %d bytes, %d reports; per station: %.0f kB "
        + "of the broker's memory, %.0f kB on disk%n", brokerMillis, ownMillis, envelopeBytes, reportsOf(fleet, ids), kilobytes, fleet.diskBytes(ids.get(0)) / 1e3);
    out().printf(Locale.ROOT, "projected to %,d stations: %.0f s of the broker's processor a rollout, %.1f GB of its memory%n", TEN_THOUSAND, brokerMillis * TEN_THOUSAND / 1e3,
        kilobytes * TEN_THOUSAND / 1e6);
    return all;
  }

  private Push.Order order(int rollout, List<String> ids, TrialBroker broker) {
    Map<String, byte[]> documents = new LinkedHashMap<>();
    for (String id : ids) {
      documents.put(id, ("{\"exposureMs\": " + (8 + rollout) + ", \"broker\": \"" + broker.uri() + "\"}").getBytes(StandardCharsets.UTF_8));
    }
    Policy policy = new Policy(false, Optional.empty(), new Probation(probation, 5, Duration.ofMinutes(1), 0.2));
    return new Push.Order(FLEET, SimulatedFleet.GROUP, "r-" + rollout, new FleetVersion(1, rollout), documents, policy, Duration.ofHours(1), Version.CURRENT);
  }

  private long reportsOf(SimulatedFleet fleet, List<String> ids) {
    return Math.round((double) fleet.agent(ids.get(0)).outbox().newest(1).get(0).seq() / rollouts);
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Linux alone tells it of another process. */
  private static long residentBytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream().filter(line -> line.startsWith("VmRSS:")).map(line -> line.replaceAll("\\D", ""))
        .mapToLong(Long::parseLong).findFirst().orElse(0) * 1024;
  }

  private static long cpuMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 1000 / CLOCK_TICKS;
  }
}
