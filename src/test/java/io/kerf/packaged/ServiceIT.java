package io.kerf.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.packaged.PackagedApplication.Ended;
import io.kerf.packaged.PackagedApplication.Station;
import io.kerf.station.systemd.NotifyReceiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged station as a service of systemd, which a socket stands in for. */
class ServiceIT {
  private static final Duration WATCHDOG = Duration.ofMillis(900);

  @TempDir
  private Path folder;

  private Map<String, String> asAService(NotifyReceiver systemd) {
    Map<String, String> settings = new HashMap<>();
    settings.put("KERF_DEMO_ENABLED", "false");
    settings.put("NOTIFY_SOCKET", systemd.name());
    settings.put("WATCHDOG_USEC", Long.toString(WATCHDOG.toNanos() / 1000));
    return settings;
  }

  @Test
  void itIsReadyPingsWhileItLivesAndSaysThatItStops() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver(folder.resolve("notify").toString())) {
      try (Station station = Station.start(folder.resolve("data"), asAService(systemd))) {
        assertThat(systemd.hears(Duration.ofSeconds(20), heard -> NotifyReceiver.count(heard, "WATCHDOG=1") >= 4)).as(station.log()).isTrue();
        assertThat(systemd.heard().get(0)).startsWith("READY=1\nWATCHDOG=1\nSTATUS=Recipe default has no model");
        assertThat(NotifyReceiver.count(systemd.heard(), "READY=1")).isEqualTo(1);
        assertThat(station.log()).doesNotContain("WARN").doesNotContain("ERROR");
      }
      List<String> heard = systemd.heard();
      assertThat(heard.get(heard.size() - 1)).isEqualTo("STOPPING=1\nSTATUS=Stopping.");
    }
  }

  /** As one that hangs: systemd, which hears no ping, would start it anew. */
  @Test
  void aStationThatHangsDoesNotPing() throws Exception {
    try (NotifyReceiver systemd = new NotifyReceiver(folder.resolve("notify").toString()); Station station = Station.start(folder.resolve("data"), asAService(systemd))) {
      assertThat(systemd.hears(Duration.ofSeconds(20), heard -> NotifyReceiver.count(heard, "WATCHDOG=1") >= 2)).isTrue();
      signal(station, "-STOP");
      try {
        TimeUnit.MILLISECONDS.sleep(200);
        List<String> before = systemd.heard();
        TimeUnit.NANOSECONDS.sleep(2 * WATCHDOG.toNanos());
        assertThat(systemd.heard()).isEqualTo(before);
      } finally {
        signal(station, "-CONT");
      }
    }
  }

  private static void signal(Station station, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", name, Long.toString(station.process().pid())).start().waitFor()).isZero();
  }

  @Test
  void healthAsksARunningStationAndEndsWithItsAnswer() throws Exception {
    try (Station station = Station.start(folder.resolve("data"), Map.of("KERF_DEMO_ENABLED", "false"))) {
      String port = Integer.toString(station.uri("/").getPort());
      Ended ready = PackagedApplication.run(folder, Map.of("KERF_PORT", port), "health");
      assertThat(ready.exit()).as(ready.err()).isZero();
      assertThat(ready.out()).contains("\"UP\"").contains("data-folder");
      assertThat(PackagedApplication.run(folder, "health", "--live", "--url", station.uri("/").toString()).exit()).isZero();
      station.close();
      Ended gone = PackagedApplication.run(folder, Map.of("KERF_PORT", port), "health");
      assertThat(gone.exit()).isEqualTo(1);
      assertThat(gone.err()).contains("No station answers at http://127.0.0.1:" + port).doesNotContain("\tat ");
    }
  }
}
