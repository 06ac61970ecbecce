package io.kerf.station.source.folder;

import io.kerf.fault.FaultException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides when a file is complete. Java's watch tells of writes and not of their end, so a file counts as complete when it has not changed for a while and can be
 * read as an image; one that cannot may still be on its way, until it has not changed for longer. Times are those of a monotonic clock; knows the files of the
 * last look alone.
 */
final class Settling {
  private final long settleNanos;
  private final long giveUpNanos;
  private final Map<String, Known> files = new HashMap<>();

  private record Known(long size, long modifiedMillis, long sinceNanos, Optional<FaultException> refusal) {}

  /** What to do with a file now. */
  sealed interface Fate {
    /** @param nanos until there is more to say, if the file does not change */
    record Wait(long nanos) implements Fate {}

    record Judge() implements Fate {}

    /** @param why it is no image */
    record GiveUp(FaultException why) implements Fate {}
  }

  Settling(Duration settle, Duration giveUp) {
    this.settleNanos = settle.toNanos();
    this.giveUpNanos = Math.max(giveUp.toNanos(), settleNanos);
  }

  /** Forgets all others. */
  void keepOnly(Collection<Sight> seen) {
    Set<String> names = new HashSet<>();
    seen.forEach(sight -> names.add(sight.name()));
    files.keySet().retainAll(names);
  }

  Fate fate(Sight sight, long now) {
    Known known = files.get(sight.name());
    if (known == null || known.size != sight.size() || known.modifiedMillis != sight.modifiedMillis()) {
      files.put(sight.name(), new Known(sight.size(), sight.modifiedMillis(), now, Optional.empty()));
      return new Fate.Wait(settleNanos);
    }
    long unchanged = now - known.sinceNanos;
    if (unchanged < settleNanos) {
      return new Fate.Wait(settleNanos - unchanged);
    }
    if (known.refusal.isEmpty()) {
      return new Fate.Judge();
    }
    return unchanged >= giveUpNanos ? new Fate.GiveUp(known.refusal.get()) : new Fate.Wait(giveUpNanos - unchanged);
  }

  /** The file, as it is, is no whole image. */
  void refused(Sight sight, FaultException why) {
    files.computeIfPresent(sight.name(), (name, known) -> new Known(known.size, known.modifiedMillis, known.sinceNanos, Optional.of(why)));
  }
}
