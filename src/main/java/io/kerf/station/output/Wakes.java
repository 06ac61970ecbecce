package io.kerf.station.output;

import java.time.Duration;

/** What ends the rest of an outbox's thread. Safe for many threads; nobody who wakes it waits. */
final class Wakes {
  private boolean told;
  private boolean back;

  /** There is something new to hand over. */
  synchronized void told() {
    told = true;
    notifyAll();
  }

  /** The receiver is back. */
  synchronized void back() {
    back = true;
    notifyAll();
  }

  /** Whether the receiver came back since this was asked last. */
  synchronized boolean isBack() {
    boolean was = back;
    back = false;
    return was;
  }

  /** @param onlyBack whether something new is no reason to wake */
  synchronized void await(Duration longest, boolean onlyBack) {
    long until = System.nanoTime() + longest.toNanos();
    while (!back && (onlyBack || !told)) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    told = false;
  }
}
