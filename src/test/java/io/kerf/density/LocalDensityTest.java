package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import io.kerf.density.LocalDensityEstimator.Kind;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both kinds promise, on maps of 40 channels of 6×8: more than the kernels' 32 dimensions. */
class LocalDensityTest {
  private static final int CHANNELS = 40;
  private static final int HEIGHT = 6;
  private static final int WIDTH = 8;
  private static final int PLACES = HEIGHT * WIDTH;

  @ParameterizedTest
  @EnumSource
  void theOddestPlaceIsWhereThePartIsOdd(Kind kind) {
    for (int parts : new int[] {1, 2, 3, 40}) {
      LocalDensity density = fit(kind, parts).density();
      float[] part = parts(99, 1)[0];
      float[] likely = density.oddness(part);
      assertThat(likely).hasSize(density.height() * density.width());
      for (int c = 0; c < CHANNELS; c += 3) {
        part[c * PLACES + 4 * WIDTH + 2] += 4;
      }
      float[] oddness = density.oddness(part);
      int expected = kind == Kind.PER_LOCATION ? 4 * WIDTH + 2 : 2 * WIDTH / 2 + 1;
      for (int p = 0; p < oddness.length; p++) {
        assertThat(oddness[p]).as("%s, n = %d, place %d", kind, parts, p).isFinite().isNotNegative();
        if (p != expected) {
          assertThat(oddness[p]).as("%s, n = %d, place %d", kind, parts, p).isEqualTo(likely[p]).isLessThan(oddness[expected]);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReloadedDensityJudgesExactlyAsTheFittedOne(Kind kind) {
    LocalDensity fitted = fit(kind, 12).density();
    LocalDensity reloaded = LocalDensity.fromTensors(fitted.tensors());
    float[] probe = parts(5, 1)[0];
    assertThat(reloaded.getClass()).isEqualTo(fitted.getClass());
    assertThat(reloaded.oddness(probe)).isEqualTo(fitted.oddness(probe));
    assertThat(reloaded.description()).isEqualTo(fitted.description());
    assertThat(new int[] {reloaded.height(), reloaded.width()}).containsExactly(fitted.height(), fitted.width());
    assertThat(reloaded.tensors().keySet()).isEqualTo(fitted.tensors().keySet());
  }

  @ParameterizedTest
  @EnumSource
  void aPartIsScoredAsByADensityFittedWithoutItsFold(Kind kind) {
    float[][] parts = parts(1, 9);
    int[] folds = {-1, 3, 0, 3, 0, -1, 0, 3, 0};
    float[][] heldOut = CrossScored.of(fit(kind, parts, folds), parts, folds);
    LocalDensity without = fit(kind, new float[][] {parts[0], parts[2], parts[4], parts[5], parts[6], parts[8]}, noFolds(6)).density();
    assertThat(heldOut).hasNumberOfRows(7);
    int[] inFolds = {1, 2, 3, 4, 6, 7, 8};
    for (int i : new int[] {0, 2, 5}) {
      float[] expected = without.oddness(parts[inFolds[i]]);
      for (int p = 0; p < expected.length; p++) {
        assertThat(heldOut[i][p]).as("part %d, place %d", inFolds[i], p).isCloseTo(expected[p], withinPercentage(0.01));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isTheSameForTheSameSeed(Kind kind) {
    CrossFitted first = fit(kind, 12);
    CrossFitted second = fit(kind, 12);
    float[] probe = parts(1, 12)[5];
    for (int fold = 0; fold < 3; fold++) {
      assertThat(second.withoutFold().get(fold).oddness(probe)).isEqualTo(first.withoutFold().get(fold).oddness(probe));
    }
    first.density().tensors().forEach((name, tensor) ->
        assertThat(second.density().tensors().get(name).values()).as(name).isEqualTo(tensor.values()));
  }

  @ParameterizedTest
  @EnumSource
  void refusesFeaturesItCannotJudge(Kind kind) {
    LocalDensity density = fit(kind, 12).density();
    assertThatIllegalArgumentException().isThrownBy(() -> density.oddness(new float[7])).withMessageContaining("40 channels of 6×8");
    float[] part = parts(5, 1)[0];
    // Row 1, column 1, where no patch is.
    part[3 * PLACES + WIDTH + 1] = Float.NaN;
    assertFault(Fault.INTERNAL, () -> density.oddness(part));
    part[3 * PLACES + WIDTH + 1] = 0;
    part[3 * PLACES + 2 * WIDTH + 2] = 3e38f;
    assertFault(Fault.INTERNAL, () -> density.oddness(part));
  }

  @ParameterizedTest
  @EnumSource
  void refusesPartsItCannotLearnFrom(Kind kind) {
    float[][] parts = parts(1, 3);
    assertFault(Fault.TOO_FEW_NORMALS, () -> fit(kind, new float[0][], new int[0]));
    assertFault(Fault.TOO_FEW_NORMALS, () -> fit(kind, parts, new int[] {2, 2, 2}));
    assertFault(Fault.TOO_FEW_NORMALS, () -> fit(kind, new float[3][CHANNELS * PLACES], noFolds(3)));
    assertThatIllegalArgumentException().isThrownBy(() -> fit(kind, parts, new int[] {0, 1}));
    assertThatIllegalArgumentException().isThrownBy(() -> fit(kind, parts, new int[] {0, 1, -2}));
    assertThatIllegalArgumentException().isThrownBy(() -> fit(kind, new float[][] {parts[0], new float[3]}, noFolds(2)));
    parts[1][8] = Float.POSITIVE_INFINITY;
    assertFault(Fault.TRAINING_FAILED, () -> fit(kind, parts, noFolds(3)));
  }

  @ParameterizedTest
  @EnumSource
  void refusesTensorsThatAreNoDensity(Kind kind) {
    LocalDensity fitted = fit(kind, 12).density();
    for (String name : fitted.tensors().keySet()) {
      assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(fitted, name, null)));
      assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(fitted, name, Tensor.vector(new float[] {1, 2, Float.NaN}))));
      assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(fitted, name, Tensor.matrix(new float[7][99]))));
    }
    assertFault(Fault.BUNDLE_UNSUPPORTED, () -> LocalDensity.fromTensors(changed(fitted, "format", Tensor.scalar(2))));
    assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(Map.of()));
  }

