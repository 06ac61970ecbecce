package io.kerf.inspection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineTrafficTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final LineTraffic line = new LineTraffic(nanos::get);

  @Test
  void theLineIsQuietUntilAPartComesAndAWhileAfterTheLast() {
    assertThat(line.isQuiet()).isTrue();
    String judged = line.during(() -> {
      nanos.addAndGet(Duration.ofHours(1).toNanos());
      assertThat(line.isQuiet()).isFalse();
      return line.during(() -> "judged");
    });
    assertThat(judged).isEqualTo("judged");
    assertThat(line.isQuiet()).isFalse();
    nanos.addAndGet(LineTraffic.QUIET.toNanos() - 1);
    assertThat(line.isQuiet()).isFalse();
    nanos.addAndGet(1);
    assertThat(line.isQuiet()).isTrue();
  }

  @Test
  void aPartThatFailsIsOverToo() {
    assertThatThrownBy(() -> line.during(() -> {
      throw new IllegalStateException("failed");
    })).hasMessage("failed");
    nanos.addAndGet(LineTraffic.QUIET.toNanos());
    assertThat(line.isQuiet()).isTrue();
  }

  @Test
  void whoWaitsDoesSoAsLongAsItMayOrIsGivenUp() {
    LineTraffic ticking = new LineTraffic(() -> nanos.addAndGet(Duration.ofMillis(4).toNanos()));
    ticking.during(() -> {
      long before = nanos.get();
      assertThat(ticking.awaitQuiet(Duration.ofMillis(100), () -> false)).isFalse();
      assertThat(nanos.get() - before).isBetween(Duration.ofMillis(100).toNanos(), Duration.ofMillis(116).toNanos());
      assertThat(ticking.awaitQuiet(Duration.ofDays(1), () -> true)).isFalse();
      return true;
    });
    assertThat(ticking.awaitQuiet(Duration.ofMillis(100), () -> false)).as("quiet soon after").isTrue();
  }
}
