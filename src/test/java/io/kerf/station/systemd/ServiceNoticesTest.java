package io.kerf.station.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The station with its health checks, heard by what stands in for systemd. */
@QuarkusTest
@TestProfile(ServiceNoticesTest.AsAService.class)
class ServiceNoticesTest {
  private static final Duration WATCHDOG = Duration.ofMillis(600);
  private static final String NAME = "@kerf-notices-" + UUID.randomUUID();

  @Inject
  FaintingStation station;

  /** Systemd listens late here, so it also shows that nothing is lost. */
  @Test
  void itPingsWhileItIsAliveAndIsSilentWhileItIsNot() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver(NAME)) {
      assertThat(systemd.hears(Duration.ofSeconds(10), heard -> NotifyReceiver.count(heard, "WATCHDOG=1") >= 4)).isTrue();
      assertThat(systemd.heard().get(0)).isEqualTo("READY=1\nWATCHDOG=1\nSTATUS=Waiting – for a model.");
      assertThat(NotifyReceiver.count(systemd.heard(), "READY=1")).isEqualTo(1);

      station.fainted = true;
      assertThat(systemd.hears(Duration.ofSeconds(10), heard -> heard.get(heard.size() - 1).startsWith("STATUS=Not alive, to be restarted: "))).isTrue();
      List<String> then = systemd.heard();
      TimeUnit.NANOSECONDS.sleep(2 * WATCHDOG.toNanos());
      assertThat(systemd.heard()).as("silent for longer than a watchdog waits").isEqualTo(then);

      station.fainted = false;
      assertThat(systemd.hears(Duration.ofSeconds(10), heard -> NotifyReceiver.count(heard, "STATUS=Waiting – for a model.") == 2)).isTrue();
    }
  }

  public static class AsAService implements QuarkusTestProfile {
    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(FaintingStation.class);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kerf.data", "target/test-data/" + UUID.randomUUID(), "NOTIFY_SOCKET", NAME, "WATCHDOG_USEC", Long.toString(WATCHDOG.toNanos() / 1000));
    }
  }
}
