package io.kerf.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Who may do what, as the running station knows it; cheap to ask, never blocks. Takes up what commands change. Where the file is damaged or gone while the station
 * runs, whoever was let in stays in and tokens go on counting, as a line depends on them; nobody new is let in and nothing can be changed.
 */
public final class People {
  private static final Logger LOG = Logger.getLogger(People.class);

  private final RosterFile file;
  private final Clock clock;
  private final Consumer<Changed> changes;
  private final Map<String, Instant> lastUses = new ConcurrentHashMap<>();
  private volatile Known known;
  private Optional<RosterFile.Stamp> read;
  /** What could not be struck off in the file is told once all the same. */
  private List<Roster.Untold> told = List.of();

  /** @param changes hears of each change after it was made */
  public People(RosterFile file, Clock clock, Consumer<Changed> changes) {
    this.file = file;
    this.clock = clock;
    this.changes = changes;
    this.read = file.stamp();
    this.known = Known.of(file.read());
    known.problem().ifPresent(LOG::error);
  }

  /** @param roster empty where there is none or none that was ever read. @param problem what is wrong with the file */
  private record Known(boolean claimed, Optional<Roster> roster, Optional<String> problem, Map<String, MachineToken> tokens) {
    static Known of(RosterState state) {
      if (state instanceof RosterState.Claimed claimed) {
        return new Known(true, Optional.of(claimed.roster()), Optional.empty(),
            claimed.roster().tokens().stream().collect(Collectors.toMap(MachineToken::hash, Function.identity(), (one, other) -> one)));
      }
      Optional<String> problem = state instanceof RosterState.Damaged damaged ? Optional.of(damaged.sentence()) : Optional.empty();
      return new Known(problem.isPresent(), Optional.empty(), problem, Map.of());
    }

    Known with(String trouble) {
      return new Known(true, roster, Optional.of(trouble), tokens);
    }
  }

  /** Whether there are people, or were: only a station that never had any is there to be claimed. */
  public boolean claimed() {
    return known.claimed();
  }

  /** What is wrong with the file of people, for whoever can mend it. */
  public Optional<String> problem() {
    return known.problem();
  }

  public Optional<Roster> roster() {
    return known.roster();
  }

  /** @throws FaultException {@link Fault#PEOPLE_DAMAGED}, {@link Fault#UNCLAIMED} */
  public Roster sound() {
    Known now = known;
    now.problem().ifPresent(sentence -> {
      throw new FaultException(Fault.PEOPLE_DAMAGED, sentence);
    });
    return now.roster().orElseThrow(() -> new FaultException(Fault.UNCLAIMED, "Nobody has claimed this station yet, so nobody can log in. Claim it with the code from its log."));
  }

  /** Who a session is of; empty where that person is gone or has another password or role by now. */
  public Optional<Caller.Person> person(Sessions.Session session) {
    return known.roster().flatMap(roster -> roster.person(session.name())).filter(person -> person.revision().equals(session.revision()))
        .map(person -> new Caller.Person(person.name(), person.role()));
  }

  /** Which machine a token is of; empty where it is unknown, revoked or has expired. Counts as a use. */
  public Optional<Caller.Machine> machine(String token) {
    Instant now = clock.instant();
    Optional<MachineToken> found = Optional.ofNullable(known.tokens().get(Secrets.hash(token))).filter(one -> !one.expired(now));
    found.ifPresent(one -> lastUses.put(one.id(), now));
    return found.map(one -> new Caller.Machine(one.id(), one.name(), one.role()));
  }

  /** When a token was last used since the station started. */
  public Optional<Instant> lastUse(String tokenId) {
    return Optional.ofNullable(lastUses.get(tokenId));
  }

  /**
   * Changes the roster and tells of it.
   *
   * @throws FaultException as {@link RosterFile#change}
   */
  public Roster change(String by, Action action, String subject, String detail, UnaryOperator<Roster> change) {
    Roster roster = file.change(change);
    refresh();
    changes.accept(new Changed(clock.instant(), by, action, "", subject, detail));
    return roster;
  }

  /** Makes somebody the first admin. @throws FaultException {@link Fault#ALREADY_CLAIMED} */
  void begin(Account admin, String detail) {
    file.begin(admin);
    refresh();
    changes.accept(new Changed(clock.instant(), admin.name(), Action.STATION_CLAIMED, "", admin.name(), detail));
  }

  /** Takes up what is in the file where that has changed. */
  public synchronized void refresh() {
    Optional<RosterFile.Stamp> now = file.stamp();
    if (now.equals(read)) {
      return;
    }
    read = now;
    RosterState state = file.read();
    if (state instanceof RosterState.Claimed) {
      known = Known.of(state);
      lastUses.keySet().removeIf(id -> known.tokens().values().stream().noneMatch(token -> token.id().equals(id)));
      return;
    }
    String trouble = state instanceof RosterState.Damaged damaged ? damaged.sentence()
        : "The file of people in " + file.folder() + " is gone, so nobody can log in. Put it back, or start the station again to claim it anew.";
    if (known.claimed()) {
      known = known.with(trouble);
      LOG.error(trouble);
    }
  }

  /** Tells of changes that were made by command. What is told twice was told when the station was killed. */
  public synchronized void tellWhatCommandsDid() {
    List<Roster.Untold> untold = known.problem().isPresent() ? List.of() : known.roster().map(Roster::untold).orElse(List.of());
    List<Roster.Untold> fresh = untold.stream().filter(one -> !told.contains(one)).toList();
    if (fresh.isEmpty()) {
      return;
    }
    fresh.forEach(one -> changes.accept(new Changed(one.at(), one.by(), one.action(), "", one.subject(), one.detail())));
    told = untold;
    try {
      file.change(roster -> roster.told(untold));
      refresh();
    } catch (FaultException e) {
      LOG.warnf("What was told to the audit trail could not be struck off in %s (%s), so the next start tells it again.", file.folder(), e.getMessage());
    }
  }
}
