package io.kerf.inspection.store;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Which inspections of a recipe are wanted, by time of capture.
 *
 * @param from only those captured then or later
 * @param until only those captured before
 * @param upTo none that was judged after the one with this identifier, so that a span ends while the line goes on
 */
public record SpanQuery(String recipe, Optional<Instant> from, Optional<Instant> until, Optional<String> lot, String upTo) {
  public SpanQuery {
    Objects.requireNonNull(recipe);
    Objects.requireNonNull(from);
    Objects.requireNonNull(until);
    Objects.requireNonNull(lot);
    Objects.requireNonNull(upTo);
  }
}
