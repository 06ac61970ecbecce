package io.kerf.density;

/**
 * The kernel bandwidth under which each normal is likeliest given the others: the h that maximises
 * mean over i of log( Σ_{j≠i} exp(−‖xᵢ−xⱼ‖²/2h²) ) − d·log h (Duin, "On the choice of smoothing parameters for Parzen estimators",
 * IEEE Transactions on Computers C-25 (1976)), by a grid in log h and a golden-section search between the best point's neighbours.
 *
 * <p>An image that is there twice is no evidence of density and would draw h to 0, so a normal's exact copies do not count for it.
 * Above {@link #PAIR_LIMIT} pairs the mean is over evenly spaced normals, each still against all others: 16 MB and about two seconds
 * at most.
 */
final class LeaveOneOut {
  static final double SMALLEST_BANDWIDTH = 0.05;
  static final double LARGEST_BANDWIDTH = 10;
  static final int PAIR_LIMIT = 4_000_000;

  private static final int GRID_POINTS = 41;
  private static final double LOG_TOLERANCE = 1e-4;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final double NEGLIGIBLE = 40;

  /** Squared distances per dimension below this are copies, in whitened units: far below any spread, far above rounding. */
  private static final double COPY = 1e-8;

  private final float[][] squaredDistances;
  private final float[] nearest;
  private final int dimensions;

  private LeaveOneOut(float[][] squaredDistances, float[] nearest, int dimensions) {
    this.squaredDistances = squaredDistances;
    this.nearest = nearest;
    this.dimensions = dimensions;
  }

  static LeaveOneOut of(WhitenedNormals normals) {
    int n = normals.count();
    int queries = Math.max(1, Math.min(n, PAIR_LIMIT / n));
    float[][] squaredDistances = new float[queries][];
    float[] nearest = new float[queries];
    for (int q = 0; q < queries; q++) {
      int i = (int) ((long) q * n / queries);
      float[] distances = normals.squaredDistances(normals.row(i));
      nearest[q] = Float.POSITIVE_INFINITY;
      for (int j = 0; j < n; j++) {
        if (j == i || distances[j] <= COPY * normals.dimensions()) {
          distances[j] = Float.POSITIVE_INFINITY;
        }
        nearest[q] = Math.min(nearest[q], distances[j]);
      }
      squaredDistances[q] = distances;
    }
    return new LeaveOneOut(squaredDistances, nearest, normals.dimensions());
  }

  double bestBandwidth() {
    double low = Math.log(SMALLEST_BANDWIDTH);
    double step = (Math.log(LARGEST_BANDWIDTH) - low) / (GRID_POINTS - 1);
    int best = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int g = 0; g < GRID_POINTS; g++) {
      double likelihood = logLikelihood(Math.exp(low + g * step));
      if (likelihood > highest) {
        highest = likelihood;
        best = g;
      }
    }
    double from = low + Math.max(0, best - 1) * step;
    double to = low + Math.min(GRID_POINTS - 1, best + 1) * step;
    return Math.exp(maximum(from, to));
  }

  /** The mean leave-one-out log likelihood at bandwidth {@code h}, up to a constant. */
  double logLikelihood(double h) {
    double scale = 1 / (2 * h * h);
    double total = 0;
    int counted = 0;
    for (int q = 0; q < squaredDistances.length; q++) {
      if (nearest[q] < Float.POSITIVE_INFINITY) {
        total += logSum(squaredDistances[q], nearest[q], scale);
        counted++;
      }
    }
    return counted == 0 ? 0 : total / counted - dimensions * Math.log(h);
  }

  private static double logSum(float[] distances, float nearest, double scale) {
    double reach = nearest + NEGLIGIBLE / scale;
    double sum = 0;
    for (float distance : distances) {
      if (distance <= reach) {
        sum += Math.exp((nearest - distance) * scale);
      }
    }
    return Math.log(sum) - nearest * scale;
  }

  private double maximum(double from, double to) {
    double low = from;
    double high = to;
    double left = high - GOLDEN * (high - low);
    double right = low + GOLDEN * (high - low);
    double atLeft = logLikelihood(Math.exp(left));
    double atRight = logLikelihood(Math.exp(right));
    while (high - low > LOG_TOLERANCE) {
      if (atLeft >= atRight) {
        high = right;
        right = left;
        atRight = atLeft;
        left = high - GOLDEN * (high - low);
        atLeft = logLikelihood(Math.exp(left));
      } else {
        low = left;
        left = right;
        atLeft = atRight;
        right = low + GOLDEN * (high - low);
        atRight = logLikelihood(Math.exp(right));
      }
    }
    return (low + high) / 2;
  }
}
