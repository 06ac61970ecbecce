package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import io.kerf.density.LocalDensityEstimator.Kind;
import io.kerf.storage.Tensor;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Expected values: patches X at places 0, 2, 8 and 10 of a map of 3×4; Y, y whitened by the eigen-decomposition of Ledoit and Wolf's
 * covariance of X written out in numpy; h from 20,001 values in log h, by the leave-one-out likelihood over Y;
 * {@code -np.log(np.exp(-((y - Y)**2).sum(-1) / 2 / h**2).mean())}.
 */
class PatchKernelsTest {
  @Test
  void oddnessIsTheKernelDensityOfThePatchesWhereverTheyLie() {
    LocalDensity density = fit(3, -1, -1, -1).density();
    assertThat(new int[] {density.height(), density.width()}).containsExactly(2, 2);
    assertCloseTo(density.oddness(Waves.probe(36)), 1.6380692385204, 1.6025982970044, 1.6630734783046, 1.7440435179455);
  }

  /** Expected: the same over the patches of the other two parts, whitening and bandwidth included. */
  @Test
  void aPartInAFoldIsScoredByAModelThatHasNothingOfItsFold() {
    float[][] heldOut = CrossScored.of(fit(3, 4, 9, 0), Waves.rows(3, 36), new int[] {4, 9, 0});
    assertThat(heldOut).hasDimensions(3, 4);
    assertCloseTo(heldOut[0], 2.3262873614131, 1.8069132536973, 2.8996309789292, 1.6657277667057);
    assertCloseTo(heldOut[1], 2.4636556197957, 1.1042434808198, 3.9186223209688, 1.8284191897392);
    assertCloseTo(heldOut[2], 1.9236146219210, 1.5429922835992, 3.2597275625906, 3.5998890813285);
  }

  @Test
  void aPatchIsAsOddAnywhere() {
    float[] probe = Waves.probe(36);
    float[] turned = new float[36];
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 12; p++) {
        // Rows of four turned by two columns.
        turned[c * 12 + p / 4 * 4 + (p + 2) % 4] = probe[c * 12 + p];
      }
    }
    LocalDensity density = fit(3, -1, -1, -1).density();
    float[] oddness = density.oddness(probe);
    assertThat(density.oddness(turned)).containsExactly(oddness[1], oddness[0], oddness[3], oddness[2]);
  }

  @Test
  void anOddExtentHasAPatchAtItsEnd() {
    LocalDensity density = LocalDensityEstimator.fit(Kind.LOCATION_FREE, Waves.rows(3, 30), new int[] {-1, -1, -1}, 2, 5, 3, 1).density();
    assertThat(new int[] {density.height(), density.width()}).containsExactly(3, 2);
    float[] part = Waves.rows(1, 30)[0];
    float[] spoilt = part.clone();
    spoilt[14] += 1000;
    assertThat(density.oddness(spoilt)[5]).isGreaterThan(100 * density.oddness(part)[5]);
  }

  @Test
  void ofVeryManyPatchesASeededCoresetIsKept() {
    Random random = new Random(4);
    float[][] features = new float[21][2 * 64 * 64];
    for (float[] part : features) {
      for (int i = 0; i < part.length; i++) {
        part[i] = random.nextFloat();
      }
    }
    int[] folds = IntStream.range(0, features.length).map(i -> i == 0 ? 0 : -1).toArray();
    CrossFitted fitted = LocalDensityEstimator.fit(Kind.LOCATION_FREE, features, folds, 2, 64, 64, 7);
    assertThat(CrossScored.of(fitted, features, folds)).hasDimensions(1, 32 * 32);
    Tensor kernels = fitted.density().tensors().get("normals");
    assertThat(kernels.shape()).containsExactly(1000, 2);
    assertThat(again(features, folds, 7)).isEqualTo(kernels.values());
    assertThat(again(features, folds, 8)).isNotEqualTo(kernels.values());
  }

  private static float[] again(float[][] features, int[] folds, long seed) {
    return LocalDensityEstimator.fit(Kind.LOCATION_FREE, features, folds, 2, 64, 64, seed).density().tensors().get("normals").values();
  }

  @Test
  void theCoresetTakesTheFarthestUntilItIsFullOrAllIsCovered() {
    assertThat(coreset(3, 0, 1, 9, 10, 4)).containsExactly(0, 10, 4);
    assertThat(coreset(4, 0, 1, 9, 10, 4)).containsExactly(0, 10, 4, 1);
    assertThat(coreset(9, 2, 2, 5, 2)).containsExactly(2, 5);
  }

  private static float[] coreset(int limit, float... places) {
    return Coreset.of(new WhitenedNormals(places, places.length, 1), limit).rows();
  }

  private static CrossFitted fit(int parts, int... folds) {
    return LocalDensityEstimator.fit(Kind.LOCATION_FREE, Waves.rows(parts, 36), folds, 3, 3, 4, 1);
  }

  /** As close as the bandwidth's search is. */
  private static void assertCloseTo(float[] oddness, double... expected) {
    for (int p = 0; p < expected.length; p++) {
      assertThat((double) oddness[p]).as("patch %d", p).isCloseTo(expected[p], withinPercentage(0.02));
    }
  }
}
