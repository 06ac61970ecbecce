package io.kerf.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static List<Trend.Point> points(double... y) {
    List<Trend.Point> points = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      points.add(new Trend.Point(i, y[i]));
    }
    return points;
  }

  /**
   * scipy.stats.linregress(range(6), [1, 3, 2, 5, 4, 6]): slope 0.8857142857, its standard error 0.2321153830; scipy.stats.t.ppf(0.975, 4) is
   * 2.7764451052, so the half width is 0.6444556.
   */
  @Test
  void slopeAndIntervalAreThoseOfLeastSquares() {
    Trend trend = Trend.of(points(1, 3, 2, 5, 4, 6));
    assertThat(trend.slope()).isCloseTo(0.8857142857, within(1e-9));
    assertThat(trend.halfWidth()).isCloseTo(0.6444556, within(0.006));
    assertThat(trend.level()).isFalse();
  }

  @Test
  void whatGoesUpAndDownIsLevelAndWhatGrowsIsNot() {
    assertThat(Trend.of(points(10, 12, 9, 11, 10, 12, 9, 11)).level()).isTrue();
    assertThat(Trend.of(points(10, 12, 13, 16, 18, 21, 22, 24)).level()).isFalse();
    assertThat(Trend.of(points(10, 12)).level()).as("two points say nothing").isTrue();
  }

  @Test
  void theShareOfThePercentileIsNotExceeded() {
    List<Double> hundred = java.util.stream.IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();
    assertThat(Latencies.percentile(hundred, 0.99)).isEqualTo(99);
    assertThat(Latencies.percentile(hundred, 0.5)).isEqualTo(50);
    assertThat(Latencies.percentile(hundred, 1)).isEqualTo(100);
    assertThat(Latencies.percentile(List.of(7.0), 0.99)).isEqualTo(7);
    assertThat(Latencies.percentile(List.of(), 0.99)).isNaN();
  }
}
