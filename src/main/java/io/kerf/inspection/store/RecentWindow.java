package io.kerf.inspection.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Knows which parts are no longer recent, by a clock that nobody sets: it notes the newest part now and then. What was recorded before the start counts
 * from the start on. A part counts as recent up to {@code 1/}{@value #MARKS} of the time longer. Not safe for several threads.
 */
final class RecentWindow {
  private static final int MARKS = 128;

  private final LongSupplier nanos;
  private final Deque<Mark> marks = new ArrayDeque<>();

  private record Mark(long nanos, String id) {}

  /** @param nanos rising, whatever the wall clock does */
  RecentWindow(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Notes the newest part.
   *
   * @param recent how long a part is recent
   * @return the newest part that is not recent any more; empty where none is known to be
   */
  Optional<String> passed(Duration recent, String newest) {
    long now = nanos.getAsLong();
    if (marks.isEmpty() || now - marks.getLast().nanos >= recent.toNanos() / MARKS) {
      marks.addLast(new Mark(now, newest));
    }
    Optional<String> passed = Optional.empty();
    while (!marks.isEmpty() && now - marks.getFirst().nanos >= recent.toNanos()) {
      passed = Optional.of(marks.removeFirst().id);
    }
    return passed;
  }
}
