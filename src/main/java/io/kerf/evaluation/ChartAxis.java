package io.kerf.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One axis of an {@link SvgChart}.
 *
 * @param low value at the left or bottom
 * @param high value at the right or top, above {@code low}
 * @param ticks values that get a grid line and a label
 * @param label text of a tick
 */
record ChartAxis(String title, double low, double high, List<Double> ticks, DoubleFunction<String> label) {
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  ChartAxis {
    if (!(high > low)) {
      throw new IllegalArgumentException("an axis from " + low + " to " + high);
    }
  }

  /** From 0 to 1, labelled in percent. */
  static ChartAxis share(String title) {
    return new ChartAxis(title, 0, 1, List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0), value -> Figures.format("%.0f %%", value * 100));
  }

  /** About {@code count} ticks at round values; a range of nothing is widened to one that can be drawn. */
  static ChartAxis linear(String title, double low, double high, int count) {
    double to = high > low ? high : low + Math.max(1, Math.abs(low) * 0.1);
    double step = step((to - low) / count);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= to + step * 1e-9; i++) {
      ticks.add(i * step);
    }
    int decimals = (int) Math.max(0, Math.ceil(-Math.log10(step) - 1e-9 + (isQuarter(step) ? 1 : 0)));
    return new ChartAxis(title, low, to, ticks, value -> Figures.format("%,." + decimals + "f", value + 0.0));
  }

  /** No grid and no labels: only distances mean something. */
  static ChartAxis bare(double low, double high) {
    return new ChartAxis("", low, high, List.of(), value -> "");
  }

  /** The same axis with other labels. */
  ChartAxis labelled(DoubleFunction<String> other) {
    return new ChartAxis(title, low, high, ticks, other);
  }

  private static double step(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    for (double step : STEPS) {
      if (rough <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  private static boolean isQuarter(double step) {
    double mantissa = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
    return Math.abs(mantissa - 2.5) < 1e-6;
  }
}
