package io.kerf.training.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.training.continual.ShadowTrial.Counts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShadowTrialTest {
  @ParameterizedTest
  @CsvSource({"99, 0, 0, Watching", "100, 0, 0, Passed", "100, 3, 2, Passed", "100, 0, 40, Passed", "13, 13, 0, Watching", "14, 14, 0, Failed", "60, 32, 7, Failed",
      "60, 31, 8, Watching", "100, 30, 10, Passed"})
  void finds(int parts, int onlyCandidate, int onlyActive, String finding) {
    assertThat(ShadowTrial.of(new Counts(parts, onlyCandidate, onlyActive), 100, 0.9).getClass().getSimpleName()).isEqualTo(finding);
  }

  @Test
  void countsOnlyWhereTheTwoDiffer() {
    Counts counts = Counts.NONE.plus(true, true).plus(false, false).plus(true, false).plus(false, true).plus(false, true);
    assertThat(counts).isEqualTo(new Counts(5, 2, 1));
    assertThat(ShadowTrial.of(counts, 5, 0.3)).isEqualTo(new ShadowTrial.Passed("Of 5 parts that both judged the candidate alone stops 2, the model in use alone 1."));
  }

  @Test
  void mustNotStopMoreThanItsBudget() {
    assertThat(ShadowTrial.of(new Counts(100, 15, 10), 100, 0.05)).isInstanceOf(ShadowTrial.Passed.class);
    assertThat(ShadowTrial.of(new Counts(100, 16, 10), 100, 0.05)).isInstanceOfSatisfying(ShadowTrial.Failed.class,
        failed -> assertThat(failed.sentence()).endsWith("more than its false-reject budget allows."));
  }

  @Test
  void mayBeLeftOut() {
    assertThat(ShadowTrial.of(Counts.NONE, 0, 0.3)).isInstanceOf(ShadowTrial.Passed.class);
  }
}
