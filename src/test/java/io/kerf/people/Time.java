package io.kerf.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock and a ticker that go on when a test says so, together or each by itself. */
public final class Time extends Clock {
  private Instant wall = Instant.parse("2026-11-25T08:00:00Z");
  private long nanos = Long.MAX_VALUE - Duration.ofMinutes(1).toNanos();

  public void pass(Duration time) {
    wall = wall.plus(time);
    nanos += time.toNanos();
  }

  /** The wall clock alone. */
  public void jump(Duration time) {
    wall = wall.plus(time);
  }

  /** Begins anywhere and overflows, as a ticker may. */
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
