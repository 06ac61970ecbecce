package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What makes a score a verdict: the scores of good parts that neither encoder nor density has learnt from, and the share of good parts
 * that may be rejected.
 *
 * <p>Split conformal (Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World", 2005, chapter 4): with n held-out scores,
 * p(s) = (1 + #{sᵢ ≥ s})/(n+1). A part is rejected where p ≤ α, which rejects a share of at most α of good parts that are exchangeable
 * with the held-out ones. It says nothing about missed defects. The smallest p that n parts show is 1/(n+1), so a tighter α is
 * refused, loosened by {@link TailPolicy#LOOSEN} to that, or, by {@link TailPolicy#EXTRAPOLATE}, continued above the largest held-out score u* by a {@link ParetoTail} of k
 * exceedances: p(s) = min(1/(n+1), (k+1)/(n+1)·P(S &gt; s | S &gt; start)), no smaller than 1/({@value #EXTRAPOLATION_LIMIT}(n+1)). Up to
 * u*, p is always counted. p never rises with the score.
 *
 * <p>Written as {@code calibration.json} by a Jackson mapper that knows {@code Optional} and read back equal.
 *
 * @param heldOutScores rising, at least one
 * @param falseRejectBudget α, in (0, 1)
 * @param tailPolicy what to do with a budget tighter than the held-out parts can show
 * @param tail the fitted tail; present only under {@link TailPolicy#EXTRAPOLATE}
 * @param threshold the score above which a part is rejected: {@code score > threshold} exactly where p(score) ≤ α
 */
public record Calibration(List<Double> heldOutScores, double falseRejectBudget, TailPolicy tailPolicy, Optional<ParetoTail> tail,
    double threshold) {

  /** How many times rarer than the held-out parts can show an extrapolated p-value may be. Beyond, the tail is a guess. */
  public static final int EXTRAPOLATION_LIMIT = 100;

  /** @throws IllegalArgumentException where a component is out of range or the threshold does not follow from the others */
  public Calibration {
    Objects.requireNonNull(tailPolicy);
    Objects.requireNonNull(tail);
    heldOutScores = List.copyOf(heldOutScores);
    requireRising(heldOutScores);
    requireBudget(falseRejectBudget);
    if (tail.isPresent() && tailPolicy != TailPolicy.EXTRAPOLATE) {
      throw new IllegalArgumentException("a tail needs the policy EXTRAPOLATE");
    }
    double due = new Evidence(heldOutScores, tail).threshold(falseRejectBudget);
    if (due != threshold) {
      throw new IllegalArgumentException("the threshold is " + threshold + " where the held-out scores and the budget give " + due);
    }
  }

  /**
   * Calibrates.
   *
   * @param scores of held-out good parts, in any order
   * @param falseRejectBudget α, in (0, 1)
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} without scores, {@link Fault#BUDGET_TOO_TIGHT} where the scores cannot show α
   *     under this policy
   * @throws IllegalArgumentException where a number is out of range
   */
  public static Calibration of(double[] scores, double falseRejectBudget, TailPolicy tailPolicy) {
    requireBudget(falseRejectBudget);
    if (scores.length == 0) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "No good parts were held out, so no threshold can be set. Add good parts.");
    }
    List<Double> rising = Arrays.stream(scores).sorted().boxed().toList();
    requireRising(rising);
    Optional<ParetoTail> tail = switch (tailPolicy) {
      case REFUSE, LOOSEN -> Optional.empty();
      case EXTRAPOLATE -> ParetoTail.of(rising);
    };
    Evidence evidence = new Evidence(rising, tail);
    double budget = tailPolicy == TailPolicy.LOOSEN ? Math.max(falseRejectBudget, evidence.smallestPValue()) : falseRejectBudget;
    if (evidence.smallestPValue() > budget) {
      throw tooTight(rising.size(), budget, tailPolicy, evidence);
    }
    return new Calibration(rising, budget, tailPolicy, tail, evidence.threshold(budget));
  }

  /** The same held-out parts under another budget. @throws FaultException as {@link #of} */
  public Calibration withBudget(double budget, TailPolicy policy) {
    return of(heldOutScores.stream().mapToDouble(Double::doubleValue).toArray(), budget, policy);
  }

  /**
   * Says before any work is done whether so many held-out parts can show a budget.
   *
   * @throws FaultException {@link Fault#BUDGET_TOO_TIGHT} where they cannot, whatever their scores will be
   */
  public static void requireEnough(int heldOut, double falseRejectBudget, TailPolicy tailPolicy) {
    boolean counted = heldOut >= fewestHeldOut(falseRejectBudget);
    boolean extrapolated = tailPolicy == TailPolicy.EXTRAPOLATE && heldOut >= ParetoTail.FEWEST_SCORES;
    if (!counted && !extrapolated && tailPolicy != TailPolicy.LOOSEN) {
      throw tooTight(heldOut, falseRejectBudget, tailPolicy, new Evidence(List.of(), Optional.empty()));
    }
  }

  /** The fewest held-out parts that show a budget by counting: the smallest n with 1/(n+1) ≤ α. */
  public static int fewestHeldOut(double falseRejectBudget) {
    requireBudget(falseRejectBudget);
    int n = (int) Math.min(Integer.MAX_VALUE - 2, Math.max(1, Math.floor(1 / falseRejectBudget) - 2));
    while (1.0 / (n + 1) > falseRejectBudget && n < Integer.MAX_VALUE - 1) {
      n++;
    }
    return n;
  }

  /** How rare this score is among good parts. @throws IllegalArgumentException for NaN */
  public PValue pValue(double score) {
    return new Evidence(heldOutScores, tail).pValue(score);
  }

  /** Whether a part with this score is rejected. @throws IllegalArgumentException for NaN, which no comparison would reject */
  public boolean rejects(double score) {
    Evidence.requireNumber(score);
    return score > threshold;
  }

  private static void requireBudget(double budget) {
    if (!(budget > 0 && budget < 1)) {
      throw new IllegalArgumentException("the false-reject budget is a share between 0 and 1, not " + budget);
    }
  }

  private static void requireRising(List<Double> scores) {
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("there are no held-out scores");
    }
    double previous = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      if (!Double.isFinite(score) || score < previous) {
        throw new IllegalArgumentException("held-out scores must be finite and rising; " + score + " follows " + previous);
      }
      previous = score;
    }
  }

  private static FaultException tooTight(int n, double budget, TailPolicy policy, Evidence evidence) {
    int needed = fewestHeldOut(budget);
    String counted = String.format(Locale.ROOT, "A false-reject budget of %s needs %d held-out good parts; there are %d, which show %s at the"
        + " tightest", percent(budget), needed, n, percent(1.0 / (n + 1)));
    String extrapolated = switch (policy) {
      case REFUSE, LOOSEN -> "ask for the extrapolated tail by name (EXTRAPOLATE; it takes " + ParetoTail.FEWEST_SCORES + " held-out parts or more)";
      case EXTRAPOLATE -> evidence.tail().isPresent()
          ? "stay within what the extrapolated tail may claim (" + percent(evidence.smallestPValue()) + ")"
          : "hold out enough different parts (" + ParetoTail.FEWEST_SCORES + " or more) for a tail to extrapolate";
    };
    return new FaultException(Fault.BUDGET_TOO_TIGHT, counted + ". Add good parts (" + 2L * needed + " in all are enough), or allow a larger"
        + " budget, or " + extrapolated + ".");
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3g %%", 100 * share);
  }
}
