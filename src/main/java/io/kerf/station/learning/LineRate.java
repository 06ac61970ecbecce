package io.kerf.station.learning;

import java.util.function.LongSupplier;

/** Parts in the last minute, by a ticker: sixty counts of a second each. */
final class LineRate {
  private static final int SECONDS = 60;

  private final LongSupplier nanos;
  private final long[] seconds = new long[SECONDS];
  private final int[] parts = new int[SECONDS];

  LineRate(LongSupplier nanos) {
    this.nanos = nanos;
  }

  synchronized void part() {
    long second = second();
    int slot = (int) Math.floorMod(second, (long) SECONDS);
    if (seconds[slot] != second) {
      seconds[slot] = second;
      parts[slot] = 0;
    }
    parts[slot]++;
  }

  synchronized double perMinute() {
    long second = second();
    int sum = 0;
    for (int slot = 0; slot < SECONDS; slot++) {
      sum += second - seconds[slot] < SECONDS ? parts[slot] : 0;
    }
    return sum;
  }

  private long second() {
    return Math.floorDiv(nanos.getAsLong(), 1_000_000_000L);
  }
}
