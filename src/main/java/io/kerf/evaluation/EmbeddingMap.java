package io.kerf.evaluation;

import de.javagl.tsne.Tsne;
import io.kerf.evaluation.ReportMaterial.Embeddings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Lays embeddings out in the plane so that neighbours stay neighbours: principal components, then t-SNE (L. van der Maaten,
 * "Accelerating t-SNE using Tree-Based Algorithms", JMLR 2014). The same embeddings and seed give the same map.
 */
final class EmbeddingMap {
  static final int MAX_POINTS = 1_000;
  static final int MAX_COMPONENTS = 50;

  private static final int MIN_POINTS = 8;
  private static final double PERPLEXITY = 30;
  private static final double SET_APART = 1e-6;

  /**
   * @param group index into the groups given
   * @param x in [0, 1]
   * @param y in [0, 1]
   */
  record Point(int group, double x, double y) {}

  private EmbeddingMap() {}

  /**
   * @return one point for each embedding, or for {@value #MAX_POINTS} chosen so that small groups keep all of theirs; none where there
   *     are fewer than {@value #MIN_POINTS} or all are the same
   */
  static List<Point> of(List<Embeddings> groups, long seed) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> groupOf = new ArrayList<>();
    int[] quotas = quotas(groups);
    for (int g = 0; g < groups.size(); g++) {
      for (float[] row : sample(groups.get(g).rows(), quotas[g], seed + g)) {
        rows.add(row);
        groupOf.add(g);
      }
    }
    if (rows.size() < MIN_POINTS) {
      return List.of();
    }
    double[][] scores = principalComponents(rows);
    return setApart(scores, seed) ? placed(layOut(scores, seed), groupOf) : List.of();
  }

  /** Fills from the smallest group up, so that what a small group leaves goes to the larger ones. */
  private static int[] quotas(List<Embeddings> groups) {
    int[] quotas = new int[groups.size()];
    List<Integer> bySize = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      bySize.add(g);
    }
    bySize.sort((a, b) -> Integer.compare(groups.get(a).rows().length, groups.get(b).rows().length));
    int left = MAX_POINTS;
    for (int i = 0; i < bySize.size(); i++) {
      int g = bySize.get(i);
      quotas[g] = Math.min(groups.get(g).rows().length, left / (bySize.size() - i));
      left -= quotas[g];
    }
    return quotas;
  }

  private static List<float[]> sample(float[][] rows, int count, long seed) {
    List<float[]> shuffled = new ArrayList<>(List.of(rows));
    Collections.shuffle(shuffled, new Random(seed));
    return shuffled.subList(0, count);
  }

  /** Scores on the leading eigenvectors of the covariance, {@code [N, ≤ 50]}. */
  private static double[][] principalComponents(List<float[]> rows) {
    int n = rows.size();
    int d = rows.get(0).length;
    DMatrixRMaj centred = centred(rows, n, d);
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multInner(centred, covariance);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    if (!eigen.decompose(covariance)) {
      throw new IllegalArgumentException("embeddings that are not finite cannot be mapped");
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < d; i++) {
      order.add(i);
    }
    order.sort((a, b) -> Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
    int kept = Math.min(d, MAX_COMPONENTS);
    double[][] scores = new double[n][kept];
    DMatrixRMaj score = new DMatrixRMaj(n, 1);
    for (int c = 0; c < kept; c++) {
      CommonOps_DDRM.mult(centred, eigen.getEigenVector(order.get(c)), score);
      for (int i = 0; i < n; i++) {
        scores[i][c] = score.get(i);
      }
    }
    return scores;
  }

  private static DMatrixRMaj centred(List<float[]> rows, int n, int d) {
    DMatrixRMaj centred = new DMatrixRMaj(n, d);
    for (int c = 0; c < d; c++) {
      double mean = 0;
      for (float[] row : rows) {
        mean += row[c] / n;
      }
      for (int i = 0; i < n; i++) {
        centred.set(i, c, rows.get(i)[c] - mean);
      }
    }
    return centred;
  }

  /** Moves equal embeddings apart by a millionth of the spread, since the neighbour search of t-SNE fails on them; false without spread. */
  private static boolean setApart(double[][] scores, long seed) {
    double spread = 0;
    for (double[] score : scores) {
      spread = Math.max(spread, Math.abs(score[0]));
    }
    Random random = new Random(seed);
    for (double[] score : scores) {
      for (int c = 0; c < score.length; c++) {
        score[c] += SET_APART * spread * random.nextGaussian();
      }
    }
    return spread > 0;
  }

  private static double[][] layOut(double[][] scores, long seed) {
    Tsne tsne = new Tsne();
    tsne.setInitialDims(0); // its own principal components need a library that is left out
    tsne.setPerplexity(Math.min(PERPLEXITY, (scores.length - 1) / 3.0));
    tsne.setRandomSeed(seed);
    tsne.setMessageConsumer(message -> {}); // without one it prints
    return tsne.run(scores);
  }

  private static List<Point> placed(double[][] layout, List<Integer> groupOf) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE};
    for (double[] at : layout) {
      for (int c = 0; c < 2; c++) {
        low[c] = Math.min(low[c], at[c]);
        high[c] = Math.max(high[c], at[c]);
      }
    }
    double extent = Math.max(Double.MIN_NORMAL, Math.max(high[0] - low[0], high[1] - low[1]));
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < layout.length; i++) {
      double x = 0.5 + (layout[i][0] - (low[0] + high[0]) / 2) / extent;
      double y = 0.5 + (layout[i][1] - (low[1] + high[1]) / 2) / extent;
      if (Double.isFinite(x) && Double.isFinite(y)) {
        points.add(new Point(groupOf.get(i), x, y));
      }
    }
    return List.copyOf(points);
  }
}
