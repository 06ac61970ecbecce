package io.kerf.density;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Scores each part that is in a fold by the model without the fold. */
final class CrossScored {
  private CrossScored() {}

  /** Oddness of the parts that are in folds, in their order. */
  static float[][] of(LocalDensityEstimator.CrossFitted fitted, float[][] features, int[] folds) {
    int[] numbers = Arrays.stream(folds).filter(fold -> fold >= 0).distinct().sorted().toArray();
    return IntStream.range(0, folds.length).filter(part -> folds[part] >= 0)
        .mapToObj(part -> fitted.withoutFold().get(Arrays.binarySearch(numbers, folds[part])).oddness(features[part])).toArray(float[][]::new);
  }
}
