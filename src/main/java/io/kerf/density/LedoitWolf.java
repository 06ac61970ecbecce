package io.kerf.density;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.NormOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Ledoit–Wolf covariance Σ = (1−a)·S + a·m·I of n rows in p dimensions, by its eigen-decomposition. S is the sample covariance
 * (divided by n), m = tr S / p, and a the shrinkage that minimises the expected squared Frobenius error:
 * a = min(b, d)/d with d = (‖S‖² − p·m²)/p and b = (Σᵢ‖zᵢ‖⁴/n − ‖S‖²)/(p·n), zᵢ the centred rows.
 *
 * <p>Source: Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariance matrices", Journal of Multivariate
 * Analysis 88 (2004), section 3.2; equal to {@code sklearn.covariance.LedoitWolf}. One deviation: where the formula gives no
 * shrinkage although S is singular (two rows always: their deviations are equal and opposite, so it sees no sampling noise), a = 1/n.
 *
 * <p>Only the directions the rows span have an axis of their own (n−1 at most); every other direction has the variance a·m, so that
 * nothing is lost and n ≪ p costs an n×n decomposition.
 *
 * @param mean {@code [p]}
 * @param shrinkage a, in [0, 1]
 * @param axes orthonormal eigenvectors {@code [k][p]}, by falling variance
 * @param variances eigenvalues of Σ along {@code axes}, {@code [k]}, each at least {@code residualVariance}
 * @param residualVariance eigenvalue of Σ in every other direction; &gt; 0
 * @param hasSpread whether the rows differ by more than {@code float32} rounding
 */
record LedoitWolf(double[] mean, double shrinkage, double[][] axes, double[] variances, double residualVariance, boolean hasSpread) {

  /** An eigenvalue of S below this share of the largest is rounding, not spread. */
  private static final double RANK_TOLERANCE = 1e-11;

  /** Relative precision of {@code float32} embeddings, with room for the sums they come from. */
  private static final double EMBEDDING_PRECISION = 1e-6;

  /** Fits the covariance of at least two rows. No variance is below what {@code float32} rounding of the rows alone would show. */
  static LedoitWolf of(float[][] rows) {
    int n = rows.length;
    int p = rows[0].length;
    double[] mean = mean(rows);
    DMatrixRMaj centred = centred(rows, mean);
    boolean fewerRows = n <= p;
    DMatrixRMaj scatter = scatter(centred, fewerRows);
    double meanVariance = CommonOps_DDRM.trace(scatter) / p;
    double shrinkage = shrinkage(centred, scatter, meanVariance);
    double floor = floor(rows);

    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(scatter.numRows, true, true);
    if (!eigen.decompose(scatter)) {
      throw new ArithmeticException("the covariance of " + n + " embeddings has no eigen-decomposition");
    }
    int[] order = spannedDirections(eigen);
    double[][] axes = new double[order.length][];
    double[] variances = new double[order.length];
    double residualVariance = Math.max(shrinkage * meanVariance, floor);
    for (int k = 0; k < order.length; k++) {
      DMatrixRMaj vector = eigen.getEigenVector(order[k]);
      axes[k] = fewerRows ? acrossColumns(centred, vector) : vector.data.clone();
      variances[k] = Math.max((1 - shrinkage) * eigen.getEigenvalue(order[k]).getReal() + shrinkage * meanVariance, residualVariance);
    }
    return new LedoitWolf(mean, shrinkage, axes, variances, residualVariance, variances.length > 0 && variances[0] > floor);
  }

  private static double[] mean(float[][] rows) {
    double[] mean = new double[rows[0].length];
    for (float[] row : rows) {
      for (int c = 0; c < mean.length; c++) {
        mean[c] += row[c];
      }
    }
    for (int c = 0; c < mean.length; c++) {
      mean[c] /= rows.length;
    }
    return mean;
  }

  private static DMatrixRMaj centred(float[][] rows, double[] mean) {
    DMatrixRMaj centred = new DMatrixRMaj(rows.length, mean.length);
    for (int i = 0, at = 0; i < rows.length; i++) {
      for (int c = 0; c < mean.length; c++) {
        centred.data[at++] = rows[i][c] - mean[c];
      }
    }
    return centred;
  }

  /** Z·Zᵀ/n where there are fewer rows than columns, else Zᵀ·Z/n: the same eigenvalues, trace and norm. */
  private static DMatrixRMaj scatter(DMatrixRMaj centred, boolean acrossRows) {
    DMatrixRMaj scatter = new DMatrixRMaj(1, 1);
    if (acrossRows) {
      CommonOps_DDRM.multOuter(centred, scatter);
    } else {
      CommonOps_DDRM.multInner(centred, scatter);
    }
    CommonOps_DDRM.scale(1.0 / centred.numRows, scatter);
    return scatter;
  }

  private static double shrinkage(DMatrixRMaj centred, DMatrixRMaj scatter, double meanVariance) {
    int n = centred.numRows;
    int p = centred.numCols;
    double fourthMoment = 0;
    for (int i = 0; i < n; i++) {
      double squaredNorm = 0;
      for (int c = 0; c < p; c++) {
        double z = centred.data[i * p + c];
        squaredNorm += z * z;
      }
      fourthMoment += squaredNorm * squaredNorm;
    }
    double norm = NormOps_DDRM.normF(scatter);
    double squaredNorm = norm * norm;
    double distance = (squaredNorm - p * meanVariance * meanVariance) / p;
    double noise = Math.min((fourthMoment / n - squaredNorm) / p / n, distance);
    double shrinkage = distance > 0 && noise > 0 ? noise / distance : 0;
    return shrinkage < RANK_TOLERANCE && n <= p ? 1.0 / n : shrinkage;
  }

  private static double floor(float[][] rows) {
    double squares = 0;
    for (float[] row : rows) {
      for (float f : row) {
        squares += (double) f * f;
      }
    }
    return floor(squares / rows.length / rows[0].length);
  }

  /** The variance that {@code float32} rounding alone shows in numbers of this mean square. */
  static double floor(double meanSquare) {
    return Math.max(EMBEDDING_PRECISION * EMBEDDING_PRECISION * meanSquare, Float.MIN_NORMAL);
  }

  /** Indices of the eigenvalues above zero, by falling eigenvalue. */
  private static int[] spannedDirections(EigenDecomposition_F64<DMatrixRMaj> eigen) {
    double largest = 0;
    for (int k = 0; k < eigen.getNumberOfEigenvalues(); k++) {
      largest = Math.max(largest, eigen.getEigenvalue(k).getReal());
    }
    double cut = largest * RANK_TOLERANCE;
    return IntStream.range(0, eigen.getNumberOfEigenvalues())
        .filter(k -> eigen.getEigenvalue(k).getReal() > cut)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -eigen.getEigenvalue(k).getReal()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** From an eigenvector u of Z·Zᵀ to the one of Zᵀ·Z with the same eigenvalue: Zᵀu, at unit length. */
  private static double[] acrossColumns(DMatrixRMaj centred, DMatrixRMaj vector) {
    DMatrixRMaj axis = new DMatrixRMaj(centred.numCols, 1);
    CommonOps_DDRM.multTransA(centred, vector, axis);
    CommonOps_DDRM.scale(1 / NormOps_DDRM.normF(axis), axis);
    return axis.data;
  }
}
