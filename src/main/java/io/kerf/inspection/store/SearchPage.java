package io.kerf.inspection.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Some of what a search finds, newest first.
 *
 * @param next where to go on; empty where there is no more
 * @param lookedUntil present where the search stopped short of a whole page, as it had looked at as many records as one page may cost: the time
 *     of capture it had come to. There may be more behind {@code next}
 */
public record SearchPage(List<StoredInspection> items, Optional<Cursor> next, Optional<Instant> lookedUntil) {
  public static final int MAX_LIMIT = 500;
}
