package io.kerf.station.output;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes everything while it is there. */
final class FakePeer implements Peer {
  final List<String> taken = new CopyOnWriteArrayList<>();
  final Wakes wakes = new Wakes();
  volatile boolean away;
  volatile boolean hanging;
  volatile String refused = "";
  volatile int window = 4;

  @Override
  public int window() {
    return window;
  }

  @Override
  public void tend() {
    // There is no connection.
  }

  @Override
  public CompletableFuture<Delivery> deliver(Message message) {
    if (hanging) {
      return new CompletableFuture<Delivery>().completeOnTimeout(new Delivery.Later("it hangs", Duration.ofMinutes(1)), 500, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    if (away) {
      return CompletableFuture.completedFuture(new Delivery.Later("it is away", Duration.ofMinutes(10)));
    }
    if (message.id().equals(refused)) {
      return CompletableFuture.completedFuture(new Delivery.Refused("it does not like it"));
    }
    taken.add(message.id());
    return CompletableFuture.completedFuture(Delivery.DELIVERED);
  }

  void back() {
    away = false;
    wakes.back();
  }

  @Override
  public void close() {
    away = true;
  }
}
