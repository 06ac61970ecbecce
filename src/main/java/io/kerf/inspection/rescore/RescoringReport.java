package io.kerf.inspection.rescore;

import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far a rescoring is and what it has found so far.
 *
 * @param order what was asked for; its bundle is the whole digest
 * @param share of the parts that were looked at, 0 to 1
 * @param remainingSeconds as long as the rest takes at the pace so far; empty before the first part and after the end
 * @param first the part captured first whose verdict is another now: since when
 * @param transitions from which verdict to which, each with its first and last part; those that occurred
 * @param changes the first ones, by time of capture; empty where they were left out
 * @param notes what whoever reads this must know: what is cut, what could not be judged
 * @param problem why it failed
 */
public record RescoringReport(String id, RescoringOrder order, RescoringState state, Instant startedAt, Optional<Instant> endedAt, double share,
    Optional<Double> remainingSeconds, Counts counts, Optional<VerdictChange> first, Optional<VerdictChange> last, List<Transition> transitions,
    Optional<List<VerdictChange>> changes, List<String> notes, Optional<Reason> problem) {

  /**
   * Parts by what became of them.
   *
   * @param parts in the span when it began
   * @param lookedAt of them so far: the sum of what follows but {@code identical}
   * @param imageGone swept, or never kept
   * @param unreadable an image that was read once and cannot be now
   * @param unchanged the verdict is as on record
   * @param identical of the unchanged, those with score, p-value and threshold the same to the last digit, or the same reason
   * @param changed the verdict is another
   */
  public record Counts(long parts, long lookedAt, long imageGone, long unreadable, long unchanged, long identical, long changed) {}

  /** Parts that went from one verdict to another. */
  public record Transition(Verdict before, Verdict after, long count, VerdictChange first, VerdictChange last) {}

  /** The same without the list of changes. */
  public RescoringReport brief() {
    return new RescoringReport(id, order, state, startedAt, endedAt, share, remainingSeconds, counts, first, last, transitions, Optional.empty(), notes, problem);
  }
}
