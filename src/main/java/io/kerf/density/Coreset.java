package io.kerf.density;

import java.util.Arrays;

/**
 * The few normals that leave none far from all of them: greedy k-centre, which takes the normal farthest from those taken until there
 * are enough, and covers within twice the smallest possible radius (Sener and Savarese, "Active learning for convolutional neural
 * networks: a core-set approach", ICLR 2018, algorithm 1; as PatchCore does). {@code limit·count·dimensions} multiply-adds.
 */
final class Coreset {
  private Coreset() {}

  /** At most {@code limit} of the normals, the first of them first; fewer where the rest are copies of those taken. */
  static WhitenedNormals of(WhitenedNormals normals, int limit) {
    int dimensions = normals.dimensions();
    float[] rows = new float[Math.min(limit, normals.count()) * dimensions];
    float[] toNearest = new float[normals.count()];
    Arrays.fill(toNearest, Float.POSITIVE_INFINITY);
    int taken = 0;
    int next = 0;
    while (taken * dimensions < rows.length && toNearest[next] > 0) {
      float[] centre = normals.row(next);
      System.arraycopy(centre, 0, rows, taken++ * dimensions, dimensions);
      lower(toNearest, normals.squaredDistances(centre));
      next = farthest(toNearest);
    }
    return new WhitenedNormals(rows, taken, dimensions);
  }

  private static void lower(float[] toNearest, float[] distances) {
    for (int i = 0; i < toNearest.length; i++) {
      toNearest[i] = Math.min(toNearest[i], distances[i]);
    }
  }

  private static int farthest(float[] toNearest) {
    int farthest = 0;
    for (int i = 1; i < toNearest.length; i++) {
      farthest = toNearest[i] > toNearest[farthest] ? i : farthest;
    }
    return farthest;
  }
}
