package io.kerf.station.plans;

import io.kerf.encoder.tensorrt.PlanKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Attempts at plans that failed since the start, and when the next may be made. Safe for many threads. */
final class PlanAttempts {
  static final int MOST = 3;
  private static final long FIRST_PAUSE_NANOS = 60_000_000_000L;
  private static final long PAUSE_FACTOR = 10;

  /** @param failed at least 1. @param againNanos when the next may be made. @param why the last one failed */
  record Failures(int failed, long againNanos, String why) {}

  private final Map<PlanKey, Failures> failures = new ConcurrentHashMap<>();

  boolean mayTry(PlanKey key, long nowNanos) {
    Failures before = failures.get(key);
    return before == null || before.failed < MOST && nowNanos - before.againNanos >= 0;
  }

  /** After the first the next may be made in a minute, then in ten. @return what is known now */
  Failures failed(PlanKey key, long nowNanos, String why) {
    return failures.compute(key, (same, before) -> before == null ? new Failures(1, nowNanos + FIRST_PAUSE_NANOS, why)
        : new Failures(before.failed + 1, nowNanos + FIRST_PAUSE_NANOS * PAUSE_FACTOR, why));
  }

  Optional<Failures> of(PlanKey key) {
    return Optional.ofNullable(failures.get(key));
  }
}
