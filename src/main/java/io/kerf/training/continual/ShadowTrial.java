package io.kerf.training.continual;

import io.kerf.density.CountDistribution;
import java.util.Locale;

/**
 * Whether a candidate that passed the gate does on the line what it did there: a pure function of what both models said of the same parts.
 *
 * <p>Of the parts on which only one of the two says anything but OK, as many must be the candidate's as the model's in use if they are alike; a
 * share of the candidate that chance exceeds in one of {@value #ONE_IN} cases is too large (the sign test, one-sided). And a candidate must not by
 * itself stop more parts than its false-reject budget gives. Nobody knows here which of them are good: more stops may be more defects found, which is
 * for a person to see.
 */
public final class ShadowTrial {
  private static final int ONE_IN = 10_000;

  private ShadowTrial() {}

  /**
   * Parts that both judged.
   *
   * @param onlyCandidateStops NG or UNJUDGED by the candidate, OK by the model in use
   * @param onlyActiveStops the other way round
   */
  public record Counts(int parts, int onlyCandidateStops, int onlyActiveStops) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(boolean activeStops, boolean candidateStops) {
      return new Counts(parts + 1, onlyCandidateStops + (candidateStops && !activeStops ? 1 : 0), onlyActiveStops + (activeStops && !candidateStops ? 1 : 0));
    }
  }

  public sealed interface Finding {}

  public record Watching() implements Finding {}

  /** @param sentence with the figures */
  public record Passed(String sentence) implements Finding {}

  /** It stops too much to be promoted unseen. @param sentence with the figures */
  public record Failed(String sentence) implements Finding {}

  /** @param wanted parts after which it has shown itself; with 0 it need not. @param falseRejectBudget α of the candidate */
  public static Finding of(Counts counts, int wanted, double falseRejectBudget) {
    int apart = counts.onlyCandidateStops + counts.onlyActiveStops;
    String sentence = String.format(Locale.ROOT, "Of %d parts that both judged the candidate alone stops %d, the model in use alone %d", counts.parts,
        counts.onlyCandidateStops, counts.onlyActiveStops);
    if (apart > 0 && counts.onlyCandidateStops > CountDistribution.binomial(apart, 0.5).quantile(1 - 1.0 / ONE_IN)) {
      return new Failed(sentence + ": more than chance gives.");
    }
    if (counts.onlyCandidateStops > CountDistribution.binomial(counts.parts, falseRejectBudget).quantile(1 - 1.0 / ONE_IN)) {
      return new Failed(sentence + ": more than its false-reject budget allows.");
    }
    return counts.parts >= wanted ? new Passed(sentence + ".") : new Watching();
  }
}
