package io.kerf.training;

import io.kerf.density.LocalDensity;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.encoder.Encoder;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks once more at presumed normals before anything is learnt from them.
 *
 * <p>Each is scored by densities fitted to all other parts: to those that were learnt from, and to the presumed ones of other folds. Alike
 * pictures are in one fold, so that no part vouches for itself or its twin. What is odder than nearly all trusted parts, scored in the
 * same way, is doubtful; where few are trusted, what is odder than all of them.
 */
public final class QuarantineReview {
  /** Share of trusted parts that must be at least as odd as a presumed one that passes. */
  private static final double LEAST_P_VALUE = 0.05;

  private QuarantineReview() {}

  /**
   * Of each presumed part whether it is doubtful.
   *
   * @param bundle whose encoder and scores are used
   * @param learnt trusted parts that the encoder has learnt from; at least one
   * @param heldOut trusted parts that it has not
   */
  public static boolean[] doubtful(Bundle bundle, Learning.Report report, List<Path> learnt, List<Path> heldOut, List<Path> presumed) {
    if (presumed.isEmpty()) {
      return new boolean[0];
    }
    LearningSettings settings = report.settings();
    Normals normals = Normals.scoring(learnt, Stream.concat(heldOut.stream(), presumed.stream()).toList(), settings.order().seed());
    LocalDensityEstimator.Kind places = bundle.scorer().local().map(LocalDensity::kind).orElse(LocalDensityEstimator.Kind.PER_LOCATION);
    double[] scores;
    try (Encoder encoder = Generation.encoder(bundle.folder(), bundle.manifest().encoderOutputs(), bundle.manifest().tiling(), settings.engine(), 1)) {
      scores = new ModelFitting(normals, settings, encoder).scoresWithoutFold(bundle.rules().fusion(), places);
    }
    double[] trusted = Arrays.copyOf(scores, heldOut.size());
    boolean[] doubtful = new boolean[presumed.size()];
    for (int i = 0; i < doubtful.length; i++) {
      doubtful[i] = doubtful(scores[heldOut.size() + i], trusted);
    }
    return doubtful;
  }

  /** By p = (1 + number at least as odd) / (n + 1), as in {@link io.kerf.density.Calibration}. */
  static boolean doubtful(double score, double[] trusted) {
    double least = 1 / (trusted.length + 1.0);
    double pValue = (1 + Arrays.stream(trusted).filter(other -> other >= score).count()) * least;
    return pValue < LEAST_P_VALUE || pValue == least;
  }
}
