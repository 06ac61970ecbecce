package io.kerf.density;

import java.util.Arrays;
import java.util.List;

/**
 * How surprising the value of a place in a map is: −log₁₀ of the share of places of held-out good parts at least as high.
 *
 * <p>Kept as {@value #KNOTS} knots at falling shares, interpolated linearly; above the highest the last slope goes on, as an exponential tail
 * does, up to {@value #MOST}.
 *
 * @param values rising, one per knot
 * @param surprises rising, one per knot, the first 0
 */
public record SurpriseScale(List<Double> values, List<Double> surprises) {
  private static final int KNOTS = 16;
  /** Beyond a place in 10²⁰ numbers mean nothing. */
  private static final double MOST = 20;

  public SurpriseScale {
    values = List.copyOf(values);
    surprises = List.copyOf(surprises);
    if (values.size() != surprises.size() || values.size() < 2) {
      throw new IllegalArgumentException(values.size() + " values and " + surprises.size() + " surprises are no scale");
    }
  }

  /** @param places values of all places of held-out parts, in any order, at least one; finite; sorted afterwards */
  public static SurpriseScale of(float[] places) {
    Arrays.sort(places);
    int n = places.length;
    double deepest = Math.log10(n + 1.0);
    Double[] values = new Double[KNOTS];
    Double[] surprises = new Double[KNOTS];
    for (int k = 0; k < KNOTS; k++) {
      surprises[k] = deepest * k / (KNOTS - 1);
      int atLeast = (int) Math.max(1, Math.round((n + 1) * Math.pow(10, -surprises[k])));
      double value = places[Math.max(0, Math.min(n - 1, n - atLeast))];
      values[k] = k == 0 ? value : Math.max(value, Math.nextUp(values[k - 1]));
    }
    return new SurpriseScale(List.of(values), List.of(surprises));
  }

  /** Writes a map's values over with their surprise, in place. */
  public void apply(float[] map) {
    int last = values.size() - 1;
    double[] v = values.stream().mapToDouble(Double::doubleValue).toArray();
    double[] s = surprises.stream().mapToDouble(Double::doubleValue).toArray();
    double tailSlope = tailSlope(v, s);
    for (int i = 0; i < map.length; i++) {
      double value = map[i];
      if (value <= v[0]) {
        map[i] = 0;
      } else if (value >= v[last]) {
        map[i] = (float) Math.min(MOST, s[last] + (value - v[last]) * tailSlope);
      } else {
        int above = 1;
        while (v[above] < value) {
          above++;
        }
        map[i] = (float) (s[above - 1] + (value - v[above - 1]) / (v[above] - v[above - 1]) * (s[above] - s[above - 1]));
      }
    }
  }

  /** Over the upper half of the knots, so that one outlying place does not make it. */
  private static double tailSlope(double[] v, double[] s) {
    int last = v.length - 1;
    int from = last / 2;
    return (s[last] - s[from]) / Math.max(1e-9, v[last] - v[from]);
  }
}
