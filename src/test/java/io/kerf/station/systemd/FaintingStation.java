package io.kerf.station.systemd;

import io.kerf.station.StationMonitor;
import io.kerf.station.StationStatus;
import io.kerf.station.StationStatus.Mode;
import io.kerf.station.StationStatus.Phase;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Says what it is doing until a test has it faint. */
@Alternative
@Singleton
public class FaintingStation implements StationMonitor {
  volatile boolean fainted;

  @Override
  public StationStatus status() {
    if (fainted) {
      throw new IllegalStateException("fainted");
    }
    return new StationStatus("Line 1", Mode.STATION, Phase.WAITING, "default", Optional.empty(), "Waiting – for a model.", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
