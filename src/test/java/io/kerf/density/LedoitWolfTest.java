package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Expected values: {@code sklearn.covariance.LedoitWolf().fit(X)}, {@code shrinkage_} and the eigenvalues of {@code covariance_}. */
class LedoitWolfTest {
  private static final double[] EIGENVALUES_12_5 = {16.582338227289, 4.717821017958, 3.137175528443, 2.657780906397, 1.450734048775};
  private static final double[] EIGENVALUES_6_10 = {29.434570867342, 18.777213723148, 17.415507613019, 8.812258528056, 8.250880994646};

  @Test
  void equalsScikitLearnWithMoreRowsThanDimensions() {
    LedoitWolf covariance = LedoitWolf.of(Waves.rows(12, 5));
    assertThat(covariance.shrinkage()).isCloseTo(0.18822232299797179, within(1e-12));
    assertThat(covariance.variances()).containsExactly(EIGENVALUES_12_5, within(1e-9));
  }

  @Test
  void equalsScikitLearnWithFewerRowsThanDimensions() {
    LedoitWolf covariance = LedoitWolf.of(Waves.rows(6, 10));
    assertThat(covariance.shrinkage()).isCloseTo(0.6046545692298751, within(1e-12));
    assertThat(covariance.variances()).containsExactly(EIGENVALUES_6_10, within(1e-9));
    assertThat(covariance.residualVariance()).isCloseTo(7.166561952656, within(1e-9));
  }

  @Test
  void axesAreOrthonormal() {
    double[][] axes = LedoitWolf.of(Waves.rows(6, 10)).axes();
    for (int a = 0; a < axes.length; a++) {
      for (int b = 0; b < axes.length; b++) {
        double product = 0;
        for (int c = 0; c < 10; c++) {
          product += axes[a][c] * axes[b][c];
        }
        assertThat(product).isCloseTo(a == b ? 1 : 0, within(1e-10));
      }
    }
  }

  @Test
  void shrinksTwoRowsHalfWayWhereTheFormulaSeesNoNoise() {
    LedoitWolf covariance = LedoitWolf.of(new float[][] {{0, 0, 1, 1}, {2, 0, 1, 1}});
    // S = diag(1, 0, 0, 0), m = 1/4.
    assertThat(covariance.shrinkage()).isEqualTo(0.5);
    assertThat(covariance.variances()).containsExactly(new double[] {0.625}, within(1e-12));
    assertThat(covariance.residualVariance()).isCloseTo(0.125, within(1e-12));
  }

  @Test
  void seesNoSpreadInRowsThatAreAlike() {
    assertThat(LedoitWolf.of(new float[][] {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}}).hasSpread()).isFalse();
    assertThat(LedoitWolf.of(new float[][] {{1, 2, 3}, {1, 2, Math.nextUp(3f)}, {1, 2, 3}}).hasSpread()).isFalse();
    assertThat(LedoitWolf.of(new float[][] {{1, 2, 3}, {1, 2, 3.001f}}).hasSpread()).isTrue();
  }
}
