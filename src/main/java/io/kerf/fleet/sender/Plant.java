package io.kerf.fleet.sender;

import io.kerf.fault.FaultException;
import io.kerf.fleet.envelope.Audience;
import io.kerf.fleet.protocol.Report;
import java.util.Map;
import java.util.Optional;

/** The stations of a fleet as whoever sends to them reaches them: through a broker, or each at its own address. */
public interface Plant extends AutoCloseable {
  /** @param online empty where nobody can tell. @param report the newest; empty where there was none */
  record Known(Optional<Boolean> online, Optional<Report> report) {
    static final Known NOTHING = new Known(Optional.empty(), Optional.empty());
  }

  /**
   * Puts an envelope where the station will find it.
   *
   * @param kept whether one that is away is to find it when it comes back
   * @throws FaultException {@link io.kerf.fault.Fault#FLEET_UNREACHABLE} where that was not possible; what the station refuses, its report tells
   */
  void send(Audience audience, byte[] envelope, boolean kept) throws InterruptedException;

  /** Puts a trust document where stations will find it. @throws FaultException likewise */
  void sendTrust(long version, byte[] trust) throws InterruptedException;

  /** What is known of each station by now. */
  Map<String, Known> stations() throws InterruptedException;

  @Override
  void close();
}
