package io.kerf.station.source;

import io.kerf.station.line.Condition;
import io.kerf.station.line.Source.Status;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the frames of one source and keeps how it does. Safe for many threads. */
public final class Tally {
  private final String name;
  private final String kind;
  private final Clock clock;
  private final AtomicLong frames = new AtomicLong();
  private final AtomicLong judged = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile Optional<Instant> lastFrameAt = Optional.empty();
  private volatile Condition condition;

  public Tally(String name, String kind, Clock clock, String words) {
    this.name = name;
    this.kind = kind;
    this.clock = clock;
    this.condition = new Condition(Condition.State.STARTING, words, clock.instant());
  }

  public void came() {
    frames.incrementAndGet();
    lastFrameAt = Optional.of(clock.instant());
  }

  public void judged() {
    judged.incrementAndGet();
  }

  public void dropped() {
    dropped.incrementAndGet();
  }

  /** The time since when it does so stays, where only the words change. */
  public synchronized void is(Condition.State state, String words) {
    Instant since = condition.state() == state ? condition.since() : clock.instant();
    condition = new Condition(state, words, since);
  }

  public Status status() {
    return new Status(name, kind, condition, frames.get(), judged.get(), dropped.get(), lastFrameAt);
  }
}
