package io.kerf.web;

import io.kerf.inspection.store.VerdictTally;
import io.kerf.station.StationMonitor;
import io.kerf.station.StationStatus;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Puts together what the station says of itself. */
@Singleton
final class Station {
  private final StationMonitor monitor;
  private final VerdictTally tally;
  private final Clock clock;

  Station(StationMonitor monitor, VerdictTally tally, Clock clock) {
    this.monitor = monitor;
    this.tally = tally;
    this.clock = clock;
  }

  StationStatus status() {
    return monitor.status();
  }

  StationView view() {
    return view(status());
  }

  StationView view(StationStatus status) {
    return new StationView(status, new StationView.Counts(tally.today(), tally.sinceStart()), clock.instant());
  }
}
