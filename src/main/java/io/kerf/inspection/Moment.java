package io.kerf.inspection;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Reads a point in time as people write it. */
public final class Moment {
  private static final int DATE_ALONE = "2026-11-24".length();
  private static final int MOST_QUOTED = 40;

  private Moment() {}

  /**
   * Reads {@code 2026-11-24T06:00:00Z}, any other offset, {@code 2026-11-24 06:00} in the zone, or {@code 2026-11-24} for its first moment there.
   *
   * @param field for the sentence that says what is wrong
   * @throws FaultException {@link Fault#BAD_FIELD} where it is none of these
   */
  public static Instant parse(String field, String text, ZoneId zone) {
    String trimmed = text.strip();
    try {
      Instant instant = trimmed.length() <= DATE_ALONE ? LocalDate.parse(trimmed).atStartOfDay(zone).toInstant() : dateTime(trimmed.replace(' ', 'T'), zone);
      instant.toEpochMilli();
      return instant;
    } catch (DateTimeException | ArithmeticException e) {
      throw new FaultException(Fault.BAD_FIELD, field + " '" + text.substring(0, Math.min(text.length(), MOST_QUOTED)) + "' is not a day or a time. Use a time such as"
          + " 2026-11-24T06:00:00Z, 2026-11-24 06:00 (in " + zone + "), or a date alone for its first moment.");
    }
  }

  private static Instant dateTime(String text, ZoneId zone) {
    TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, ZonedDateTime::from, LocalDateTime::from);
    return parsed instanceof ZonedDateTime zoned ? zoned.toInstant() : ((LocalDateTime) parsed).atZone(zone).toInstant();
  }
}
