package io.kerf.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.station.StationStatus;
import io.kerf.station.line.InspectionView;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.jaxrs.OutboundSseEventImpl;

/** Tells every listener of verdicts as they are recorded and of the station as it changes. Each event is written once for all. */
@Singleton
@Startup
public final class EventClients {
  private static final Logger LOG = Logger.getLogger(EventClients.class);
  private static final long POLL_MILLIS = 500;
  private static final long HEARTBEAT_SECONDS = 15;

  private final Station station;
  private final ObjectMapper json;
  private final int maxClients;
  private final int buffer;
  private final Counter dropped;
  private final Set<EventFeed> feeds = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
    Thread thread = new Thread(task, "kerf-events");
    thread.setDaemon(true);
    return thread;
  });
  private StationStatus lastTold;
  private List<Alarm> lastAlarms = List.of();

  @Inject
  EventClients(Station station, ObjectMapper json, KerfConfig config, MeterRegistry meters) {
    this.station = station;
    this.json = json;
    this.maxClients = config.events().maxClients();
    this.buffer = config.events().buffer();
    this.dropped = Counter.builder("kerf.events.dropped").description("Events dropped for listeners that read slowly").register(meters);
    meters.gaugeCollectionSize("kerf.events.clients", List.of(), feeds);
    ticks.scheduleWithFixedDelay(this::tellStation, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    ticks.scheduleWithFixedDelay(this::beat, HEARTBEAT_SECONDS, HEARTBEAT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * What happens from now on, beginning with how the station is.
   *
   * @throws FaultException {@link Fault#BUSY} where there are as many listeners as may be
   */
  Multi<OutboundSseEvent> listen() {
    EventFeed feed = new EventFeed(buffer, dropped::increment);
    feed.offer(event("station", station.view()));
    synchronized (feeds) {
      if (feeds.size() >= maxClients) {
        throw new FaultException(Fault.BUSY, "There are " + maxClients + " listeners already (kerf.events.max-clients). Close one, or read /api/station instead.");
      }
      feeds.add(feed);
    }
    return feed.stream().onTermination().invoke(() -> feeds.remove(feed));
  }

  void tell(@Observes InspectionRecorded recorded) {
    if (!feeds.isEmpty()) {
      send(event("inspection", InspectionView.ofNew(recorded.stored())));
    }
  }

  /** A stop waits for requests that are being answered; these would be answered for ever. */
  void end(@Observes ShutdownDelayInitiatedEvent stopping) {
    feeds.forEach(EventFeed::end);
  }

  @PreDestroy
  void stop() {
    ticks.shutdownNow();
  }

  private void tellStation() {
    if (feeds.isEmpty()) {
      return;
    }
    try {
      StationStatus status = station.status();
      List<Alarm> alarms = station.alarms();
      if (!status.equals(lastTold) || !alarms.equals(lastAlarms)) {
        lastTold = status;
        lastAlarms = alarms;
        send(event("station", station.view(status)));
      }
    } catch (RuntimeException e) {
      LOG.error("The status of the station could not be told to its listeners; this is tried again", e);
    }
  }

  /** Keeps proxies from closing a quiet line, and finds listeners that are gone. */
  private void beat() {
    send(new OutboundSseEventImpl.BuilderImpl().comment("heartbeat").build());
  }

  private void send(OutboundSseEvent event) {
    feeds.forEach(feed -> feed.offer(event));
  }

  private OutboundSseEvent event(String name, Object data) {
    try {
      return new OutboundSseEventImpl.BuilderImpl().name(name).data(String.class, json.writeValueAsString(data)).build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An event could not be written", e);
    }
  }
}
