package io.kerf.web;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.Cursor;
import io.kerf.inspection.store.InspectionFilter;
import io.kerf.inspection.store.SearchPage;
import io.kerf.web.people.Asker;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads fields of a request; each that is not valid is a {@link Fault#BAD_FIELD} that names it. */
final class Fields {
  private static final int MAX_CHARACTERS = 128;
  private static final int DEFAULT_LIMIT = 50;

  private Fields() {}

  /** A serial number or a lot: 1 to 128 characters that can be printed. Empty where it was not sent or is blank. */
  static Optional<String> label(String name, String value) {
    if (value == null || value.isBlank()) {
      return Optional.empty();
    }
    if (value.length() > MAX_CHARACTERS || !value.codePoints().allMatch(Fields::isPrintable)) {
      throw bad(name + " is not valid. Use at most " + MAX_CHARACTERS + " characters that can be printed.");
    }
    return Optional.of(value);
  }

  /**
   * Who makes a change: whoever has logged in; at a station that nobody has claimed, whoever is named.
   *
   * @param missing what to say where nobody is named
   */
  static String by(Asker asker, String value, String missing) {
    return asker.by(label("by", value)).orElseThrow(() -> bad("by is missing. " + missing));
  }

  static int limit(String value) {
    if (value == null) {
      return DEFAULT_LIMIT;
    }
    if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > SearchPage.MAX_LIMIT) {
      throw bad("limit is not valid. Use a number from 1 to " + SearchPage.MAX_LIMIT + ".");
    }
    return Integer.parseInt(value);
  }

  /** Where to go on in a search by this filter. */
  static Optional<Cursor> cursor(String before, InspectionFilter filter) {
    if (before == null) {
      return Optional.empty();
    }
    return Optional.of(Cursor.parse(before).filter(cursor -> cursor.capturedAt().isPresent() == filter.hasSpan())
        .orElseThrow(() -> bad("before is not valid. Use the value of next from the page before, with the same from and until.")));
  }

  static OptionalLong beforeNumber(String value) {
    if (value == null) {
      return OptionalLong.empty();
    }
    if (!value.matches("[0-9]{1,18}")) {
      throw bad("before is not valid. Use the value of next from the page before.");
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  /** Lone surrogates, controls, separators of lines and what Unicode has not assigned cannot be printed. */
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> false;
      default -> true;
    };
  }

  private static FaultException bad(String detail) {
    return new FaultException(Fault.BAD_FIELD, detail);
  }
}
