package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentWindowTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final RecentWindow window = new RecentWindow(nanos::get);

  @Test
  void aPartIsOldWhenTheTimeHasPassedSinceItWasSeen() {
    Duration recent = Duration.ofMinutes(10);
    assertThat(window.passed(recent, "a")).isEmpty();
    pass(Duration.ofMinutes(9));
    assertThat(window.passed(recent, "b")).isEmpty();
    pass(Duration.ofMinutes(1));
    assertThat(window.passed(recent, "c")).contains("a");
    pass(Duration.ofMinutes(9));
    assertThat(window.passed(recent, "d")).contains("b");
  }

  @Test
  void aLongWindowThatIsAskedOftenIsKnownWithinAHundredth() {
    int newest = 0;
    for (int i = 0; i < 24 * 720; i++) {
      newest = window.passed(Duration.ofHours(12), String.valueOf(i)).map(Integer::valueOf).orElse(newest);
      pass(Duration.ofSeconds(5));
    }
    assertThat(newest).isBetween(12 * 720 - 90, 12 * 720);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
