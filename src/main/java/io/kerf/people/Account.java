package io.kerf.people;

import java.time.Instant;
import java.util.Objects;

/**
 * A person who may log in.
 *
 * @param password its bcrypt hash
 * @param revision random, another one after each change of password or role: a session that was begun with an earlier one is over
 */
public record Account(String name, Role role, String password, String revision, Instant addedAt) {
  public Account {
    Objects.requireNonNull(name);
    Objects.requireNonNull(role);
    Objects.requireNonNull(password);
    Objects.requireNonNull(revision);
    Objects.requireNonNull(addedAt);
  }

  /** Somebody new, or somebody with other rights or another password. */
  public static Account of(String name, Role role, String password, Instant addedAt) {
    return new Account(PersonName.require(name), role, password, Secrets.token(), addedAt);
  }

  /** Says nothing of the password. */
  @Override
  public String toString() {
    return name + " (" + role.label() + ")";
  }
}
