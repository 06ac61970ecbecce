package io.kerf.people;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * By what a machine is known: a camera, a PLC gateway, a script. The token itself was shown once and is not kept.
 *
 * @param id short, to name it by when it is revoked
 * @param hash SHA-256 of the token
 * @param expiresAt by the wall clock; empty where it does not expire
 */
public record MachineToken(String id, String name, Role role, String hash, Instant addedAt, Optional<Instant> expiresAt) {
  public MachineToken {
    Objects.requireNonNull(id);
    Objects.requireNonNull(name);
    Objects.requireNonNull(role);
    Objects.requireNonNull(hash);
    Objects.requireNonNull(addedAt);
    Objects.requireNonNull(expiresAt);
  }

  /** @param token as {@link Secrets#machineToken()} made it */
  public static MachineToken of(String name, Role role, String token, Instant addedAt, Optional<Instant> expiresAt) {
    return new MachineToken(Secrets.id(), PersonName.require(name), role, Secrets.hash(token), addedAt, expiresAt);
  }

  /** For whoever asks later what was made. */
  public String summary() {
    return id + ", " + role.label() + expiresAt.map(end -> ", until " + end).orElse("");
  }

  public boolean expired(Instant now) {
    return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
  }
}
