package io.kerf.station;

import io.kerf.density.CountDistribution;
import java.util.Locale;

/**
 * Whether more parts are stopped since a swap than the model before would have let expect. A pure function of what was counted.
 *
 * <p>With x of m parts stopped before, the count among the next n is BetaBinomial(n, x+1, m−x+1) distributed if nothing changed (the rate's
 * posterior under an even prior). A count that chance exceeds in one of {@value #ONE_IN} cases is too many. NG and UNJUDGED are looked at
 * each by itself, from the {@value #FEWEST_AFTER}th part on after every part: 191 looks twice with 200 watched, so a model that is as good is
 * sent back in less than one of 250 swaps.
 */
final class SwapTrial {
  /** With fewer parts before there is nothing to compare with. */
  static final int FEWEST_BEFORE = 50;
  static final int FEWEST_AFTER = 10;
  private static final int ONE_IN = 100_000;

  private SwapTrial() {}

  /** Parts judged with one model. */
  record Counts(int parts, int ng, int unjudged) {}

  sealed interface Finding {}

  /** Too few parts yet. */
  record Watching() implements Finding {}

  /** As many were stopped as had to be expected, or fewer; or nothing can be said. */
  record Kept() implements Finding {}

  /** @param reason for a person */
  record Worse(String reason) implements Finding {}

  /**
   * @param before with the model before
   * @param after with the present one
   * @param watched parts after which the present one has proved itself
   */
  static Finding of(Counts before, Counts after, int watched) {
    if (before.parts < FEWEST_BEFORE) {
      return new Kept();
    }
    if (after.parts >= FEWEST_AFTER) {
      if (tooMany(before.parts, before.ng, after.parts, after.ng)) {
        return new Worse(sentence("NG", before.ng, before.parts, after.ng, after.parts));
      }
      if (tooMany(before.parts, before.unjudged, after.parts, after.unjudged)) {
        return new Worse(sentence("UNJUDGED", before.unjudged, before.parts, after.unjudged, after.parts));
      }
    }
    return after.parts >= watched ? new Kept() : new Watching();
  }

  private static boolean tooMany(int parts, int stopped, int partsAfter, int stoppedAfter) {
    return stoppedAfter > CountDistribution.betaBinomial(partsAfter, stopped + 1, parts - stopped + 1).quantile(1 - 1.0 / ONE_IN);
  }

  private static String sentence(String verdict, int before, int parts, int after, int partsAfter) {
    return String.format(Locale.ROOT, "%d of %d parts %s since the swap, %d of %d before", after, partsAfter, verdict, before, parts);
  }
}
