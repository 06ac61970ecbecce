package io.kerf.fleet.simulation;

import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.protocol.FleetAgent;
import io.kerf.fleet.protocol.FleetFolder;
import io.kerf.fleet.protocol.Identity;
import io.kerf.fleet.transport.StationLink;
import io.kerf.fleet.trust.TrustStore;
import io.kerf.storage.Changed;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Many agents in one process, each with its own data folder, certificate and connection, as if each were a station. */
public final class SimulatedFleet implements AutoCloseable {
  public static final String GROUP = "all";

  private static final Duration SETTLE = Duration.ofMillis(500);
  private static final Duration PULL = Duration.ofMinutes(15);

  private final Path root;
  private final URI broker;
  private final Path trust;
  private final Map<String, Running> stations = new ConcurrentHashMap<>();

  private record Running(FleetAgent agent, SimulatedStation station, StationLink link, ScheduledExecutorService worker) {
    void stop() {
      link.close();
      worker.shutdownNow();
    }
  }

  /** @param root with {@code ca.pem} and a certificate and key named like each station. @param trust first trust of every station */
  public SimulatedFleet(Path root, URI broker, Path trust) {
    this.root = root;
    this.broker = broker;
    this.trust = trust;
  }

  /** Starts a station, or starts it again with what its data folder holds. */
  public void start(String id, Consumer<Changed> audit) throws IOException {
    TlsFiles tls = new TlsFiles(Optional.of(file("ca.pem")), Optional.of(file(id + ".pem")), Optional.of(file(id + ".key")));
    byte[] first = ("{\"exposureMs\": 8, \"broker\": \"" + broker + "\"}").getBytes(StandardCharsets.UTF_8);
    Path data = root.resolve("data").resolve(id);
    SimulatedStation station = new SimulatedStation(data.resolve("station"), first, System::nanoTime, tls);
    FleetFolder folder = FleetFolder.open(data.resolve("fleet"));
    FleetAgent agent = new FleetAgent(new Identity(id, List.of(GROUP)), folder, TrustStore.open(folder.trust(), Optional.of(trust)), station, Clock.systemDefaultZone(),
        System::nanoTime, SETTLE, audit);
    ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(task -> {
      Thread thread = new Thread(task, id);
      thread.setDaemon(true);
      return thread;
    });
    stations.put(id, new Running(agent, station, new StationLink(agent, worker, worker, PULL, System::nanoTime).start(), worker));
  }

  /** Takes a station from the network, without a word. */
  public void stop(String id) {
    stations.remove(id).stop();
  }

  public FleetAgent agent(String id) {
    return stations.get(id).agent();
  }

  public SimulatedStation station(String id) {
    return stations.get(id).station();
  }

  /** What the agent of a station keeps. */
  public long diskBytes(String id) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("data").resolve(id))) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private String file(String name) {
    return root.resolve(name).toString();
  }

  @Override
  public void close() {
    stations.values().forEach(Running::stop);
    stations.clear();
  }
}
