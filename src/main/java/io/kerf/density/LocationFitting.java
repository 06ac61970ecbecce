package io.kerf.density;

import io.kerf.density.LocalDensityEstimator.CrossFitted;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Fits {@link LocationGaussians} to all parts and, without fitting anew, to all but those of each fold: at each place the
 * {@link Moments} of the folds are summed once, and a fold's model is what is left after subtracting its own. Twice over all places,
 * since the {@link CovariancePrior} must be known before the first covariance; each model has its own, so that nothing of a held-out
 * part is in the model that scores it. A fold costs a Cholesky factor per place, {@code C³/3} multiply-adds.
 *
 * <p>At most {@value #ALWAYS_LIMIT} of the parts in every model and {@value #HELD_OUT_LIMIT} of those in folds are learnt from (by share,
 * at least one of each fold): more cost time and hardly move a covariance of a few dozen channels.
 */
final class LocationFitting {
  static final int ALWAYS_LIMIT = 256;
  static final int HELD_OUT_LIMIT = 512;

  /** Places are summed in so many ranges whatever the number of threads, so that rounding does not depend on it. */
  private static final int RANGES = 8;

  private final float[][] features;
  private final FeatureExtent extent;
  private final int[][] learnt;
  private final float[][] means;
  private final float[][] whitenings;

  private LocationFitting(float[][] features, Folds folds, FeatureExtent extent, long seed) {
    this.features = features;
    this.extent = extent;
    int[] numbers = folds.numbers();
    Random random = new Random(seed);
    int heldOutCount = folds.heldOut().length;
    learnt = new int[numbers.length + 1][];
    learnt[0] = sampled(folds.members(Folds.IN_EVERY_MODEL), ALWAYS_LIMIT, random);
    for (int f = 1; f < learnt.length; f++) {
      int[] members = folds.members(numbers[f - 1]);
      int share = (int) ((long) HELD_OUT_LIMIT * members.length / heldOutCount);
      learnt[f] = heldOutCount <= HELD_OUT_LIMIT ? members : sampled(members, Math.max(1, share), random);
    }
    means = new float[learnt.length][extent.channels() * extent.places()];
    whitenings = new float[learnt.length][Math.toIntExact(LocationGaussians.packedSize(extent.channels()) * extent.places())];
  }

  static CrossFitted fit(float[][] features, Folds folds, FeatureExtent extent, long seed) {
    return new LocationFitting(features, folds, extent, seed).fit();
  }

  private static int[] sampled(int[] parts, int limit, Random random) {
    return parts.length <= limit ? parts : Arrays.stream(Sample.of(parts.length, limit, random)).map(i -> parts[i]).sorted().toArray();
  }

  private CrossFitted fit() {
    CovariancePrior[] priors = priors();
    IntStream.range(0, RANGES).parallel().forEach(range -> eachPlace(range, place -> learn(place, priors)));
    int all = Arrays.stream(learnt).mapToInt(parts -> parts.length).sum();
    List<LocalDensity> models = IntStream.range(0, learnt.length)
        .<LocalDensity>mapToObj(model -> new LocationGaussians(extent, means[model], whitenings[model], model == 0 ? all : all - learnt[model].length)).toList();
    return new CrossFitted(models.get(0), models.subList(1, models.size()));
  }

  private void eachPlace(int range, IntConsumer action) {
    int from = (int) ((long) range * extent.places() / RANGES);
    int to = (int) ((range + 1L) * extent.places() / RANGES);
    IntStream.range(from, to).forEach(action);
  }

  private CovariancePrior[] priors() {
    CovariancePrior.Totals[][] ranges = IntStream.range(0, RANGES).parallel().mapToObj(this::totals).toArray(CovariancePrior.Totals[][]::new);
    CovariancePrior[] priors = new CovariancePrior[learnt.length];
    for (int model = 0; model < priors.length; model++) {
      CovariancePrior.Totals all = new CovariancePrior.Totals(extent.channels());
      for (CovariancePrior.Totals[] range : ranges) {
        all.add(range[model]);
      }
      priors[model] = all.prior();
    }
    return priors;
  }

  private CovariancePrior.Totals[] totals(int range) {
    CovariancePrior.Totals[] totals = new CovariancePrior.Totals[learnt.length];
    Arrays.setAll(totals, model -> new CovariancePrior.Totals(extent.channels()));
    eachPlace(range, place -> {
      Moments[] models = models(place);
      for (int model = 0; model < models.length; model++) {
        totals[model].add(models[model]);
      }
    });
    return totals;
  }

  private void learn(int place, CovariancePrior[] priors) {
    Moments[] models = models(place);
    for (int model = 0; model < models.length; model++) {
      store(model, place, models[model].mean(), lowerFactor(priors[model].posterior(models[model])));
    }
  }

  /** All parts' moments at a place, then those of all parts but each fold's. */
  private Moments[] models(int place) {
    int centrePart = learnt[0].length > 0 ? learnt[0][0] : learnt[1][0];
    double[] centre = deviations(centrePart, place, new double[extent.channels()]);
    Moments[] groups = Arrays.stream(learnt).map(parts -> Moments.of(centre, centred(parts, place, centre))).toArray(Moments[]::new);
    Moments all = Arrays.stream(groups).reduce(Moments::plus).orElseThrow();
    Moments[] models = new Moments[groups.length];
    Arrays.setAll(models, model -> model == 0 ? all : all.minus(groups[model]));
    return models;
  }

  private DMatrixRMaj centred(int[] parts, int place, double[] centre) {
    DMatrixRMaj rows = new DMatrixRMaj(parts.length, centre.length);
    for (int i = 0; i < parts.length; i++) {
      System.arraycopy(deviations(parts[i], place, centre), 0, rows.data, i * centre.length, centre.length);
    }
    return rows;
  }

  private double[] deviations(int part, int place, double[] centre) {
    double[] deviations = new double[centre.length];
    for (int c = 0; c < deviations.length; c++) {
      deviations[c] = features[part][c * extent.places() + place] - centre[c];
    }
    return deviations;
  }

  private static DMatrixRMaj lowerFactor(DMatrixRMaj covariance) {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(covariance.numRows, true);
    if (!cholesky.decompose(covariance)) {
      throw new ArithmeticException("the covariance of " + covariance.numRows + " channels has no Cholesky factor");
    }
    return cholesky.getT(null);
  }

  private void store(int model, int place, double[] centre, DMatrixRMaj factor) {
    TriangularSolver_DDRM.invertLower(factor.data, centre.length);
    for (int c = 0, row = 0; c < centre.length; c++) {
      means[model][c * extent.places() + place] = (float) centre[c];
      for (int k = 0; k <= c; k++, row++) {
        whitenings[model][row * extent.places() + place] = (float) factor.data[c * centre.length + k];
      }
    }
  }
}
