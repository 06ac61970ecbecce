package io.kerf.training;

import io.kerf.density.Density;
import io.kerf.density.DensityEstimator;
import io.kerf.density.DensityOptions;
import io.kerf.density.LocalDensity;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.encoder.FeatureMap;
import io.kerf.model.PartScorer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A scorer whose densities know all good parts, and for each fold one that has seen nothing of it: held-out parts are scored by those.
 *
 * @param withoutFold by number of the fold
 */
record CrossFittedScorer(PartScorer scorer, List<PartScorer> withoutFold) {

  /**
   * Fits every density that the encoded parts have vectors or maps for: one scorer for each way of comparing places, alike in all else.
   *
   * @param local how places are compared; at least one
   */
  static List<CrossFittedScorer> fit(EncodedNormals normals, List<ScoreKind> kinds, DensityOptions pooled, List<LocalDensityEstimator.Kind> local, long seed) {
    Map<ScoreKind, DensityEstimator.CrossFitted> densities = new EnumMap<>(ScoreKind.class);
    kinds.forEach(kind -> densities.put(kind, DensityEstimator.crossFit(normals.vectors(kind), normals.folds(), options(kind, pooled))));
    if (!normals.hasLocal()) {
      return List.of(assembled(densities, Optional.empty(), normals.folds()));
    }
    return local.stream().map(kind -> assembled(densities, Optional.of(places(kind, normals, seed)), normals.folds())).toList();
  }

  private static CrossFittedScorer assembled(Map<ScoreKind, DensityEstimator.CrossFitted> densities, Optional<LocalDensityEstimator.CrossFitted> places,
      int[] folds) {
    int count = Arrays.stream(folds).max().orElse(-1) + 1;
    List<PartScorer> withoutFold = IntStream.range(0, count)
        .mapToObj(fold -> scorer(densities, d -> d.withoutFold().get(fold), places.map(p -> p.withoutFold().get(fold)))).toList();
    return new CrossFittedScorer(scorer(densities, DensityEstimator.CrossFitted::density, places.map(LocalDensityEstimator.CrossFitted::density)), withoutFold);
  }

  private static LocalDensityEstimator.CrossFitted places(LocalDensityEstimator.Kind kind, EncodedNormals normals, long seed) {
    FeatureMap[] maps = normals.localMaps();
    float[][] features = Arrays.stream(maps).map(FeatureMap::values).toArray(float[][]::new);
    return LocalDensityEstimator.fit(kind, features, normals.localFolds(), maps[0].channels(), maps[0].height(), maps[0].width(), seed);
  }

  /** Only the pooled feature is a direction; a thumbnail and statistics are measured as they are, by one Gaussian. */
  private static DensityOptions options(ScoreKind kind, DensityOptions pooled) {
    return kind == ScoreKind.POOLED ? pooled : DensityOptions.DEFAULT.withKind(DensityOptions.Kind.GAUSSIAN).withL2Normalise(false);
  }

  private interface Choice {
    Density of(DensityEstimator.CrossFitted fitted);
  }

  private static PartScorer scorer(Map<ScoreKind, DensityEstimator.CrossFitted> densities, Choice choice, Optional<LocalDensity> local) {
    Map<ScoreKind, Density> chosen = new EnumMap<>(ScoreKind.class);
    densities.forEach((kind, fitted) -> chosen.put(kind, choice.of(fitted)));
    return new PartScorer(chosen, local);
  }
}
