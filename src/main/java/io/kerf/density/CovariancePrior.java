package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * What a place's covariance is drawn to: Σ_p = (n·S_p + k·S̄)/(n+k) + r·I, where S_p is the sample covariance of n parts at p (divided
 * by n) and S̄ its mean over all places, which counts as much as k = {@value #WEIGHT} parts would: the form that the posterior under an
 * inverse Wishart prior has (Gelman et al., "Bayesian data analysis", 3rd edition, section 3.6). r = ε·tr(S̄)/C with ε = {@value #RIDGE}
 * is PaDiM's εI in units of the features; it is no smaller than what {@code float32} rounding shows.
 *
 * <p>One part, or parts that are all alike, have S̄ = 0. Then the spread of the mean features over the places stands in,
 * S̄ = I·(1/C)Σ_c var_p(µ_pc): places are ranked by their distance from the mean, on a scale too wide for a verdict.
 *
 * @param pooled S̄ {@code [C, C]}
 * @param ridge r
 */
record CovariancePrior(DMatrixRMaj pooled, double ridge) {
  static final int WEIGHT = 30;
  static final double RIDGE = 1e-4;

  /** Means and covariances at all places so far. Not safe for many threads. */
  static final class Totals {
    private final DMatrixRMaj covariances;
    private final double[] means;
    private double squaredMeans;
    private int places;

    Totals(int channels) {
      covariances = new DMatrixRMaj(channels, channels);
      means = new double[channels];
    }

    void add(Moments place) {
      CommonOps_DDRM.addEquals(covariances, place.covariance());
      double[] mean = place.mean();
      for (int c = 0; c < means.length; c++) {
        means[c] += mean[c];
        squaredMeans += mean[c] * mean[c];
      }
      places++;
    }

    void add(Totals others) {
      CommonOps_DDRM.addEquals(covariances, others.covariances);
      for (int c = 0; c < means.length; c++) {
        means[c] += others.means[c];
      }
      squaredMeans += others.squaredMeans;
      places += others.places;
    }

    private double meanSpread() {
      double spread = squaredMeans / places;
      for (double mean : means) {
        spread -= mean / places * (mean / places);
      }
      return spread / means.length;
    }

    /** @throws FaultException {@link Fault#TOO_FEW_NORMALS} where neither parts nor places differ */
    CovariancePrior prior() {
      DMatrixRMaj pooled = covariances.copy();
      CommonOps_DDRM.divide(pooled, places);
      double variance = CommonOps_DDRM.trace(pooled) / means.length;
      double floor = LedoitWolf.floor(squaredMeans / places / means.length + variance);
      if (variance <= floor) {
        variance = meanSpread();
        CommonOps_DDRM.setIdentity(pooled);
        CommonOps_DDRM.scale(variance, pooled);
      }
      if (variance <= floor) {
        throw new FaultException(Fault.TOO_FEW_NORMALS, "The encoder sees no difference between the good parts nor between the places on them, so"
            + " what is normal cannot be learnt. Check that the images differ, and add more.");
      }
      return new CovariancePrior(pooled, Math.max(RIDGE * variance, floor));
    }
  }

  /** Σ_p {@code [C, C]}, positive definite. */
  DMatrixRMaj posterior(Moments place) {
    double total = place.count() + WEIGHT;
    DMatrixRMaj posterior = new DMatrixRMaj(pooled.numRows, pooled.numCols);
    CommonOps_DDRM.add(place.count() / total, place.covariance(), WEIGHT / total, pooled, posterior);
    for (int c = 0; c < posterior.numRows; c++) {
      posterior.add(c, c, ridge);
    }
    return posterior;
  }
}
