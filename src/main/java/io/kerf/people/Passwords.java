package io.kerf.people;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Hashes passwords with bcrypt, one at a time, and rests after each for as long as it took: whoever tries passwords gets half of one processor at most, and the
 * line keeps the rest. A password beyond the 72 bytes that bcrypt looks at is hashed with SHA-512 before, so that no character is passed over.
 */
public final class Passwords {
  /** Characters that a password has at least; there is no other rule. */
  public static final int MIN_CHARACTERS = 10;
  static final int MAX_CHARACTERS = 1024;
  /** Of those who wait for their turn; one more is refused. */
  static final int MAX_WAITING = 4;

  /** Salt and hash of a password that nobody has. */
  private static final String NOBODYS = "N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;

  private final int cost;
  private final LongSupplier nanos;
  private final Semaphore waiting = new Semaphore(MAX_WAITING + 1);
  private final Semaphore turn = new Semaphore(1, true);
  private final String nobodys;
  private long restUntil;

  /** @param cost 11 takes a tenth of a second on today's machines and some more on a board; each more takes twice as long */
  public Passwords(int cost, LongSupplier nanos) {
    this.cost = cost;
    this.nanos = nanos;
    this.restUntil = nanos.getAsLong();
    this.nobodys = "$2b$%02d$%s".formatted(cost, NOBODYS);
  }

  /** With the cost of a station. */
  public static Passwords ofAStation() {
    return new Passwords(11, System::nanoTime);
  }

  /** @throws FaultException {@link Fault#BAD_FIELD} where it is too short or absurdly long, {@link Fault#LOGIN_BUSY} */
  public String hash(String password) {
    int characters = password == null ? 0 : password.codePointCount(0, password.length());
    if (characters < MIN_CHARACTERS || characters > MAX_CHARACTERS) {
      throw new FaultException(Fault.BAD_FIELD, "password is not valid. Use at least " + MIN_CHARACTERS + " characters, of whatever kind; a few words do well.");
    }
    return inTurn(() -> hashed(password));
  }

  /**
   * Whether this is somebody's password.
   *
   * @param account null for a name that nobody has: takes as long, and is false
   * @throws FaultException {@link Fault#LOGIN_BUSY}
   */
  public boolean fits(String password, Account account) {
    String given = password == null || password.length() > MAX_CHARACTERS ? "" : password;
    boolean same = inTurn(() -> BCrypt.verifyer(VERSION, LongPasswordStrategies.hashSha512(VERSION))
        .verify(given.toCharArray(), account == null ? nobodys : account.password()).verified);
    return same && account != null;
  }

  private String hashed(String password) {
    return BCrypt.with(VERSION, new SecureRandom(), LongPasswordStrategies.hashSha512(VERSION)).hashToString(cost, password.toCharArray());
  }

  private <T> T inTurn(Supplier<T> work) {
    if (!waiting.tryAcquire()) {
      throw new FaultException(Fault.LOGIN_BUSY, "Others are logging in at this moment, and the station leaves its processor to the line. Try again in a few seconds.");
    }
    try {
      turn.acquireUninterruptibly();
      try {
        rest();
        long begun = nanos.getAsLong();
        T done = work.get();
        long ended = nanos.getAsLong();
        restUntil = ended + (ended - begun);
        return done;
      } finally {
        turn.release();
      }
    } finally {
      waiting.release();
    }
  }

  private void rest() {
    for (long left = restUntil - nanos.getAsLong(); left > 0; left = restUntil - nanos.getAsLong()) {
      LockSupport.parkNanos(left);
    }
  }
}
