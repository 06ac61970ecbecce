package io.kerf.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.station.SwapTrial.Counts;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwapTrialTest {
  private static final int WATCHED = 200;

  /** scipy.stats.betabinom.ppf(1 - 1e-5, n, x + 1, m - x + 1): 10 of 100 and 15 of 199 after 5 of 500, 3 of 20 after none of 500, 135 of 200 after 250 of 500. */
  @ParameterizedTest(name = "{0} of {1} before, {2} NG and {3} UNJUDGED of {4} after: {5}")
  @CsvSource({
      "5, 500, 0, 0, 9, Watching", "5, 500, 9, 0, 9, Watching", "5, 500, 3, 0, 20, Watching", "5, 500, 0, 0, 200, Kept", "5, 500, 10, 0, 100, Watching", "5, 500, 11, 0, 100, Worse",
      "5, 500, 2, 0, 199, Watching", "5, 500, 15, 0, 199, Watching", "5, 500, 16, 0, 199, Worse", "5, 500, 0, 20, 20, Worse", "0, 49, 20, 0, 20, Kept", "0, 50, 20, 0, 20, Worse", "250, 500, 130, 0, 200, Kept",
      "250, 500, 136, 0, 200, Worse"})
  void aModelProvesItselfOrStopsMoreThanChanceLets(int ng, int parts, int ngAfter, int unjudgedAfter, int after, String finding) {
    assertThat(SwapTrial.of(new Counts(parts, ng, 0), new Counts(after, ngAfter, unjudgedAfter), WATCHED).getClass().getSimpleName()).isEqualTo(finding);
  }

  @Test
  void theReasonHasTheCounts() {
    assertThat(((SwapTrial.Worse) SwapTrial.of(new Counts(500, 5, 0), new Counts(20, 12, 0), WATCHED)).reason()).isEqualTo("12 of 20 parts NG since the swap, 5 of 500 before");
  }

  /** Looked at after every part up to the 200th, as the station does. */
  @Test
  void aModelThatIsAsGoodIsHardlyEverSentBack() {
    SplittableRandom random = new SplittableRandom(3);
    int sentBack = 0;
    for (int trial = 0; trial < 500; trial++) {
      double rate = random.nextDouble(0, 0.2);
      int before = (int) random.doubles(500).filter(d -> d < rate).count();
      int after = 0;
      for (int n = 1; n <= WATCHED; n++) {
        after += random.nextDouble() < rate ? 1 : 0;
        if (SwapTrial.of(new Counts(500, before, 0), new Counts(n, after, 0), WATCHED) instanceof SwapTrial.Worse) {
          sentBack++;
          break;
        }
      }
    }
    assertThat(sentBack).isLessThanOrEqualTo(2);
  }
}
