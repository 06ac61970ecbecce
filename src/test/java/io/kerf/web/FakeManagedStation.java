package io.kerf.web;

import io.kerf.config.KerfConfig;
import io.kerf.fleet.Active;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.Signals;
import io.kerf.fleet.TlsFiles;
import io.kerf.fleet.simulation.SimulatedStation;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.List;

/** The simulated station in the place of this one. */
@Alternative
@Singleton
public class FakeManagedStation implements ManagedStation {
  private final SimulatedStation simulated;

  FakeManagedStation(KerfConfig config) {
    this.simulated = new SimulatedStation(config.data().resolve("simulated"), FleetFixture.FIRST, System::nanoTime, TlsFiles.NONE);
  }

  @Override
  public List<DocumentProblem> check(byte[] document) {
    return simulated.check(document);
  }

  @Override
  public String difference(byte[] document) {
    return simulated.difference(document);
  }

  @Override
  public Active active() {
    return simulated.active();
  }

  @Override
  public void apply(byte[] document, String version) {
    simulated.apply(document, version);
  }

  @Override
  public Signals signals() {
    return simulated.signals();
  }

  @Override
  public Endpoint endpoint() {
    return simulated.endpoint();
  }
}
