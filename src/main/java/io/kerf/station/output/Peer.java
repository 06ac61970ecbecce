package io.kerf.station.output;

import java.util.concurrent.CompletableFuture;

/** The other end of an output with an outbox. {@link #tend} is called by one thread, {@link #deliver} by several. */
interface Peer extends AutoCloseable {
  /** Messages that may be on their way at once, handed over in order. */
  int window();

  /** Keeps the connection up, where there is one; called at least once a second. Throws nothing. */
  void tend();

  /** Ends, never exceptionally, within a bounded time. */
  CompletableFuture<Delivery> deliver(Message message);

  /** In a second or two. */
  @Override
  void close();
}
