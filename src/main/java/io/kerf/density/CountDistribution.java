package io.kerf.density;

/**
 * How probable each count out of {@code n} parts is. Probabilities are exact to rounding: log factorials are summed, not
 * approximated.
 */
public final class CountDistribution {
  private final double[] cumulative;

  private CountDistribution(double[] probabilities) {
    this.cumulative = probabilities;
    double sum = 0;
    for (int k = 0; k < probabilities.length; k++) {
      sum += probabilities[k];
      cumulative[k] = Math.min(1, sum);
    }
  }

  /** P(k) = C(n,k) pᵏ (1−p)ⁿ⁻ᵏ. */
  public static CountDistribution binomial(int n, double p) {
    double[] logFactorial = logFactorials(n);
    double[] probabilities = new double[n + 1];
    for (int k = 0; k <= n; k++) {
      double chosen = logFactorial[n] - logFactorial[k] - logFactorial[n - k];
      probabilities[k] = Math.exp(chosen + times(k, Math.log(p)) + times(n - k, Math.log1p(-p)));
    }
    return new CountDistribution(probabilities);
  }

  /** P(k) = C(n,k) B(k+a, n−k+b) / B(a,b): binomial with p drawn from Beta(a, b), for whole a, b ≥ 1. */
  public static CountDistribution betaBinomial(int n, int a, int b) {
    double[] logFactorial = logFactorials(n + a + b);
    double normaliser = logBeta(logFactorial, a, b);
    double[] probabilities = new double[n + 1];
    for (int k = 0; k <= n; k++) {
      double chosen = logFactorial[n] - logFactorial[k] - logFactorial[n - k];
      probabilities[k] = Math.exp(chosen + logBeta(logFactorial, k + a, n - k + b) - normaliser);
    }
    return new CountDistribution(probabilities);
  }

  /** P(count ≤ k). */
  public double atMost(int k) {
    return k < 0 ? 0 : cumulative[Math.min(k, cumulative.length - 1)];
  }

  /** The smallest count k with P(count ≤ k) ≥ {@code share}. */
  public int quantile(double share) {
    int k = 0;
    while (k < cumulative.length - 1 && cumulative[k] < share) {
      k++;
    }
    return k;
  }

  private static double times(int count, double log) {
    return count == 0 ? 0 : count * log;
  }

  private static double logBeta(double[] logFactorial, int a, int b) {
    return logFactorial[a - 1] + logFactorial[b - 1] - logFactorial[a + b - 1];
  }

  private static double[] logFactorials(int n) {
    double[] logs = new double[n + 1];
    for (int i = 2; i <= n; i++) {
      logs[i] = logs[i - 1] + Math.log(i);
    }
    return logs;
  }
}
