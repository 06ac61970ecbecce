package io.kerf.station.source;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what another thread does. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(5);

  private Eventually() {}

  /** Returns when an assertion holds; fails as it does where it does not within 20 seconds. */
  public static void assertThatSoon(ThrowingCallable assertion) {
    within(PATIENCE, assertion);
  }

  public static void within(Duration patience, ThrowingCallable assertion) {
    long begun = System.nanoTime();
    while (true) {
      try {
        assertion.call();
        return;
      } catch (Throwable notYet) {
        if (System.nanoTime() - begun > patience.toNanos()) {
          throw notYet instanceof AssertionError failed ? failed : new AssertionError(notYet);
        }
        LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      }
    }
  }
}
