package io.kerf.density;

/**
 * How rare a score is among good parts.
 *
 * @param value share of good parts at least as odd, in (0, 1]
 * @param extrapolated whether it comes from a fitted tail, not from counted parts
 */
public record PValue(double value, boolean extrapolated) {
  public PValue {
    if (!(value > 0 && value <= 1)) {
      throw new IllegalArgumentException("a p-value lies in (0, 1], not at " + value);
    }
  }

  /** "1 in N good parts looks like this"; finite, at least 1. */
  public double oneIn() {
    return 1 / value;
  }
}