  @Test
  void refusesNumbersThatNoFitGives() {
    LocalDensity gaussians = fit(Kind.PER_LOCATION, 12).density();
    Tensor whitening = gaussians.tensors().get("whitening");
    float[] flat = whitening.values().clone();
    flat[2 * PLACES + 5] = 0;
    assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(gaussians, "whitening", new Tensor(whitening.shape(), flat))));
    Tensor endless = new Tensor(new long[] {1, 5000, 1}, new float[5000]);
    assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(gaussians, "mean", endless)));
    LocalDensity kernels = fit(Kind.LOCATION_FREE, 12).density();
    for (double extent : new double[] {0, 2.5, 5000}) {
      assertFault(Fault.BUNDLE_CORRUPT, () -> LocalDensity.fromTensors(changed(kernels, "feature_width", Tensor.scalar(extent))));
    }
  }

  @Test
  void describesItself() {
    assertThat(fit(Kind.PER_LOCATION, 1).density().description()).isEqualTo("Gaussian over 40 channels at each of 6×8 places from 1 good part");
    assertThat(fit(Kind.LOCATION_FREE, 12).density().description())
        .matches("Kernels in 32 of 40 channel dimensions at 144 patches of good parts, the same for all 3×4 places, bandwidth \\d\\.\\d{3}");
  }

  private static CrossFitted fit(Kind kind, int parts) {
    int[] folds = noFolds(parts);
    for (int i = 1; i < parts; i++) {
      folds[i] = i % 3;
    }
    return fit(kind, parts(1, parts), folds);
  }

  private static CrossFitted fit(Kind kind, float[][] parts, int[] folds) {
    return LocalDensityEstimator.fit(kind, parts, folds, CHANNELS, HEIGHT, WIDTH, 1);
  }

  private static int[] noFolds(int parts) {
    int[] folds = new int[parts];
    Arrays.fill(folds, -1);
    return folds;
  }

  /** Features about a fixed pattern, neighbouring channels going together. */
  private static float[][] parts(long seed, int count) {
    Random random = new Random(seed);
    float[][] parts = new float[count][CHANNELS * PLACES];
    for (float[] part : parts) {
      for (int p = 0; p < PLACES; p++) {
        float shared = 0;
        for (int c = 0; c < CHANNELS; c++) {
          shared = c % 5 == 0 ? (float) random.nextGaussian() : shared;
          part[c * PLACES + p] = (float) (Math.sin(c) + 0.2 * Math.cos(p) + 0.1 * shared + 0.05 * random.nextGaussian());
        }
      }
    }
    return parts;
  }

  private static Map<String, Tensor> changed(LocalDensity density, String name, Tensor tensor) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(density.tensors());
    if (tensor == null) {
      tensors.remove(name);
    } else {
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private static void assertFault(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
