package io.kerf.web;

import io.kerf.fleet.FleetLife;
import io.kerf.fleet.protocol.Deployment.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Locale;

/** How the fleet's document stands here, for whoever watches many stations. Without a fleet all are 0. */
@Singleton
final class FleetMetrics {
  void begin(@Observes StartupEvent event, FleetLife fleet, MeterRegistry meters) {
    Gauge.builder("kerf.fleet.reports.waiting", fleet, life -> life.running().map(agent -> agent.outbox().waiting()).orElse(0))
        .description("Reports that nobody has taken yet").register(meters);
    for (State state : State.values()) {
      Gauge.builder("kerf.fleet.deployment", fleet, life -> life.running().flatMap(agent -> agent.state()).filter(state::equals).isPresent() ? 1 : 0)
          .description("1 for the state in which the last deployment is").tag("state", state.name().toLowerCase(Locale.ROOT)).register(meters);
    }
  }
}
