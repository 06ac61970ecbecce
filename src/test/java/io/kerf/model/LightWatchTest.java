package io.kerf.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.imaging.ImageQuality;
import java.util.List;
import org.junit.jupiter.api.Test;

class LightWatchTest {
  private final LightWatch watch = new LightWatch(new ImageQuality(0.5, 0.2, 0.1));

  private void see(int parts, double brightness) {
    for (int i = 0; i < parts; i++) {
      watch.saw(new ImageQuality(brightness, 0.1, 0.2));
    }
  }

  @Test
  void fewPartsSayNothing() {
    see(9, 0.5);
    assertThat(watch.drift()).isEmpty();
  }

  /** By hand: 0.45/0.5 − 1, 0.1/0.2 − 1, 0.2/0.1 − 1. */
  @Test
  void theLastPartsAreComparedWithTheUsualOnes() {
    see(12, 0.45);
    LightWatch.Drift drift = watch.drift().orElseThrow();
    assertThat(drift.brightness()).isCloseTo(-0.1, within(1e-9));
    assertThat(drift.contrast()).isCloseTo(-0.5, within(1e-9));
    assertThat(drift.sharpness()).isCloseTo(1, within(1e-9));
    assertThat(drift.parts()).isEqualTo(12);
  }

  @Test
  void oldPartsAreForgotten() {
    see(200, 0.1);
    see(LightWatch.WINDOW, 0.5);
    assertThat(watch.drift().orElseThrow().brightness()).isZero();
    assertThat(watch.drift().orElseThrow().parts()).isEqualTo(LightWatch.WINDOW);
  }

  @Test
  void aMedianIsTakenOfEachMeasureOnItsOwn() {
    assertThat(ImageQuality.median(List.of(new ImageQuality(0.1, 0.3, 5), new ImageQuality(0.2, 0.1, 4), new ImageQuality(0.9, 0.2, 9))))
        .isEqualTo(new ImageQuality(0.2, 0.2, 5));
  }
}
