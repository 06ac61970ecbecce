package io.kerf.web;

import io.kerf.inspection.store.VerdictTally;
import io.kerf.station.StationMonitor;
import io.kerf.station.StationStatus;
import io.kerf.station.document.StationSettings;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Puts together what the station says of itself. */
@Singleton
final class Station {
  private final StationMonitor monitor;
  private final VerdictTally tally;
  private final StationSettings settings;
  private final Alarms alarms;
  private final Clock clock;

  Station(StationMonitor monitor, VerdictTally tally, StationSettings settings, Alarms alarms, Clock clock) {
    this.monitor = monitor;
    this.tally = tally;
    this.settings = settings;
    this.alarms = alarms;
    this.clock = clock;
  }

  StationStatus status() {
    return monitor.status();
  }

  List<Alarm> alarms() {
    return alarms.standing();
  }

  StationView view() {
    return view(status());
  }

  StationView view(StationStatus status) {
    StationView.OfShift shift = StationView.OfShift.of(tally.shift(settings.shifts()));
    return new StationView(status, new StationView.Counts(tally.today(), tally.sinceStart()), shift, alarms.standing(), clock.instant());
  }
}
