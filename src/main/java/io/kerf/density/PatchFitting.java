package io.kerf.density;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Fits {@link PatchKernels} to the patches of all parts and to those of all parts but each fold's. At most {@value #SAMPLE} patches are
 * drawn, once; a fold's model has those of them that lie on other parts. Each model has its own Ledoit–Wolf covariance of its patches,
 * its own {@link Coreset} of {@value #KERNELS} among the first {@value #CANDIDATES} of them, in the {@value #DIMENSIONS} leading whitened
 * dimensions, and its own bandwidth by {@link LeaveOneOut} among the coreset.
 */
final class PatchFitting {
  static final int SAMPLE = 20_000;
  static final int CANDIDATES = 10_000;
  static final int KERNELS = 1_000;
  static final int DIMENSIONS = 32;

  private final float[][] features;
  private final FeatureExtent extent;
  private final int patchesPerPart;

  private PatchFitting(float[][] features, FeatureExtent extent) {
    this.features = features;
    this.extent = extent;
    patchesPerPart = PatchKernels.patchesAlong(extent.height()) * PatchKernels.patchesAlong(extent.width());
  }

  static CrossFitted fit(float[][] features, Folds folds, FeatureExtent extent, long seed) {
    return new PatchFitting(features, extent).fit(folds, seed);
  }

  private CrossFitted fit(Folds folds, long seed) {
    int[] sample = Sample.of(Math.multiplyExact(features.length, patchesPerPart), SAMPLE, new Random(seed));
    int[] numbers = folds.numbers();
    List<LocalDensity> models = IntStream.rangeClosed(0, numbers.length).parallel()
        .<LocalDensity>mapToObj(model -> model == 0 ? fitted(sample) : fitted(without(sample, folds, numbers[model - 1]))).toList();
    return new CrossFitted(models.get(0), models.subList(1, models.size()));
  }

  private int[] without(int[] sample, Folds folds, int number) {
    return Arrays.stream(sample).filter(patch -> folds.of()[patch / patchesPerPart] != number).toArray();
  }

  private PatchKernels fitted(int[] sample) {
    float[][] patches = Arrays.stream(sample)
        .mapToObj(patch -> PatchKernels.patch(extent, features[patch / patchesPerPart], patch % patchesPerPart))
        .toArray(float[][]::new);
    if (patches.length < DensityEstimator.FEWEST_NORMALS) {
      throw tooFew("There are " + patches.length + " patches of good parts to learn from, too few to show how they vary.");
    }
    LedoitWolf covariance = LedoitWolf.of(patches);
    if (!covariance.hasSpread()) {
      throw tooFew("The encoder sees no difference between the " + patches.length + " patches of good parts, so what is normal for them cannot"
          + " be learnt.");
    }
    WhitenedSpace space = WhitenedSpace.of(covariance, false);
    float[][] candidates = Arrays.copyOf(patches, Math.min(patches.length, CANDIDATES));
    WhitenedNormals kernels = Coreset.of(WhitenedNormals.of(space, candidates, Math.min(DIMENSIONS, space.axes())), KERNELS);
    return new PatchKernels(extent, KernelDensity.of(space, kernels, LeaveOneOut.of(kernels).bestBandwidth()));
  }

  private static FaultException tooFew(String why) {
    return new FaultException(Fault.TOO_FEW_NORMALS, why + " Check that the images differ, and add more.");
  }
}
