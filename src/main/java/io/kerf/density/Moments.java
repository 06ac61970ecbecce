package io.kerf.density;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

/**
 * Number, sum and scatter of a group of rows about one centre: n, Σz and Σzzᵀ with z = x − centre. Groups about the same centre are
 * joined by adding and parted by subtracting; with a centre among the rows, subtracting loses no more than rounding.
 *
 * @param centre {@code [p]}
 * @param sum {@code [p]}
 * @param scatter {@code [p, p]}
 */
record Moments(double[] centre, int count, double[] sum, DMatrixRMaj scatter) {

  /** @param rows z {@code [n, p]}, already centred; may be empty */
  static Moments of(double[] centre, DMatrixRMaj rows) {
    double[] sum = new double[centre.length];
    DMatrixRMaj scatter = new DMatrixRMaj(centre.length, centre.length);
    if (rows.numRows > 0) {
      CommonOps_DDRM.multInner(rows, scatter);
      for (int i = 0, at = 0; i < rows.numRows; i++) {
        for (int c = 0; c < sum.length; c++) {
          sum[c] += rows.data[at++];
        }
      }
    }
    return new Moments(centre, rows.numRows, sum, scatter);
  }

  Moments plus(Moments other) {
    return combined(other, 1);
  }

  Moments minus(Moments other) {
    return combined(other, -1);
  }

  private Moments combined(Moments other, int sign) {
    double[] total = sum.clone();
    for (int c = 0; c < total.length; c++) {
      total[c] += sign * other.sum[c];
    }
    DMatrixRMaj joined = new DMatrixRMaj(scatter.numRows, scatter.numCols);
    CommonOps_DDRM.add(scatter, sign, other.scatter, joined);
    return new Moments(centre, count + sign * other.count, total, joined);
  }

  double[] mean() {
    double[] mean = centre.clone();
    for (int c = 0; c < mean.length; c++) {
      mean[c] += sum[c] / count;
    }
    return mean;
  }

  /** S = Σzzᵀ/n − (Σz/n)(Σz/n)ᵀ, {@code [p, p]}. */
  DMatrixRMaj covariance() {
    DMatrixRMaj covariance = new DMatrixRMaj(scatter.numRows, scatter.numCols);
    CommonOps_DDRM.scale(1.0 / count, scatter, covariance);
    DMatrixRMaj total = DMatrixRMaj.wrap(sum.length, 1, sum);
    VectorVectorMult_DDRM.addOuterProd(-1.0 / count / count, total, total, covariance);
    return covariance;
  }
}
