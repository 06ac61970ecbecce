package io.kerf.station.output;

import io.kerf.station.line.Condition;
import io.kerf.station.line.Condition.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** How an output does; says so in the log when it changes, a few times a minute at most. Safe for many threads. */
final class Health {
  private static final Logger LOG = Logger.getLogger(Health.class);

  private static final Duration LOGGED_EVERY = Duration.ofSeconds(10);

  private final String output;
  private final Clock clock;
  private Condition condition;
  private Optional<Long> loggedAt = Optional.empty();

  Health(String output, Clock clock) {
    this.output = output;
    this.clock = clock;
    this.condition = new Condition(State.STARTING, "It has been set up and has not worked yet.", clock.instant());
  }

  synchronized Condition condition() {
    return condition;
  }

  void works(String words) {
    become(State.WORKS, words);
  }

  void fails(String words) {
    become(State.FAILS, words);
  }

  private synchronized void become(State state, String words) {
    if (condition.state() == state && condition.words().equals(words)) {
      return;
    }
    long now = System.nanoTime();
    if (condition.state() != state && (loggedAt.isEmpty() || now - loggedAt.get() > LOGGED_EVERY.toNanos())) {
      loggedAt = Optional.of(now);
      LOG.logf(state == State.FAILS ? Logger.Level.ERROR : Logger.Level.INFO, "Output %s: %s", output, words);
    }
    condition = new Condition(state, words, condition.state() == state ? condition.since() : clock.instant());
  }
}
