package io.kerf.web;

import io.kerf.station.StationMonitor;
import io.kerf.station.StationStatus;
import io.kerf.station.StationStatus.Collecting;
import io.kerf.station.StationStatus.Mode;
import io.kerf.station.StationStatus.Phase;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says what a test has it say. */
@Alternative
@Singleton
public class FakeStation implements StationMonitor {
  volatile int collected = 3;

  @Override
  public StationStatus status() {
    return new StationStatus("Line 1", Mode.STATION, Phase.COLLECTING, "default", Optional.empty(), "Collecting good parts.",
        Optional.of(new Collecting(collected, 60)), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
