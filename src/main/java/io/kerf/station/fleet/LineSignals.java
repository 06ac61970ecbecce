package io.kerf.station.fleet;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** How inspection goes since a moment: how many frames, how many of them UNJUDGED, how long the last of them took. Safe for many threads. */
final class LineSignals {
  private static final int REMEMBERED = 1000;
  private static final int ENOUGH = 20;
  private static final long ARRIVING_NANOS = 60_000_000_000L;
  private static final double SLOWER = 2;
  private static final double SLACK_MILLIS = 50;

  private final LongSupplier nanos;
  private final double[] millis = new double[REMEMBERED];
  private long frames;
  private long unjudged;
  private long lastAt;
  private boolean any;
  private OptionalDouble bound = OptionalDouble.empty();

  /** @param nanos rising, whatever the wall clock does */
  LineSignals(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Quick; called for each part. */
  synchronized void saw(Inspection inspection) {
    millis[(int) (frames % REMEMBERED)] = inspection.timings().totalMillis();
    frames++;
    unjudged += inspection.verdict() == Verdict.UNJUDGED ? 1 : 0;
    lastAt = nanos.getAsLong();
    any = true;
  }

  /** Counts anew. What the line did before bounds what it may do from now on: twice its p99 and {@value #SLACK_MILLIS} ms, where there were enough frames. */
  synchronized void begin() {
    bound = frames < ENOUGH ? bound : OptionalDouble.of(SLOWER * p99().orElseThrow() + SLACK_MILLIS);
    frames = 0;
    unjudged = 0;
  }

  synchronized long frames() {
    return frames;
  }

  /** Whether a frame came within the last minute. */
  synchronized boolean arriving() {
    return any && nanos.getAsLong() - lastAt <= ARRIVING_NANOS;
  }

  synchronized OptionalDouble unjudgedShare() {
    return frames == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) unjudged / frames);
  }

  /** Of the last {@value #REMEMBERED} frames at most. */
  synchronized OptionalDouble p99() {
    if (frames == 0) {
      return OptionalDouble.empty();
    }
    double[] sorted = Arrays.copyOf(millis, (int) Math.min(frames, REMEMBERED));
    Arrays.sort(sorted);
    return OptionalDouble.of(sorted[(int) Math.ceil(0.99 * sorted.length) - 1]);
  }

  synchronized OptionalDouble bound() {
    return bound;
  }
}
