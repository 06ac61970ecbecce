package io.kerf.fleet;

import io.kerf.fleet.protocol.Deployment;
import io.kerf.fleet.protocol.FleetAgent;
import io.kerf.fleet.protocol.FleetFolder;
import io.kerf.fleet.protocol.Identity;
import io.kerf.fleet.protocol.Report;
import io.kerf.fleet.simulation.SimulatedStation;
import io.kerf.fleet.trust.TrustStore;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Changed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An agent on a simulated station whose time stands still until a test moves it. */
public final class AgentFixture {
  public static final Duration SETTLE = Duration.ofSeconds(2);

  public final Path data;
  public final List<Changed> audited = new ArrayList<>();
  public SimulatedStation station;
  public FleetAgent agent;
  public Instant wall = FleetFixture.NOW;
  private long nanos;

  public AgentFixture(Path data, FleetFixture fleet) {
    this(trusting(data, fleet));
  }

  /** @param data with its trust already there */
  public AgentFixture(Path data) {
    this.data = data;
    restart();
  }

  /** Puts first trust into a data folder, as an installer does. */
  public static Path trusting(Path data, FleetFixture fleet) {
    try {
      Files.createDirectories(data.resolve("fleet"));
      AtomicFiles.write(data.resolve("fleet/trust.json"), fleet.trust().bytes());
      return data;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As after a restart of the process: everything anew but what is on disk. */
  public void restart() {
    try {
      FleetFolder folder = FleetFolder.open(data.resolve("fleet"));
      station = new SimulatedStation(data.resolve("station"), FleetFixture.FIRST, () -> nanos, TlsFiles.NONE);
      agent = new FleetAgent(new Identity(FleetFixture.STATION, List.of("press")), folder, TrustStore.open(folder.trust(), Optional.empty()), station, clock(), () -> nanos, SETTLE,
          audited::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return wall;
      }
    };
  }

  /** Time goes by on both clocks, with a tick each second. */
  public void pass(Duration time) {
    for (long i = 0; i < time.toSeconds(); i++) {
      nanos += 1_000_000_000L;
      wall = wall.plusSeconds(1);
      agent.tick();
    }
  }

  public String exposure() {
    return new String(station.active().document(), java.nio.charset.StandardCharsets.UTF_8).replaceAll("\\D", "");
  }

  public Deployment deployment() {
    return agent.status().deployment().orElseThrow();
  }

  public Report newest() {
    return agent.status().reports().get(0);
  }

  public List<String> actions() {
    return audited.stream().map(changed -> changed.action().code()).toList();
  }
}
