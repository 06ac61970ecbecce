package io.kerf.station.source.gstreamer;

import static io.kerf.station.source.Eventually.assertThatSoon;
import static io.kerf.station.source.Eventually.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.CameraSettings;
import io.kerf.station.line.Condition.State;
import io.kerf.station.source.TestLine;
import io.kerf.station.source.camera.CameraSource;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A network camera that dies and comes back. */
class RtspCameraTest {
  @BeforeAll
  static void gstreamerIsThere() {
    Installed.requireGstreamer();
    Installed.requireRtspServer();
  }

  @Test
  void aNetworkCameraThatDiesIsAnAlarmWithinFiveSecondsAndIsBackWithinTen() throws Exception {
    TestLine line = new TestLine();
    int port;
    try (RtspServer first = RtspServer.start(0)) {
      port = first.port();
      CameraSettings settings = new CameraSettings("rtspsrc location=" + first.url() + " latency=0 ! rtpjpegdepay", null, null, null, null, null, null, null, null);
      try (CameraSource source = new CameraSource("dome", settings, line.judging(), new GstreamerCamera())) {
        assertThatSoon(() -> assertThat(line.judged.size()).isGreaterThan(5));
        assertThat(source.status().condition().state()).isEqualTo(State.WORKS);

        first.kill();
        within(Duration.ofSeconds(5), () -> assertThat(source.status().condition().state()).isEqualTo(State.FAILS));
        int judged = line.judged.size();
        Instant away = Instant.now();

        try (RtspServer second = RtspServer.start(port)) {
          assertThat(second.url()).isEqualTo(first.url());
          within(Duration.ofSeconds(10), () -> assertThat(line.judged.size()).isGreaterThan(judged));
          assertThat(line.judged.get(judged).capturedAt()).as("no old frame").isAfter(away);
          assertThatSoon(() -> assertThat(source.status().condition().state()).isEqualTo(State.WORKS));
        }
      }
    }
  }
}
