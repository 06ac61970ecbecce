package io.kerf.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EnergyMeterTest {
  private final AtomicLong nanos = new AtomicLong(-7);
  private final EnergyMeter meter = new EnergyMeter(nanos::get);

  private void sample(Duration later, OptionalDouble milliwatts) {
    nanos.addAndGet(later.toNanos());
    meter.sample(milliwatts);
  }

  @Test
  void tenWattsForHalfAnHourAreFiveWattHours() {
    sample(Duration.ZERO, OptionalDouble.of(10_000));
    assertThat(meter.wattHours()).hasValue(0);
    for (int second = 0; second < 1800; second++) {
      sample(Duration.ofSeconds(1), OptionalDouble.of(10_000));
    }
    assertThat(meter.wattHours().getAsDouble()).isCloseTo(5, within(1e-9));
  }

  /** By hand: (10 + 20) / 2 · 1 h + (20 + 0) / 2 · 0.5 h = 20 Wh. */
  @Test
  void betweenTwoSamplesPowerIsTakenToChangeEvenly() {
    sample(Duration.ZERO, OptionalDouble.of(10_000));
    sample(Duration.ofHours(1), OptionalDouble.of(20_000));
    sample(Duration.ofMinutes(15), OptionalDouble.empty());
    sample(Duration.ofMinutes(15), OptionalDouble.of(0));
    assertThat(meter.wattHours().getAsDouble()).isCloseTo(20, within(1e-9));
  }

  @Test
  void whereNothingTellsThereIsNoEnergyRatherThanNone() {
    sample(Duration.ofSeconds(1), OptionalDouble.empty());
    assertThat(meter.wattHours()).isEmpty();
  }
}
