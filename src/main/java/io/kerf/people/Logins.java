package io.kerf.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Lets people in: by password, and the first one by the code of the claim. Names that nobody has take the same way and the same time as those that somebody has.
 * Whoever tries is made to wait ({@link Lockout}).
 */
public final class Logins {
  /** Attempts at the claim count as one name, which no person can have. */
  private static final String CLAIM = "\u0000claim";
  private static final int MAX_NAME = 64;

  private final People people;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Claim claim;
  private final Lockout lockout;
  private final Clock clock;
  private final Consumer<Changed> changes;

  public Logins(People people, Passwords passwords, Sessions sessions, Claim claim, Clock clock, LongSupplier nanos, Consumer<Changed> changes) {
    this.people = people;
    this.passwords = passwords;
    this.sessions = sessions;
    this.claim = claim;
    this.lockout = new Lockout(nanos);
    this.clock = clock;
    this.changes = changes;
  }

  /** What became of an attempt. */
  public sealed interface Outcome {
    /** @param token of the session, for the cookie */
    record In(Account account, String token) implements Outcome {}

    record Wrong() implements Outcome {}

    /** Nothing was looked at. */
    record Wait(Duration time) implements Outcome {}
  }

  /**
   * Logs somebody in.
   *
   * @param address that the attempt comes from
   * @throws FaultException {@link Fault#UNCLAIMED}, {@link Fault#PEOPLE_DAMAGED}, {@link Fault#LOGIN_BUSY}
   */
  public Outcome login(String name, String password, String address) {
    Account account = people.sound().person(bounded(name)).orElse(null);
    return attempt(PersonName.key(bounded(name)), address, account, () -> passwords.fits(password, account)).orElseGet(() -> in(account, address));
  }

  /**
   * Makes somebody the first admin, and logs them in.
   *
   * @throws FaultException {@link Fault#ALREADY_CLAIMED}, {@link Fault#BAD_FIELD}, {@link Fault#LOGIN_BUSY}
   */
  public Outcome claim(String code, String name, String password, String address) {
    if (people.claimed()) {
      throw new FaultException(Fault.ALREADY_CLAIMED, "Somebody has claimed this station before, so the code is good for nothing any more. Log in, or ask an admin.");
    }
    Optional<Outcome> refused = attempt(CLAIM, address, null, () -> claim.fits(code));
    if (refused.isPresent()) {
      return refused.get();
    }
    Account admin = Account.of(name, Role.ADMIN, passwords.hash(password), clock.instant());
    people.begin(admin, "from " + address);
    claim.burn();
    return in(admin, address);
  }

  /**
   * Changes one's own password, and begins a new session as all others end.
   *
   * @throws FaultException as {@link #login}, and {@link Fault#BAD_FIELD} where the new one is too short
   */
  public Outcome changePassword(String name, String old, String chosen, String address) {
    Account account = people.sound().required(name);
    return attempt(PersonName.key(name), address, account, () -> passwords.fits(old, account)).orElseGet(() -> {
      String hash = passwords.hash(chosen);
      Account changed = people.change(name, Action.PERSON_CHANGED, name, "password",
          roster -> roster.changed(name, person -> Account.of(person.name(), person.role(), hash, person.addedAt()))).required(name);
      return in(changed, address);
    });
  }

  private Outcome in(Account account, String address) {
    String token = sessions.begin(account);
    sessions.save();
    changes.accept(new Changed(clock.instant(), account.name(), Action.LOGGED_IN, "", account.name(), "from " + address));
    return new Outcome.In(account, token);
  }

  /** Empty where it was right. */
  private Optional<Outcome> attempt(String key, String address, Account account, BooleanSupplier right) {
    Optional<Duration> wait = lockout.attempt(key, address);
    if (wait.isPresent()) {
      return wait.map(Outcome.Wait::new);
    }
    boolean fits;
    try {
      fits = right.getAsBoolean();
    } catch (FaultException e) {
      lockout.untried(key, address);
      throw e;
    }
    if (fits) {
      lockout.right(key, address);
      return Optional.empty();
    }
    lockout.waits(key, address).ifPresent(time -> changes.accept(new Changed(clock.instant(), PersonName.STATION, Action.LOGIN_REFUSED, "",
        account == null ? "" : account.name(), (key.equals(CLAIM) ? "wrong claim codes" : "wrong passwords") + " from " + address + "; waits " + time.toSeconds() + " s")));
    return Optional.of(new Outcome.Wrong());
  }

  /** What somebody types may be anything, and is kept nowhere. */
  private static String bounded(String name) {
    return name == null ? "" : name.substring(0, Math.min(name.length(), MAX_NAME));
  }
}
