package io.kerf.inspection.rescore;

import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.rescore.RescoringReport.Counts;
import io.kerf.inspection.rescore.RescoringReport.Transition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a rescoring has found so far. Filled oldest part first, by one thread; read by any. */
final class Findings {
  private final int maxChanges;
  private final List<VerdictChange> changes = new ArrayList<>();
  private final Transition[][] transitions = new Transition[Verdict.values().length][Verdict.values().length];
  private Counts counts;
  private Optional<VerdictChange> first = Optional.empty();
  private Optional<VerdictChange> last = Optional.empty();

  /** @param parts in the span. @param maxChanges listed at most; all are counted */
  Findings(long parts, int maxChanges) {
    this.counts = new Counts(parts, 0, 0, 0, 0, 0, 0);
    this.maxChanges = maxChanges;
  }

  /** As {@link RescoringReport} shows it. */
  record Seen(Counts counts, Optional<VerdictChange> first, Optional<VerdictChange> last, List<Transition> transitions, List<VerdictChange> changes) {}

  synchronized void imageGone() {
    counts = new Counts(counts.parts(), counts.lookedAt() + 1, counts.imageGone() + 1, counts.unreadable(), counts.unchanged(), counts.identical(), counts.changed());
  }

  synchronized void unreadable() {
    counts = new Counts(counts.parts(), counts.lookedAt() + 1, counts.imageGone(), counts.unreadable() + 1, counts.unchanged(), counts.identical(), counts.changed());
  }

  synchronized void judged(Inspection onRecord, Conclusion now) {
    boolean same = onRecord.verdict() == now.verdict();
    counts = new Counts(counts.parts(), counts.lookedAt() + 1, counts.imageGone(), counts.unreadable(), counts.unchanged() + (same ? 1 : 0),
        counts.identical() + (same && Conclusion.of(onRecord).isIdenticalTo(now) ? 1 : 0), counts.changed() + (same ? 0 : 1));
    if (!same) {
      changed(VerdictChange.of(onRecord, now));
    }
  }

  private void changed(VerdictChange change) {
    first = first.or(() -> Optional.of(change));
    last = Optional.of(change);
    Verdict before = change.before().verdict();
    Verdict after = change.after().verdict();
    Transition so = transitions[before.ordinal()][after.ordinal()];
    transitions[before.ordinal()][after.ordinal()] =
        so == null ? new Transition(before, after, 1, change, change) : new Transition(before, after, so.count() + 1, so.first(), change);
    if (changes.size() < maxChanges) {
      changes.add(change);
    }
  }

  synchronized Seen seen() {
    return new Seen(counts, first, last, Arrays.stream(transitions).flatMap(Arrays::stream).filter(Objects::nonNull).toList(), List.copyOf(changes));
  }
}
