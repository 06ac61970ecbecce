package io.kerf.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * A figure over several runs.
 *
 * @param deviation standard deviation of a sample, √(Σ(x − mean)²/(n−1)); empty for one run
 * @param runs n, those without the figure left out
 */
public record Spread(double mean, OptionalDouble deviation, int runs) {
  /** Empty without a figure. */
  static Optional<Spread> of(DoubleStream figures) {
    double[] values = figures.toArray();
    if (values.length == 0) {
      return Optional.empty();
    }
    double mean = DoubleStream.of(values).sum() / values.length;
    double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
    return Optional.of(new Spread(mean, values.length == 1 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares / (values.length - 1))), values.length));
  }

  /** {@code 0.983 ± 0.004}. */
  String words(int decimals) {
    String pattern = "%." + decimals + "f";
    return Figures.format(pattern, mean) + (deviation.isPresent() ? " ± " + Figures.format(pattern, deviation.getAsDouble()) : "");
  }
}
