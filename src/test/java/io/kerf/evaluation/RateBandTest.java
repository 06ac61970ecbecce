package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.density.CountDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateBandTest {
  /** Counts from scipy.stats.binom.ppf([.025, .975], n, p). */
  @ParameterizedTest
  @CsvSource({"20,0.05,0,3", "200,0.01,0,5", "83,0.05,1,8", "400,0.1,29,52"})
  void binomialBandIsThatOfScipy(int parts, double promised, int low, int high) {
    RateBand band = RateBand.binomial(parts, promised);
    assertThat(band.low() * parts).isCloseTo(low, within(1e-9));
    assertThat(band.high() * parts).isCloseTo(high, within(1e-9));
  }

  /** Counts from scipy.stats.betabinom.ppf([.025, .975], n, k, m + 1 - k) with k = floor(α (m + 1)). */
  @ParameterizedTest
  @CsvSource({"20,42,0.05,0,4", "20,60,0.05,0,4", "100,99,0.01,0,5", "200,209,0.05,3,19"})
  void calibratedBandIsThatOfScipy(int parts, int heldOut, double promised, int low, int high) {
    RateBand band = RateBand.calibrated(parts, heldOut, promised);
    assertThat(band.low() * parts).isCloseTo(low, within(1e-9));
    assertThat(band.high() * parts).isCloseTo(high, within(1e-9));
  }

  @Test
  void distributionsAreThoseOfScipy() {
    CountDistribution beta = CountDistribution.betaBinomial(20, 2, 41); // scipy.stats.betabinom.cdf([0, 1, 3], 20, 2, 41)
    assertThat(new double[] {beta.atMost(0), beta.atMost(1), beta.atMost(3)})
        .containsExactly(new double[] {0.45531464833421453, 0.7588577472236906, 0.9661576367925704}, within(1e-12));
    CountDistribution plain = CountDistribution.binomial(20, 0.05); // scipy.stats.binom.cdf([0, 1, 3], 20, .05)
    assertThat(new double[] {plain.atMost(0), plain.atMost(1), plain.atMost(3)})
        .containsExactly(new double[] {0.3584859224085422, 0.7358395249438502, 0.9840984739802364}, within(1e-12));
  }

  /** From scipy.stats.beta.ppf(.025, x, n - x + 1) and beta.ppf(.975, x + 1, n - x). */
  @ParameterizedTest
  @CsvSource({"0,20,0,0.1684334709830853", "3,20,0.0320709371854637,0.37892682654531396", "58,63,0.8244240502751521,0.9737276593559724",
      "63,63,0.9431276476679837,1"})
  void confidenceIntervalIsThatOfScipy(int count, int parts, double low, double high) {
    RateBand band = RateBand.clopperPearson(count, parts);
    assertThat(band.low()).isCloseTo(low, within(1e-9));
    assertThat(band.high()).isCloseTo(high, within(1e-9));
  }

  @Test
  void rejectableRanksAreThoseWhosePValueKeepsTheBudget() {
    for (int heldOut = 1; heldOut <= 2000; heldOut++) {
      int k = RateBand.rejectableRanks(heldOut, 0.05);
      assertThat(k / (heldOut + 1.0)).isLessThanOrEqualTo(0.05);
      assertThat((k + 1) / (heldOut + 1.0)).isGreaterThan(0.05);
    }
  }

  @Test
  void tooFewHeldOutPartsRejectNothingUnlessTheTailIsExtrapolated() {
    assertThat(RateBand.calibrated(20, 15, 0.05)).isEqualTo(new RateBand(0, 0, RateBand.Kind.BETA_BINOMIAL));
    assertThat(RateBand.promised(20, 15, 0.05)).isEqualTo(RateBand.binomial(20, 0.05));
    assertThat(RateBand.promised(20, 42, 0.05)).isEqualTo(RateBand.calibrated(20, 42, 0.05));
  }
}
