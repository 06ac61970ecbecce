package io.kerf.people;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes whoever tries passwords wait. An attempt counts when it begins, so that many at once are no way around. After {@value #NAME_ATTEMPTS} for a name or
 * {@value #ADDRESS_ATTEMPTS} from an address in a row there is a wait, twice as long after each further one. Forgets what nobody has tried for an hour, and
 * what is nearest to its end where there are more than {@value #MAX_ENTRIES} names or addresses.
 */
final class Lockout {
  static final int NAME_ATTEMPTS = 5;
  static final int ADDRESS_ATTEMPTS = 20;
  static final int MAX_ENTRIES = 1000;
  static final Duration FIRST_WAIT = Duration.ofSeconds(30);
  static final Duration LONGEST_WAIT = Duration.ofMinutes(15);
  static final Duration REMEMBERED = Duration.ofHours(1);

  private static final int DOUBLINGS = 5;

  private final LongSupplier nanos;
  private final Map<String, Tries> names = new HashMap<>();
  private final Map<String, Tries> addresses = new HashMap<>();

  Lockout(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** @param lastAt of the last attempt; @param freeAt when the next is let through */
  private record Tries(int count, long lastAt, long freeAt) {
    Tries another(int free, long now) {
      int beyond = count + 1 - free;
      long wait = beyond < 0 ? 0 : Math.min(FIRST_WAIT.toNanos() << Math.min(beyond, DOUBLINGS), LONGEST_WAIT.toNanos());
      return new Tries(count + 1, now, now + wait);
    }

    Tries withoutOne() {
      return new Tries(Math.max(0, count - 1), lastAt, freeAt);
    }

    boolean stale(long now) {
      return now - lastAt > REMEMBERED.toNanos() && now - freeAt > 0;
    }
  }

  /** Begins an attempt. @return how long to wait where it is refused, and then it has not begun; empty where it is let through */
  synchronized Optional<Duration> attempt(String name, String address) {
    long now = nanos.getAsLong();
    Optional<Duration> wait = waits(name, address);
    if (wait.isPresent()) {
      return wait;
    }
    count(names, name, NAME_ATTEMPTS, now);
    count(addresses, address, ADDRESS_ATTEMPTS, now);
    return Optional.empty();
  }

  /** How long whoever comes next has to wait; empty where they do not. */
  synchronized Optional<Duration> waits(String name, String address) {
    long now = nanos.getAsLong();
    long left = Math.max(left(names.get(name), now), left(addresses.get(address), now));
    return left > 0 ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
  }

  /** The attempt was right: the name begins anew; of the address this one alone is taken back, or one's own account would clear the way to others'. */
  synchronized void right(String name, String address) {
    names.remove(name);
    addresses.computeIfPresent(address, (key, tries) -> new Tries(tries.count() - 1, tries.lastAt(), nanos.getAsLong()));
  }

  /** The attempt came to nothing, neither right nor wrong. A wait that has begun stands. */
  synchronized void untried(String name, String address) {
    names.computeIfPresent(name, (key, tries) -> tries.withoutOne());
    addresses.computeIfPresent(address, (key, tries) -> tries.withoutOne());
  }

  private static long left(Tries tries, long now) {
    return tries == null ? 0 : tries.freeAt() - now;
  }

  private static void count(Map<String, Tries> all, String key, int free, long now) {
    all.values().removeIf(tries -> tries.stale(now));
    if (!all.containsKey(key) && all.size() >= MAX_ENTRIES) {
      all.entrySet().stream().min((one, other) -> Long.compare(one.getValue().freeAt() - now, other.getValue().freeAt() - now)).map(Map.Entry::getKey).ifPresent(all::remove);
    }
    all.put(key, all.getOrDefault(key, new Tries(0, now, now)).another(free, now));
  }

  synchronized int remembered() {
    return names.size() + addresses.size();
  }
}
