package io.kerf.station.source.camera;

import io.kerf.station.line.Outcome;
import io.kerf.station.line.Trigger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** Triggers that wait for a frame, bounded. Safe for many threads. */
final class PendingTriggers {
  static final int MOST = 16;

  private final List<Pending> waiting = new ArrayList<>();

  /**
   * @param fromNanos a frame captured before does not show the part
   * @param untilNanos when patience ends
   */
  record Pending(Trigger trigger, long fromNanos, long untilNanos, CompletableFuture<Outcome> outcome) {}

  /** @return false where too many wait */
  synchronized boolean add(Pending pending) {
    return waiting.size() < MOST && waiting.add(pending);
  }

  /** Those whose part a frame shows, in order; they wait no more. One frame may show several: a part that bounces on its light barrier. */
  synchronized List<Pending> shownBy(long capturedNanos) {
    return remove(pending -> capturedNanos - pending.fromNanos >= 0);
  }

  /** Those whose patience has ended; they wait no more. */
  synchronized List<Pending> expired(long now) {
    return remove(pending -> now - pending.untilNanos >= 0);
  }

  synchronized List<Pending> all() {
    return remove(pending -> true);
  }

  private List<Pending> remove(Predicate<Pending> which) {
    List<Pending> removed = new ArrayList<>();
    for (Iterator<Pending> all = waiting.iterator(); all.hasNext();) {
      Pending pending = all.next();
      if (which.test(pending)) {
        all.remove();
        removed.add(pending);
      }
    }
    return removed;
  }
}
