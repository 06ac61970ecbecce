package io.kerf.density;

/** Area under the ROC curve: how surely a score tells defective parts from good ones. */
public final class RocArea {
  private RocArea() {}

  /** Share of (defective, good) pairs in which the defective one is odder, ties counting one half; NaN where there is no pair. */
  public static double of(double[] good, double[] defective) {
    double won = 0;
    for (double bad : defective) {
      for (double fine : good) {
        won += bad > fine ? 1 : bad == fine ? 0.5 : 0;
      }
    }
    return won / ((double) good.length * defective.length);
  }
}
