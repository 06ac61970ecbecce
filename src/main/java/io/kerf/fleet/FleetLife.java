package io.kerf.fleet;

import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.protocol.FleetAgent;
import io.kerf.fleet.protocol.FleetFolder;
import io.kerf.fleet.protocol.Identity;
import io.kerf.fleet.transport.StationLink;
import io.kerf.fleet.trust.TrustStore;
import io.kerf.storage.Changed;
import io.kerf.storage.DataFolder;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jboss.logging.Logger;

/** The fleet's agent from start to stop of the serving process. Whatever is wrong with it is told, and parts are judged all the same. */
@Singleton
public final class FleetLife {
  private static final Logger LOG = Logger.getLogger(FleetLife.class);
  private static final int AFTER_THE_STATION = Interceptor.Priority.APPLICATION + 100;
  private static final Duration SETTLE = Duration.ofSeconds(2);

  private final KerfConfig.Fleet settings;
  private final DataFolder folder;
  private final ManagedStation station;
  private final Clock clock;
  private final Event<Changed> changes;
  private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(named("fleet"));
  private final ExecutorService puller = Executors.newSingleThreadExecutor(named("fleet-pull"));
  private volatile Optional<FleetAgent> agent = Optional.empty();
  private volatile Optional<StationLink> link = Optional.empty();
  private volatile FaultException trouble = new FaultException(Fault.FLEET_DISABLED, "This station belongs to no fleet. kerf.fleet.enabled and docs/fleet.md say how it joins one.");

  FleetLife(KerfConfig config, DataFolder folder, ManagedStation station, Clock clock, Event<Changed> changes) {
    this.settings = config.fleet();
    this.folder = folder;
    this.station = station;
    this.clock = clock;
    this.changes = changes;
  }

  private static ThreadFactory named(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  void start(@Observes @Priority(AFTER_THE_STATION) StartupEvent event) {
    if (!settings.enabled()) {
      return;
    }
    try {
      FleetFolder kept = FleetFolder.open(folder.fleet());
      FleetAgent opened = new FleetAgent(new Identity(settings.id(), settings.groups().orElse(List.of())), kept, TrustStore.open(kept.trust(), settings.trust()), station, clock,
          System::nanoTime, SETTLE, changes::fire);
      agent = Optional.of(opened);
      link = Optional.of(new StationLink(opened, worker, puller, settings.interval(), System::nanoTime).start());
    } catch (FaultException e) {
      trouble = e;
      LOG.errorf("This station takes nothing from its fleet: %s", e.detail());
    } catch (IOException e) {
      trouble = new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The fleet's folder " + folder.fleet() + " cannot be read (" + e.getMessage() + "); inspection goes on.", e);
      LOG.error(trouble.detail());
    }
  }

  /** @throws FaultException {@link Fault#FLEET_DISABLED}, or why there is no agent although there should be */
  public FleetAgent agent() {
    return agent.orElseThrow(() -> new FaultException(trouble.fault(), trouble.detail()));
  }

  /** The agent, where this station belongs to a fleet and nothing is wrong with that. */
  public Optional<FleetAgent> running() {
    return agent;
  }

  void stop(@Observes ShutdownEvent event) {
    link.ifPresent(StationLink::close);
    worker.shutdownNow();
    puller.shutdownNow();
  }
}
