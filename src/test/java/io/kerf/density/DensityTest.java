package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.kerf.density.DensityOptions.Kind;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DensityTest {
  private static final DensityOptions GAUSSIAN = DensityOptions.DEFAULT.withKind(Kind.GAUSSIAN).withL2Normalise(false);
  private static final DensityOptions KERNEL = DensityOptions.DEFAULT.withKind(Kind.KERNEL).withL2Normalise(false);

  /** Expected: d @ inv(LedoitWolf().fit(X).covariance_) @ d. */
  @ParameterizedTest
  @CsvSource({
    "12, 5, false, 2.2735548324542894", "12, 5, true, 4.779067721372339", "6, 10, false, 17.117295162557735",
    "6, 10, true, 18.22520457004083", "3, 10, false, 36.87264722489496", "3, 10, true, 38.55211859496328"
  })
  void gaussianScoreIsTheSquaredMahalanobisDistance(int n, int p, boolean l2Normalise, double expected) {
    Density density = DensityEstimator.fit(Waves.rows(n, p), GAUSSIAN.withL2Normalise(l2Normalise));
    assertThat(density.score(Waves.probe(p))).isCloseTo(expected, withinPercentage(1e-3));
  }

  /**
   * Expected: Y, y whitened by the eigen-decomposition of LedoitWolf's covariance_;
   * -KernelDensity(bandwidth=.5).fit(Y[:,:2]).score_samples(y[:2]) - 2*log(.5) - log(2*pi) + .5*(y[2:]**2).sum().
   */
  @ParameterizedTest
  @CsvSource({
    "12, 5, false, 3.222629638148716", "12, 5, true, 4.703727274868357", "6, 10, false, 11.929393774224314",
    "6, 10, true, 10.419426431673458", "3, 10, false, 23.994921408379298", "3, 10, true, 23.41579909534479"
  })
  void kernelScoreIsTheNegativeLogDensityUpToAConstant(int n, int p, boolean l2Normalise, double expected) {
    DensityOptions options = KERNEL.withL2Normalise(l2Normalise).withMaxDimensions(2).withBandwidth(0.5);
    assertThat(DensityEstimator.fit(Waves.rows(n, p), options).score(Waves.probe(p))).isCloseTo(expected, withinPercentage(1e-3));
  }

  /** Expected: scipy.optimize.minimize_scalar over the leave-one-out likelihood written out with logsumexp, after a grid of 400. */
  @ParameterizedTest
  @CsvSource({
    "12, 5, false, 0.5859090668267922", "12, 5, true, 0.4026113676733921", "6, 10, false, 1.5933862684267994",
    "6, 10, true, 1.4239837220375111", "3, 10, false, 2.0467716968483143", "3, 10, true, 2.0674679596272467"
  })
  void bandwidthMaximisesTheLeaveOneOutLikelihood(int n, int p, boolean l2Normalise, double expected) {
    KernelDensity density = (KernelDensity) DensityEstimator.fit(Waves.rows(n, p), KERNEL.withL2Normalise(l2Normalise).withMaxDimensions(2));
    assertThat(density.bandwidth()).isCloseTo(expected, withinPercentage(0.02));
  }

  @Test
  void copiesOfANormalDoNotDrawTheBandwidthToZero() {
    float[][] doubled = new float[24][];
    for (int i = 0; i < 24; i++) {
      doubled[i] = Waves.rows(12, 5)[i / 2];
    }
    KernelDensity density = (KernelDensity) DensityEstimator.fit(doubled, KERNEL.withMaxDimensions(2));
    assertThat(density.bandwidth()).isGreaterThan(0.3);
  }

  @Test
  void gradientIsTheSlopeOfTheScore() {
    float[] probe = Waves.probe(10);
    for (DensityOptions options : variants()) {
      for (int n : new int[] {2, 3, 6, 40}) {
        Density density = DensityEstimator.fit(Waves.rows(n, 10), options);
        float[] gradient = density.gradient(probe);
        double largest = 0;
        for (float g : gradient) {
          largest = Math.max(largest, Math.abs(g));
        }
        for (int c = 0; c < probe.length; c++) {
          assertThat((double) gradient[c]).as("%s, n = %d, dimension %d", options, n, c)
              .isCloseTo(slope(density, probe, c), within(2e-3 * largest));
        }
      }
    }
  }

  /** Two central differences, the wide one taking the curvature's error out of the narrow one. */
  private static double slope(Density density, float[] at, int c) {
    double narrow = centralDifference(density, at, c, 0.01f);
    double wide = centralDifference(density, at, c, 0.02f);
    return (4 * narrow - wide) / 3;
  }

  private static double centralDifference(Density density, float[] at, int c, float step) {
    float[] above = at.clone();
    float[] below = at.clone();
    above[c] += step;
    below[c] -= step;
    return (density.score(above) - density.score(below)) / ((double) above[c] - below[c]);
  }

  @Test
  void aReloadedDensityScoresAndPointsExactlyAsTheFittedOne() {
    for (DensityOptions options : variants()) {
      Density fitted = DensityEstimator.fit(Waves.rows(30, 10), options);
      Density reloaded = Density.fromTensors(fitted.tensors());
      assertThat(reloaded.getClass()).isEqualTo(fitted.getClass());
      assertThat(reloaded.score(Waves.probe(10))).isEqualTo(fitted.score(Waves.probe(10)));
      assertThat(reloaded.gradient(Waves.probe(10))).isEqualTo(fitted.gradient(Waves.probe(10)));
      assertThat(reloaded.description()).isEqualTo(fitted.description());
    }
  }

  @Test
  void fewNormalsGiveFiniteScoresThatRiseAwayFromThem() {
    Random random = new Random(5);
    for (DensityOptions options : variants()) {
      for (int n : new int[] {2, 3, 5}) {
        float[][] normals = around(random, n, 512, 0.05);
        Density density = DensityEstimator.fit(normals, options);
        double like = density.score(around(random, 1, 512, 0.05)[0]);
        double odd = density.score(around(random, 1, 512, 0.3)[0]);
        assertThat(like).as("%s, n = %d", options, n).isFinite().isBetween(0.0, odd);
      }
    }
  }

  @Test
  void whatLiesOutsideTheKernelsDimensionsCounts() {
    Random random = new Random(3);
    Density density = DensityEstimator.fit(around(random, 40, 64, 0.05), KERNEL.withMaxDimensions(4));
    float[] centre = around(random, 1, 64, 0)[0];
    float[] outside = centre.clone();
    outside[63] += 2;
    assertThat(density.score(outside)).isGreaterThan(10 * density.score(centre));
  }

  @Test
  void wideKernelsRankAsTheGaussianDoes() {
    Random random = new Random(11);
    float[][] normals = around(random, 60, 16, 0.2);
    Density gaussian = DensityEstimator.fit(normals, GAUSSIAN);
    Density kernel = DensityEstimator.fit(normals, KERNEL.withMaxDimensions(16).withBandwidth(300));
    double first = 0;
    for (float[] probe : around(random, 20, 16, 0.4)) {
      double ratio = (kernel.score(probe) - 0.5 * 16 / 9e4) * 2 * 9e4 / gaussian.score(probe);
      first = first == 0 ? ratio : first;
      assertThat(ratio).isCloseTo(first, withinPercentage(5));
    }
  }

  @Test
  void onlyTheDirectionCountsWhereNormalised() {
    Density density = DensityEstimator.fit(Waves.rows(12, 5), KERNEL.withL2Normalise(true));
    float[] probe = Waves.probe(5);
    float[] brighter = probe.clone();
    for (int c = 0; c < probe.length; c++) {
      brighter[c] *= 4;
    }
    assertThat(density.score(brighter)).isCloseTo(density.score(probe), withinPercentage(1e-3));
    assertThat(density.score(new float[5])).isFinite();
    assertThat(density.gradient(new float[5])).containsOnly(0);
  }

  @Test
  void refusesEmbeddingsItCannotScore() {
    for (DensityOptions options : variants()) {
      Density density = DensityEstimator.fit(Waves.rows(12, 5), options);
      assertThatIllegalArgumentException().isThrownBy(() -> density.score(new float[4])).withMessageContaining("5 numbers, not of 4");
      assertFault(Fault.INTERNAL, () -> density.score(new float[] {1, Float.NaN, 1, 1, 1}));
      assertFault(Fault.INTERNAL, () -> density.gradient(new float[] {1, 1, 1, 1, Float.POSITIVE_INFINITY}));
    }
    Density raw = DensityEstimator.fit(Waves.rows(12, 5), KERNEL);
    assertFault(Fault.INTERNAL, () -> raw.score(new float[] {1e38f, -1e38f, 1e38f, 1e38f, 1e38f}));
  }

  @Test
  void refusesNormalsItCannotLearnFrom() {
    assertFault(Fault.TOO_FEW_NORMALS, () -> DensityEstimator.fit(new float[0][], KERNEL));
    assertFault(Fault.TOO_FEW_NORMALS, () -> DensityEstimator.fit(Waves.rows(1, 5), KERNEL));
    assertFault(Fault.TOO_FEW_NORMALS, () -> DensityEstimator.fit(new float[][] {{1, 2}, {1, 2}, {1, 2}}, KERNEL));
    assertFault(Fault.TRAINING_FAILED, () -> DensityEstimator.fit(new float[][] {{1, 2}, {Float.NaN, 2}}, GAUSSIAN));
    assertThatIllegalArgumentException().isThrownBy(() -> DensityEstimator.fit(new float[][] {{1, 2}, {1}}, GAUSSIAN));
  }

  @Test
  void refusesTensorsThatAreNoDensity() {
    Density fitted = DensityEstimator.fit(Waves.rows(12, 5), KERNEL.withMaxDimensions(3));
    for (String name : List.of("format", "mean", "axes", "variances", "residual_variance", "l2_normalise", "normals")) {
      assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, name, null)));
      assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, name, Tensor.vector(new float[] {1, 2, Float.NaN}))));
      assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, name, Tensor.matrix(new float[7][9]))));
    }
    assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, "bandwidth", Tensor.scalar(0))));
    assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, "variances", Tensor.vector(new float[] {1, 1, 1, 1, -1}))));
    assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(changed(fitted, "l2_normalise", Tensor.scalar(2))));
    assertFault(Fault.BUNDLE_CORRUPT, () -> Density.fromTensors(Map.of()));
    assertFault(Fault.BUNDLE_UNSUPPORTED, () -> Density.fromTensors(changed(fitted, "format", Tensor.scalar(2))));
  }

  @Test
  void describesItself() {
    assertThat(DensityEstimator.fit(Waves.rows(12, 5), GAUSSIAN.withL2Normalise(true)).description())
        .isEqualTo("Gaussian over 5 L2-normalised dimensions from 12 good parts, Ledoit–Wolf shrinkage 0.143");
    assertThat(DensityEstimator.fit(Waves.rows(12, 5), KERNEL.withMaxDimensions(2)).description())
        .isEqualTo("Kernel density in 2 of 5 raw dimensions over 12 good parts, bandwidth 0.586");
  }

  @Test
  void optionsRefuseWhatMeansNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> DensityOptions.DEFAULT.withMaxDimensions(0));
    assertThatIllegalArgumentException().isThrownBy(() -> DensityOptions.DEFAULT.withMaxDimensions(513));
    assertThatIllegalArgumentException().isThrownBy(() -> DensityOptions.DEFAULT.withBandwidth(0));
    assertThatIllegalArgumentException().isThrownBy(() -> DensityOptions.DEFAULT.withBandwidth(Double.NaN));
  }

  private static List<DensityOptions> variants() {
    List<DensityOptions> variants = new ArrayList<>();
    for (boolean l2Normalise : new boolean[] {false, true}) {
      variants.add(GAUSSIAN.withL2Normalise(l2Normalise));
      variants.add(KERNEL.withL2Normalise(l2Normalise).withMaxDimensions(3));
      variants.add(KERNEL.withL2Normalise(l2Normalise));
    }
    return variants;
  }

  /** Embeddings about a fixed positive centre, each number off by a normal deviate times {@code deviation}. */
  private static float[][] around(Random random, int n, int p, double deviation) {
    float[][] rows = new float[n][p];
    for (float[] row : rows) {
      for (int c = 0; c < p; c++) {
        row[c] = (float) (1 + 0.5 * Math.sin(c) + deviation * random.nextGaussian());
      }
    }
    return rows;
  }

  private static Map<String, Tensor> changed(Density density, String name, Tensor tensor) {
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
