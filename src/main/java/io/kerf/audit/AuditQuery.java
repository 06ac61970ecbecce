package io.kerf.audit;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which entries are wanted, newest first.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param before only those with a smaller number
 * @param since only changes made then or later
 */
public record AuditQuery(int limit, OptionalLong before, Optional<String> recipe, Optional<Instant> since) {
  public static final int MAX_LIMIT = 10_000;

  public AuditQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
    }
  }
}
