package io.kerf.density;

import java.util.Arrays;

/**
 * The normals in the d leading whitened dimensions, laid out by dimension so that distances to all of them are computed side by side
 * (no scalar sum, which the compiler would not vectorise). {@code d·n} multiply-adds per embedding.
 */
final class WhitenedNormals {
  /** Normals per pass, so that their running distances stay in the first-level cache. */
  private static final int BLOCK = 2048;

  /** Dimensions per pass: four loads to one store. */
  private static final int STRIDE = 4;

  /** Kernels this far (in nats) below the nearest one's add nothing: n·e⁻⁴⁰ &lt; 1e-13 for ten thousand normals. */
  private static final double NEGLIGIBLE = 40;

  private final int count;
  private final int dimensions;
  private final float[][] byDimension;

  /** @param rows {@code [count, dimensions]}, copied */
  WhitenedNormals(float[] rows, int count, int dimensions) {
    this.count = count;
    this.dimensions = dimensions;
    // Padded with zero dimensions, which add nothing to a distance, to whole strides.
    byDimension = new float[(dimensions + STRIDE - 1) / STRIDE * STRIDE][count];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < dimensions; k++) {
        byDimension[k][i] = rows[i * dimensions + k];
      }
    }
  }

  /** The {@code dimensions} leading whitened coordinates of embeddings. */
  static WhitenedNormals of(WhitenedSpace space, float[][] embeddings, int dimensions) {
    float[] rows = new float[embeddings.length * dimensions];
    for (int i = 0; i < embeddings.length; i++) {
      System.arraycopy(space.place(embeddings[i]).whitened(), 0, rows, i * dimensions, dimensions);
    }
    return new WhitenedNormals(rows, embeddings.length, dimensions);
  }

  int count() {
    return count;
  }

  int dimensions() {
    return dimensions;
  }

  /** {@code [count, dimensions]}, a copy. */
  float[] rows() {
    float[] rows = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < dimensions; k++) {
        rows[i * dimensions + k] = byDimension[k][i];
      }
    }
    return rows;
  }

  float[] row(int i) {
    float[] row = new float[dimensions];
    for (int k = 0; k < dimensions; k++) {
      row[k] = byDimension[k][i];
    }
    return row;
  }

  /** ‖x−xᵢ‖² to every normal, x the leading coordinates of {@code whitened}. */
  float[] squaredDistances(float[] whitened) {
    float[] x = Arrays.copyOf(Arrays.copyOf(whitened, dimensions), byDimension.length);
    float[] distances = new float[count];
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(from + BLOCK, count);
      for (int k = 0; k < byDimension.length; k += STRIDE) {
        addSquares(distances, from, to, k, x);
      }
    }
    return distances;
  }

  private void addSquares(float[] distances, int from, int to, int k, float[] x) {
    float[] a = byDimension[k];
    float[] b = byDimension[k + 1];
    float[] c = byDimension[k + 2];
    float[] d = byDimension[k + 3];
    float xa = x[k];
    float xb = x[k + 1];
    float xc = x[k + 2];
    float xd = x[k + 3];
    for (int i = from; i < to; i++) {
      float da = xa - a[i];
      float db = xb - b[i];
      float dc = xc - c[i];
      float dd = xd - d[i];
      distances[i] += (da * da + db * db) + (dc * dc + dd * dd);
    }
  }

  /** −log( (1/n)·Σᵢ exp(−‖x−xᵢ‖²/2h²) ), shifted by the nearest so that nothing overflows or vanishes. At least 0. */
  double negativeLogMeanKernel(float[] whitened, double bandwidth) {
    float[] distances = squaredDistances(whitened);
    float nearest = smallest(distances);
    double scale = 1 / (2 * bandwidth * bandwidth);
    double reach = nearest + NEGLIGIBLE / scale;
    double sum = 0;
    for (float distance : distances) {
      if (distance <= reach) {
        sum += Math.exp((nearest - distance) * scale);
      }
    }
    return Math.max(0, nearest * scale - Math.log(sum / count));
  }

  /** Σᵢ wᵢxᵢ with w the softmax of −‖x−xᵢ‖²/2h², {@code [dimensions]}. */
  double[] weightedMean(float[] whitened, double bandwidth) {
    float[] distances = squaredDistances(whitened);
    float nearest = smallest(distances);
    double scale = 1 / (2 * bandwidth * bandwidth);
    double reach = nearest + NEGLIGIBLE / scale;
    int[] near = new int[count];
    double[] weights = new double[count];
    int found = 0;
    double sum = 0;
    for (int i = 0; i < count; i++) {
      if (distances[i] <= reach) {
        near[found] = i;
        weights[found] = Math.exp((nearest - distances[i]) * scale);
        sum += weights[found++];
      }
    }
    double[] mean = new double[dimensions];
    for (int k = 0; k < dimensions; k++) {
      float[] coordinates = byDimension[k];
      double total = 0;
      for (int j = 0; j < found; j++) {
        total += weights[j] * coordinates[near[j]];
      }
      mean[k] = total / sum;
    }
    return mean;
  }

  private static float smallest(float[] distances) {
    float smallest = Float.POSITIVE_INFINITY;
    for (float distance : distances) {
      smallest = Math.min(smallest, distance);
    }
    return smallest;
  }
}
