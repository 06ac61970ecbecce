package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import java.util.Optional;

/**
 * Which inspections are wanted, newest first.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param before only those older than this identifier
 */
public record PageQuery(int limit, Optional<String> before, Optional<String> recipe, Optional<Verdict> verdict) {
  public static final int MAX_LIMIT = 500;

  public PageQuery {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
    }
  }

  /** The newest alone. */
  public static PageQuery latest(Optional<String> recipe) {
    return new PageQuery(1, Optional.empty(), recipe, Optional.empty());
  }
}
