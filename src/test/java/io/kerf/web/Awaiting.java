package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens in another thread, at most ten seconds. */
public final class Awaiting {
  private Awaiting() {}

  public static void until(BooleanSupplier happened) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!happened.getAsBoolean()) {
      assertThat(System.nanoTime()).as("still waiting").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }
}
