package io.kerf.inspection.store;

import io.kerf.inspection.InspectionIds;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of a search ended, so that the next one begins behind it.
 *
 * @param capturedAt present exactly where the search is in the order of capture
 */
public record Cursor(Optional<Instant> capturedAt, String id) {
  private static final Pattern TEXT = Pattern.compile("(?:(-?[0-9]{1,15})\\.)?([0-9a-f-]{36})");

  static Cursor at(InspectionFilter filter, Instant capturedAt, String id) {
    return new Cursor(filter.hasSpan() ? Optional.of(capturedAt) : Optional.empty(), id);
  }

  /** What {@link #text()} wrote; empty where this is nothing of the sort. */
  public static Optional<Cursor> parse(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || !InspectionIds.isValid(parts.group(2))) {
      return Optional.empty();
    }
    return Optional.of(new Cursor(Optional.ofNullable(parts.group(1)).map(Long::valueOf).map(Instant::ofEpochMilli), parts.group(2)));
  }

  /** To be sent back as it is. */
  public String text() {
    return capturedAt.map(time -> time.toEpochMilli() + ".").orElse("") + id;
  }
}
