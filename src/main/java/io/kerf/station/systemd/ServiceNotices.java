package io.kerf.station.systemd;

import io.kerf.station.StationMonitor;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Tells systemd how the station is, where systemd asks for it ({@code Type=notify}).
 *
 * <ol>
 *   <li>{@code READY=1} when the station listens and its readiness checks are UP, not before.
 *   <li>{@code WATCHDOG=1} three times within {@code WatchdogSec=}, each time after the liveness checks were asked and said UP, in the thread that
 *       asked them: where they are DOWN, throw or hang, nothing is sent and systemd restarts the station.
 *   <li>{@code STATUS=} the sentence that the page shows, when it changes; {@code STOPPING=1} when the station begins to stop.
 *   <li>A message that systemd does not take is said again the next time; that is logged once and does no harm to the station.
 * </ol>
 *
 * <p>It does not notice a station that answers its own checks but no part: that is what {@code /q/health/live} from outside is for.
 */
@Singleton
final class ServiceNotices {
  private static final Logger LOG = Logger.getLogger(ServiceNotices.class);
  private static final Duration WITHOUT_WATCHDOG = Duration.ofSeconds(5);
  private static final int PINGS_PER_WATCHDOG = 3;

  private final Optional<String> address;
  private final Duration every;
  private final SmallRyeHealthReporter health;
  private final StationMonitor station;
  private final ServiceReport report = new ServiceReport();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
    Thread thread = new Thread(task, "systemd-notices");
    thread.setDaemon(true);
    return thread;
  });
  private Optional<NotifySocket> socket = Optional.empty();
  private boolean unheard;

  /** @param watchdogPid whom the watchdog is for; anyone where it is absent */
  ServiceNotices(@ConfigProperty(name = "NOTIFY_SOCKET") Optional<String> address, @ConfigProperty(name = "WATCHDOG_USEC") OptionalLong watchdogMicros,
      @ConfigProperty(name = "WATCHDOG_PID") OptionalLong watchdogPid, SmallRyeHealthReporter health, StationMonitor station) {
    this.address = address;
    this.every = interval(watchdogMicros, watchdogPid);
    this.health = health;
    this.station = station;
  }

  private static Duration interval(OptionalLong watchdogMicros, OptionalLong watchdogPid) {
    boolean watched = watchdogMicros.isPresent() && watchdogMicros.getAsLong() > 0 && watchdogPid.orElse(ProcessHandle.current().pid()) == ProcessHandle.current().pid();
    return watched ? Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(watchdogMicros.getAsLong()) / PINGS_PER_WATCHDOG) : WITHOUT_WATCHDOG;
  }

  void listening(@ObservesAsync HttpServerStart event) {
    address.ifPresent(name -> ticks.execute(() -> begin(name)));
  }

  private void begin(String name) {
    if (socket.isPresent()) {
      return;
    }
    try {
      socket = Optional.of(new NotifySocket(name));
    } catch (IOException | LinkageError e) {
      LOG.errorf("systemd waits for word of this station and will not get any, so it will end it: %s", e.getMessage());
      return;
    }
    ticks.scheduleWithFixedDelay(this::tell, 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** In a try, as an exception would end the ticks; one that stands in the way of the checks is a station that is not alive. */
  private void tell() {
    boolean ready = false;
    boolean alive = false;
    String sentence;
    try {
      ready = !health.getReadiness().isDown();
      alive = !health.getLiveness().isDown();
      sentence = station.status().message();
    } catch (RuntimeException e) {
      alive = false;
      sentence = "the station does not say what it is doing: " + e;
    }
    report.next(ready, alive, sentence).ifPresent(this::send);
  }

  private void send(String message) {
    try {
      socket.orElseThrow().send(message);
      unheard = false;
    } catch (IOException e) {
      report.unheard();
      if (!unheard) {
        LOG.warn(e.getMessage());
      }
      unheard = true;
    }
  }

  /** At once, before those who wait for an answer get theirs. */
  void stopping(@Observes ShutdownDelayInitiatedEvent event) {
    stop();
  }

  void stop(@Observes ShutdownEvent event) {
    stop();
  }

  private void stop() {
    if (ticks.isShutdown()) {
      return;
    }
    ticks.execute(() -> socket.ifPresent(open -> {
      send("STOPPING=1\nSTATUS=Stopping.");
      open.close();
    }));
    ticks.shutdown();
  }
}
