package io.kerf.web;

import io.kerf.station.StationStatus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Says what the station is doing. It is alive as long as it can say so, and ready whatever it says: without a model parts are
 * answered with {@code UNJUDGED}, and a restart would bring none.
 */
@Liveness
@Readiness
@Singleton
final class StationCheck implements HealthCheck {
  private final Station station;

  StationCheck(Station station) {
    this.station = station;
  }

  @Override
  public HealthCheckResponse call() {
    StationStatus status = station.status();
    return HealthCheckResponse.named("station").withData("phase", status.phase().name()).withData("recipe", status.recipe())
        .withData("model", status.model().map(StationStatus.Model::digest).orElse("none"))
        .withData("engine", status.model().map(StationStatus.Model::engine).orElse("none"))
        .withData("plan", status.model().map(model -> model.plan().phase().name()).orElse("none")).up().build();
  }
}
