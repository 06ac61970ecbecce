package io.kerf.people;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everybody who may do something here, as one immutable book. It always has an admin: what would take the last one away is refused.
 *
 * @param untold changes made by command, which the audit trail of a running station is still to be told of; oldest first, the last {@value #MAX_UNTOLD}
 */
public record Roster(List<Account> people, List<MachineToken> tokens, List<Untold> untold) {
  /** People that a station has at most; tokens likewise. */
  public static final int MAX_ENTRIES = 500;
  static final int MAX_UNTOLD = 1000;

  /** A change as {@link io.kerf.storage.Changed} tells of it, without a recipe. */
  public record Untold(Instant at, String by, Action action, String subject, String detail) {}

  public Roster {
    people = List.copyOf(people);
    tokens = List.copyOf(tokens);
    untold = List.copyOf(untold);
    if (people.stream().noneMatch(person -> person.role() == Role.ADMIN)) {
      throw new FaultException(Fault.LAST_ADMIN, "Nobody would be left to say who may do what. Make somebody else an admin first.");
    }
  }

  /** Of a station that has just been claimed. @throws FaultException {@link Fault#LAST_ADMIN} where that is no admin */
  public static Roster first(Account admin) {
    return new Roster(List.of(admin), List.of(), List.of());
  }

  /** Whatever the case of the name. */
  public Optional<Account> person(String name) {
    String key = PersonName.key(name);
    return people.stream().filter(person -> PersonName.key(person.name()).equals(key)).findFirst();
  }

  /** @throws FaultException {@link Fault#NOT_FOUND} */
  public Account required(String name) {
    return person(name).orElseThrow(() -> new FaultException(Fault.NOT_FOUND, "There is nobody called \"" + name + "\" here, so nothing was changed."));
  }

  /** @throws FaultException {@link Fault#NAME_TAKEN}, or {@link Fault#BAD_FIELD} where there are too many */
  public Roster with(Account added) {
    requireFree(added.name());
    requireRoom(people.size());
    return new Roster(and(people, added), tokens, untold);
  }

  /** With another role, password or both. @throws FaultException {@link Fault#NOT_FOUND}, {@link Fault#LAST_ADMIN} */
  public Roster changed(String name, UnaryOperator<Account> change) {
    Account old = required(name);
    return new Roster(people.stream().map(person -> person.equals(old) ? change.apply(old) : person).toList(), tokens, untold);
  }

  /** @throws FaultException {@link Fault#NOT_FOUND}, {@link Fault#LAST_ADMIN} */
  public Roster without(String name) {
    Account old = required(name);
    return new Roster(but(people, old::equals), tokens, untold);
  }

  /** @throws FaultException {@link Fault#NAME_TAKEN}, or {@link Fault#BAD_FIELD} where there are too many */
  public Roster with(MachineToken added) {
    requireFree(added.name());
    requireRoom(tokens.size());
    return new Roster(people, and(tokens, added), untold);
  }

  /** @throws FaultException {@link Fault#NOT_FOUND} */
  public MachineToken token(String id) {
    return tokens.stream().filter(token -> token.id().equals(id)).findFirst()
        .orElseThrow(() -> new FaultException(Fault.NOT_FOUND, "There is no token " + id + ": it never was, or has been revoked."));
  }

  /** @throws FaultException {@link Fault#NOT_FOUND} */
  public Roster revoked(String id) {
    MachineToken old = token(id);
    return new Roster(people, but(tokens, old::equals), untold);
  }

  public Roster with(Untold change) {
    List<Untold> all = and(untold, change);
    return new Roster(people, tokens, all.subList(Math.max(0, all.size() - MAX_UNTOLD), all.size()));
  }

  public Roster told(List<Untold> heard) {
    return new Roster(people, tokens, but(untold, heard::contains));
  }

  /** People and machines have names of their own, as the audit trail tells them apart by nothing else. */
  private void requireFree(String name) {
    String key = PersonName.key(name);
    if (Stream.concat(people.stream().map(Account::name), tokens.stream().map(MachineToken::name)).anyMatch(other -> PersonName.key(other).equals(key))) {
      throw new FaultException(Fault.NAME_TAKEN, "\"" + name + "\" is taken by a person or a token of this station. Take another name, or remove that one first.");
    }
  }

  private static void requireRoom(int taken) {
    if (taken >= MAX_ENTRIES) {
      throw new FaultException(Fault.BAD_FIELD, "There are " + MAX_ENTRIES + " already, as many as a station has. Remove some that nobody needs any more.");
    }
  }

  private static <T> List<T> and(List<T> all, T one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }

  private static <T> List<T> but(List<T> all, Predicate<T> gone) {
    return all.stream().filter(gone.negate()).toList();
  }
}
