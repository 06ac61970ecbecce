package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Pace pace = new Pace(50, Duration.ofSeconds(10), () -> 0.5);

  @Test
  void withoutAnInterruptionEverythingGoesAtOnce() {
    pace.allowed(0, 0, 0);
    assertThat(pace.allowed(SECOND, 1000, 0)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void afterAnInterruptionNothingGoesForARandomWhileThenABoundedRate() {
    assertThat(pace.allowed(0, 1000, 0)).isZero();
    assertThat(pace.allowed(5 * SECOND - 1, 1000, 0)).isZero();
    assertThat(pace.allowed(6 * SECOND, 1000, 0)).isEqualTo(50);
    pace.went(50);
    assertThat(pace.allowed(6 * SECOND, 1000, 50)).isZero();
    assertThat(pace.allowed(6 * SECOND + SECOND / 10, 1000, 50)).isEqualTo(5);
  }

  @Test
  void whatWasNotUsedDoesNotPileUpBeyondASecond() {
    pace.allowed(0, 1000, 0);
    assertThat(pace.allowed(600 * SECOND, 1000, 0)).isEqualTo(50);
  }

  @Test
  void whatComesMeanwhileGoesBeyondTheRateSoThatAFastLineCatchesUpToo() {
    pace.allowed(0, 1000, 0);
    pace.allowed(5 * SECOND, 1000, 0);
    assertThat(pace.allowed(6 * SECOND, 1300, 0)).isEqualTo(350);
  }

  @Test
  void afterNothingWaitsAnyMoreEverythingGoesAtOnceAgain() {
    pace.allowed(0, 1000, 0);
    assertThat(pace.allowed(7 * SECOND, 1000, 1000)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aFewThatWaitAreNoStampede() {
    assertThat(pace.allowed(0, Pace.FEW, 0)).isEqualTo(Integer.MAX_VALUE);
    pace.interrupted();
    assertThat(pace.allowed(0, Pace.FEW + 1, 0)).isZero();
  }

  @Test
  void threeHundredStationsThatComeBackTogetherSendNoMoreThanTheirRates() {
    int sent = 0;
    int[] told = new int[300];
    Pace[] stations = new Pace[300];
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < stations.length; i++) {
      stations[i] = new Pace(50, Duration.ofSeconds(10), random::nextDouble);
    }
    int mostInASecond = 0;
    for (int tenth = 0; tenth < 200; tenth++) {
      int before = sent;
      for (int i = 0; i < stations.length; i++) {
        int many = Math.min(stations[i].allowed(tenth * SECOND / 10, 100_000, told[i]), 16);
        stations[i].went(many);
        told[i] += many;
        sent += many;
      }
      mostInASecond = Math.max(mostInASecond, 10 * (sent - before));
      if (tenth == 0) {
        assertThat(sent).as("in the first moment").isZero();
      }
    }
    assertThat(mostInASecond).isBetween(10_000, 16_000);
  }
}
