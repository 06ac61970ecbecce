package io.kerf.station;

/** Tells what the station is doing. Cheap; called for each page and each event. */
public interface StationMonitor {
  StationStatus status();
}
