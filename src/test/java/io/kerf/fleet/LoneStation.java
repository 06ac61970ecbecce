package io.kerf.fleet;

import io.kerf.fleet.simulation.SimulatedFleet;
import java.net.URI;
import java.nio.file.Path;

/** One simulated station in a process of its own, to be killed. */
final class LoneStation {
  private LoneStation() {}

  /** @param arguments folder of the fleet, broker, file of first trust, id */
  public static void main(String[] arguments) throws Exception {
    try (SimulatedFleet fleet = new SimulatedFleet(Path.of(arguments[0]), URI.create(arguments[1]), Path.of(arguments[2]))) {
      fleet.start(arguments[3], changed -> {});
      Thread.currentThread().join();
    }
  }
}
