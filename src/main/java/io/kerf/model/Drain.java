package io.kerf.model;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/** Watches that frames let go of retired generations. */
public final class Drain {
  private final Duration patience;
  private final LongSupplier nanos;
  private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();

  Drain(Duration patience, LongSupplier nanos) {
    this.patience = patience;
    this.nanos = nanos;
  }

  private record Retired(String recipe, Generation generation, long atNanos) {}

  /**
   * A generation that frames hold for longer than they may.
   *
   * @param digest of its bundle
   * @param leases frames that hold it
   */
  public record Overdue(String recipe, String digest, int leases, Duration since) {
    public String sentence() {
      return (leases == 1 ? "1 frame of recipe " + recipe + " still holds" : leases + " frames of recipe " + recipe + " still hold") + " bundle " + Bundle.shortened(digest)
          + " " + since.toSeconds() + " s after it was replaced, so no other is loaded. Parts are judged with what is in use; if this does not end, restart the station.";
    }
  }

  void watch(String recipe, Generation generation) {
    retired.add(new Retired(recipe, generation, nanos.getAsLong()));
  }

  /** The one that was retired first of those overdue. */
  Optional<Overdue> overdue(String recipe) {
    retired.removeIf(one -> one.generation.leases() == 0);
    long now = nanos.getAsLong();
    return retired.stream().filter(one -> one.recipe.equals(recipe))
        .map(one -> new Overdue(recipe, one.generation.bundle().digest(), one.generation.leases(), Duration.ofNanos(now - one.atNanos)))
        .filter(one -> one.since.compareTo(patience) > 0).findFirst();
  }
}
