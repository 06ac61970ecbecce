package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import io.kerf.density.LocalDensityEstimator.Kind;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Expected values, with X = the rows as [n, 3, 4] in double and d = x[:, p] - X.mean(0)[:, p]:
 * {@code S = [np.cov(X[:, :, p].T, bias=True) for p in range(4)]; M = np.mean(S, axis=0)};
 * {@code .5 * d @ np.linalg.solve((n*S[p] + 30*M)/(n + 30) + 1e-4*np.trace(M)/3*np.eye(3), d)}. For one row S = 0 and
 * {@code M = np.eye(3) * X[0].var(axis=1).mean()}.
 */
class LocationGaussiansTest {
  private static final int[] NO_FOLDS = {-1, -1, -1, -1};

  @Test
  void oddnessIsTheMahalanobisFormUnderTheSharedPrior() {
    assertOddness(fit(4, NO_FOLDS).density(), 2.6736428156095, 0.21067990823503, 0.82640474308265, 0.85201801883051);
  }

  @Test
  void twoPartsTellDirectionsAndOnePartDistances() {
    assertOddness(fit(2, NO_FOLDS).density(), 3.9444383964399, 1.3579222334547, 8.4568250106169, 0.43025047853055);
    assertOddness(fit(1, NO_FOLDS).density(), 2.2063796908224, 1.4724000194970, 1.1508171764945, 3.9540864484364);
  }

  @Test
  void partsThatAreAllAlikeAreOnePart() {
    float[] part = Waves.rows(1, 12)[0];
    LocalDensity twice = LocalDensityEstimator.fit(Kind.PER_LOCATION, new float[][] {part, part}, new int[] {-1, -1}, 3, 2, 2, 1).density();
    // (n·0 + 30·v)/(n + 30) + 1e-4·v for n = 1 and n = 2.
    double wider = (30.0 / 31 + 1e-4) / (30.0 / 32 + 1e-4);
    assertOddness(twice, 2.2063796908224 * wider, 1.4724000194970 * wider, 1.1508171764945 * wider, 3.9540864484364 * wider);
  }

  /** Expected: the same formula over the rows that are not in the fold, prior included. */
  @Test
  void aPartInAFoldIsScoredByAModelThatHasNothingOfItsFold() {
    float[][] heldOut = CrossScored.of(fit(4, new int[] {0, 1, 0, -1}), Waves.rows(4, 12), new int[] {0, 1, 0, -1});
    assertThat(heldOut).hasDimensions(3, 4);
    assertCloseTo(heldOut[0], 1180.9119854545, 2038.5873252389, 392.00367187106, 1034.7986194982);
    assertCloseTo(heldOut[1], 0.89607902413599, 0.83693411779513, 4.3486090670890, 7.4820725768478);
    assertCloseTo(heldOut[2], 2215.7008944287, 1757.1561187796, 10.714315903965, 3542.6873799572);
  }

  @Test
  void theDensityIsOfAllPartsWhateverTheirFolds() {
    float[] probe = Waves.probe(12);
    assertCloseTo(fit(4, new int[] {5, 2, 5, 0}).density().oddness(probe), fit(4, NO_FOLDS).density().oddness(probe));
  }

  @Test
  void channelsThatNeverVaryKeepAFiniteOddness() {
    float[][] features = Waves.rows(6, 12);
    for (float[] part : features) {
      Arrays.fill(part, 0, 4, 0);
    }
    LocalDensity density = LocalDensityEstimator.fit(Kind.PER_LOCATION, features, new int[] {0, 1, 0, 1, -1, -1}, 3, 2, 2, 1).density();
    float[] lit = features[0].clone();
    lit[2] = 1;
    assertThat(density.oddness(lit)[2]).isFinite().isGreaterThan(10 * density.oddness(features[0])[2]);
  }

  @Test
  void ofVeryManyPartsASampleIsLearntFromAndAllInFoldsAreScored() {
    Random random = new Random(4);
    float[][] features = new float[900][2];
    for (float[] part : features) {
      part[0] = random.nextFloat();
      part[1] = random.nextFloat();
    }
    int[] folds = IntStream.range(0, 900).map(i -> i < 300 ? -1 : i % 3).toArray();
    CrossFitted fitted = LocalDensityEstimator.fit(Kind.PER_LOCATION, features, folds, 1, 1, 2, 7);
    assertThat(CrossScored.of(fitted, features, folds)).hasDimensions(600, 2);
    // 256 of the 300 in every model, 170 of the 200 in each fold.
    assertThat(fitted.density().description()).isEqualTo("Gaussian over 1 channels at each of 1×2 places from 766 good parts");
  }

  private static CrossFitted fit(int parts, int[] folds) {
    return LocalDensityEstimator.fit(Kind.PER_LOCATION, Waves.rows(parts, 12), Arrays.copyOf(folds, parts), 3, 2, 2, 1);
  }

  private static void assertOddness(LocalDensity density, double... expected) {
    float[] oddness = density.oddness(Waves.probe(12));
    for (int p = 0; p < expected.length; p++) {
      assertThat((double) oddness[p]).as("place %d", p).isCloseTo(expected[p], withinPercentage(1e-3));
    }
  }

  private static void assertCloseTo(float[] oddness, double... expected) {
    for (int p = 0; p < expected.length; p++) {
      assertThat((double) oddness[p]).as("place %d", p).isCloseTo(expected[p], withinPercentage(1e-4));
    }
  }

  private static void assertCloseTo(float[] oddness, float[] expected) {
    assertCloseTo(oddness, IntStream.range(0, expected.length).mapToDouble(p -> expected[p]).toArray());
  }
}
