package io.kerf.web.people;

import io.kerf.people.People;
import io.kerf.people.tls.StationTls;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How the station is, as far as that says who is let in; cheap to ask. */
final class StationNow implements Supplier<Gate.Station> {
  private final People people;
  private final BooleanSupplier openViewing;
  private final StationTls tls;
  private final int tlsPort;
  private final boolean tlsOnly;
  private volatile StationTls.Choice choice;

  /** @param openViewing asked anew for each request */
  StationNow(People people, BooleanSupplier openViewing, StationTls tls, int tlsPort, boolean tlsOnly) {
    this.people = people;
    this.openViewing = openViewing;
    this.tls = tls;
    this.tlsPort = tlsPort;
    this.tlsOnly = tlsOnly;
    this.choice = tls.find();
  }

  @Override
  public Gate.Station get() {
    return new Gate.Station(people.claimed(), people.problem(), openViewing.getAsBoolean(), choice instanceof StationTls.Choice.With ? Optional.of(tlsPort) : Optional.empty(), tlsOnly);
  }

  StationTls.Choice tls() {
    return choice;
  }

  int tlsPort() {
    return tlsPort;
  }

  /** The plant may have renewed its certificate. */
  void lookAtTls() {
    choice = tls.find();
  }
}
