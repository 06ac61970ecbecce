package io.kerf.station.source;

import io.kerf.inspection.store.InspectionRecorded;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Source;
import java.time.Clock;

/** A source that others serve; its parts are counted by their records. */
final class PassiveSource implements Source {
  private final String name;
  private final Tally tally;

  PassiveSource(String name, Clock clock, State state, String words) {
    this.name = name;
    this.tally = new Tally(name, name, clock, words);
    tally.is(state, words);
  }

  void recorded(InspectionRecorded recorded) {
    if (recorded.stored().inspection().source().equals(name)) {
      tally.came();
      tally.judged();
    }
  }

  void is(State state, String words) {
    tally.is(state, words);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Status status() {
    return tally.status();
  }

  @Override
  public void close() {}
}
