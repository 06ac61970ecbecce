package io.kerf.station.line;

import java.time.Instant;
import java.util.Optional;

/** Is told of each part. A peer that is slow, away or hostile costs the line nothing. */
public interface Output extends AutoCloseable {
  /** As the station document calls it, unique among outputs. */
  String name();

  /**
   * Tells of a part; called in the order of their records, by the thread that judged. Returns within a fraction of a millisecond whatever its peer does, keeps
   * what cannot be handed over within its bounds, and throws nothing.
   */
  void tell(Outcome outcome);

  Status status();

  /** Ends its threads and connections; what was not delivered stays in its outbox, where it has one. Waits a few seconds at most. */
  @Override
  void close();

  /**
   * @param kind {@code mqtt}, {@code webhook}, {@code gpio}, {@code modbus}
   * @param told outcomes since the output was set up
   * @param delivered of those
   * @param waiting in its outbox
   * @param lost given up beyond the bounds of the outbox, or refused by the peer for good
   */
  record Status(String name, String kind, Condition condition, long told, long delivered, long waiting, long lost, Optional<Instant> lastDeliveredAt) {}
}
