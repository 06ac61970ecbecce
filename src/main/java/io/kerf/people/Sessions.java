package io.kerf.people;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Who is logged in, by the SHA-256 of the token in their cookie. Kept in a file, so that a restart logs nobody out; a file that cannot be read logs everybody out.
 * Time is counted by a monotonic ticker, and by the wall clock only from one process to the next: set back meanwhile it adds nothing, set on it ends sessions.
 */
public final class Sessions {
  /** Of one person; the one that was used longest ago gives way. */
  public static final int MAX_PER_PERSON = 10;
  /** In all; likewise. */
  public static final int MAX = 500;

  private static final Logger LOG = Logger.getLogger(Sessions.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Duration idle;
  private final Duration lifetime;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<String, Session> byHash = new HashMap<>();
  private boolean changed;

  /** @param idle after which a session that nobody uses is over. @param lifetime after which any is */
  public Sessions(Path file, Duration idle, Duration lifetime, Clock clock, LongSupplier nanos) {
    this.file = file;
    this.idle = idle;
    this.lifetime = lifetime;
    this.clock = clock;
    this.nanos = nanos;
    load();
  }

  /** @param revision of the account it was begun with */
  public record Session(String name, String revision, long begunAt, long usedAt) {
    private Session used(long now) {
      return new Session(name, revision, begunAt, now);
    }
  }

  /** As it is on the disk: ages, as a ticker's readings mean nothing to another process. */
  private record Kept(String hash, String name, String revision, long ageMillis, long idleMillis, long keptAtMillis) {}

  /** Begins one and answers with its token, which is kept nowhere. */
  public synchronized String begin(Account account) {
    long now = nanos.getAsLong();
    byHash.values().removeIf(over(now));
    giveWay(session -> session.name().equals(account.name()), MAX_PER_PERSON);
    giveWay(session -> true, MAX);
    String token = Secrets.token();
    byHash.put(Secrets.hash(token), new Session(account.name(), account.revision(), now, now));
    changed = true;
    return token;
  }

  /** The session of a token. Empty where there is none, or none any more. */
  public synchronized Optional<Session> find(String token) {
    return Optional.ofNullable(byHash.get(Secrets.hash(token))).filter(over(nanos.getAsLong()).negate());
  }

  /** Counts a session as used, by a person and not by a page that asks for itself. */
  public synchronized void use(String token) {
    find(token).ifPresent(session -> {
      byHash.put(Secrets.hash(token), session.used(nanos.getAsLong()));
      changed = true;
    });
  }

  public synchronized void end(String token) {
    changed |= byHash.remove(Secrets.hash(token)) != null;
  }

  /** Ends those of people who are not there any more or have another password or role by now. */
  public synchronized void endUnless(Predicate<Session> stands) {
    changed |= byHash.values().removeIf(stands.negate());
  }

  public synchronized int count() {
    return byHash.size();
  }

  /** Writes what has changed. Where that fails people stay logged in until the station ends. */
  public synchronized void save() {
    if (!changed) {
      return;
    }
    long now = nanos.getAsLong();
    byHash.values().removeIf(over(now));
    List<Kept> all = byHash.entrySet().stream().map(entry -> new Kept(entry.getKey(), entry.getValue().name(), entry.getValue().revision(),
        Duration.ofNanos(now - entry.getValue().begunAt()).toMillis(), Duration.ofNanos(now - entry.getValue().usedAt()).toMillis(), clock.millis())).toList();
    try {
      AtomicFiles.write(file, JSON.writeValueAsBytes(all));
      changed = false;
    } catch (FaultException | IOException e) {
      LOG.warnf("Who is logged in could not be written (%s). They stay logged in until the station is started again.", e.getMessage());
    }
  }

  private void load() {
    try {
      if (Files.exists(file)) {
        JSON.readValue(Files.readAllBytes(file), new TypeReference<List<Kept>>() {}).forEach(this::takeUp);
      }
    } catch (IOException | RuntimeException e) {
      byHash.clear();
      LOG.warnf("%s cannot be read, so everybody has to log in again.", file);
    }
  }

  private void takeUp(Kept kept) {
    long now = nanos.getAsLong();
    Duration meanwhile = Duration.ofMillis(Math.max(0, clock.millis() - kept.keptAtMillis()));
    Duration age = Duration.ofMillis(kept.ageMillis()).plus(meanwhile);
    Duration unused = Duration.ofMillis(kept.idleMillis()).plus(meanwhile);
    if (age.compareTo(lifetime) < 0 && unused.compareTo(idle) < 0) {
      byHash.put(kept.hash(), new Session(kept.name(), kept.revision(), now - age.toNanos(), now - unused.toNanos()));
    }
  }

  private Predicate<Session> over(long now) {
    return session -> now - session.begunAt() >= lifetime.toNanos() || now - session.usedAt() >= idle.toNanos();
  }

  /** Makes room for one more of a kind. */
  private void giveWay(Predicate<Session> kind, int most) {
    while (byHash.values().stream().filter(kind).count() >= most) {
      byHash.entrySet().stream().filter(entry -> kind.test(entry.getValue())).min(Comparator.comparingLong(entry -> entry.getValue().usedAt() - nanos.getAsLong()))
          .map(Map.Entry::getKey).ifPresent(byHash::remove);
    }
  }
}
