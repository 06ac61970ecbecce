package io.kerf.density;

/**
 * Numbers that Java and numpy make alike: {@code (sin(0.7·i·(c+1)+c)·(1+c)+2c)} and the probe {@code 1.5·cos(1.1·c)+2c}, computed in
 * double and rounded to float32. The expected figures in these tests were computed from them with numpy 1.24, scipy 1.10 and
 * scikit-learn 1.2.1.
 */
final class Waves {
  private Waves() {}

  static float[][] rows(int n, int p) {
    float[][] rows = new float[n][p];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < p; c++) {
        rows[i][c] = (float) (Math.sin(0.7 * i * (c + 1) + c) * (1 + c) + 2 * c);
      }
    }
    return rows;
  }

  static float[] probe(int p) {
    float[] probe = new float[p];
    for (int c = 0; c < p; c++) {
      probe[c] = (float) (1.5 * Math.cos(1.1 * c) + 2 * c);
    }
    return probe;
  }
}
