package io.kerf.cli;

import java.util.List;

/**
 * A straight line through measurements, by least squares.
 *
 * @param slope of y by x
 * @param halfWidth of the slope's 95 % interval (Student's t with n−2 degrees of freedom); infinite with fewer than three points
 */
record Trend(double slope, double halfWidth) {
  /** The normal distribution's 97.5 % quantile. */
  private static final double Z = 1.959964;

  /** One measurement. */
  record Point(double x, double y) {}

  static Trend of(List<Point> points) {
    int n = points.size();
    double meanX = points.stream().mapToDouble(Point::x).average().orElse(0);
    double meanY = points.stream().mapToDouble(Point::y).average().orElse(0);
    double xx = points.stream().mapToDouble(p -> (p.x - meanX) * (p.x - meanX)).sum();
    double xy = points.stream().mapToDouble(p -> (p.x - meanX) * (p.y - meanY)).sum();
    if (n < 3 || xx == 0) {
      return new Trend(0, Double.POSITIVE_INFINITY);
    }
    double slope = xy / xx;
    double squares = points.stream().mapToDouble(p -> p.y - meanY - slope * (p.x - meanX)).map(rest -> rest * rest).sum();
    return new Trend(slope, quantile(n - 2) * Math.sqrt(squares / (n - 2) / xx));
  }

  /** Whether the measurements could come from something that stays level. */
  boolean level() {
    return Math.abs(slope) <= halfWidth;
  }

  /** Student's t at 97.5 %, by the expansion of Abramowitz and Stegun, 26.7.5, to the third term: off by less than 1 % from four degrees of freedom on. */
  private static double quantile(int freedom) {
    double z3 = Z * Z * Z;
    double z5 = z3 * Z * Z;
    double z7 = z5 * Z * Z;
    double v = freedom;
    return Z + (z3 + Z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * Z) / (96 * v * v) + (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * v * v * v);
  }
}
