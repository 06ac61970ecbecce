package io.kerf.web;

import io.kerf.device.DeviceReading;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Says how the machine does. Up in any case: a hot station goes on judging, and whoever took it off the line would stop the line. */
@Readiness
@Singleton
final class DeviceCheck implements HealthCheck {
  private final DeviceCondition condition;

  DeviceCheck(DeviceCondition condition) {
    this.condition = condition;
  }

  @Override
  public HealthCheckResponse call() {
    DeviceReading reading = condition.reading();
    String complaints = String.join(" ", condition.complaints(reading));
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("device").withData("condition", complaints.isEmpty() ? "well" : "degraded")
        .withData("throttled", reading.throttling().throttled());
    reading.hottest().ifPresent(zone -> answer.withData("hottestCelsius", String.valueOf(zone.celsius())));
    if (!complaints.isEmpty()) {
      answer.withData("complaints", complaints);
    }
    return answer.up().build();
  }
}
