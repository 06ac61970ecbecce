package io.kerf.station.source.camera;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.station.line.Condition.State;
import io.kerf.station.source.camera.CameraHealth.Sight;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CameraHealthTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(nullValues = "-", value = {
      "just set up,                    false, 0.1, -,   -,   -,          false, STARTING, false, Waits for the first frame",
      "slow to open for the first time,false, 9.9, -,   -,   -,          false, STARTING, false, Waits for the first frame",
      "gives nothing for ten seconds,  false, 10,  -,   -,   -,          false, FAILS,    true,  No frames come",
      "cannot be opened,               false, 0.2, -,   -,   no such thing, true, FAILS,  true,  no such thing",
      "could not be opened before,     false, 0.2, -,   -,   no such thing, false, FAILS, false, no such thing",
      "frames come,                    true,  60,  0.1, -,   -,          false, WORKS,    false, Frames come",
      "frames come again,              true,  1,   0.1, -,   unplugged,  false, WORKS,    false, Frames come",
      "silent but not for long,        true,  60,  2.9, -,   -,          false, WORKS,    false, Frames come",
      "silent,                         true,  60,  3,   -,   -,          false, FAILS,    true,  for longer than 3000 ms",
      "ended by itself,                true,  60,  0.1, -,   has ended,  true,  FAILS,    true,  has ended",
      "opened anew,                    true,  0.2, -,   -,   has ended,  false, FAILS,    false, has ended",
      "opened anew and slow,           true,  9,   -,   -,   -,          false, FAILS,    false, any more",
      "opened anew and silent,         true,  10,  -,   -,   -,          false, FAILS,    true,  any more",
      "frames are too old,             true,  60,  3.1, 4.2, -,          false, FAILS,    true,  4200 ms after they were captured",
  })
  void saysHowACameraDoesAndWhetherToOpenItAnew(String name, boolean everWorked, double openFor, Double silentFor, Double tooOld, String failure, boolean failed,
      State state, boolean anew, String words) {
    CameraHealth health = CameraHealth.of(new Sight(everWorked, seconds(openFor), Optional.ofNullable(silentFor).map(CameraHealthTest::seconds),
        Optional.ofNullable(tooOld).map(CameraHealthTest::seconds), Optional.ofNullable(failure), failed), Duration.ofSeconds(3));
    assertThat(health.state()).isEqualTo(state);
    assertThat(health.anew()).isEqualTo(anew);
    assertThat(health.words()).contains(words);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
