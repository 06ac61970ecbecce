package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Which inspections are wanted; what is empty lets all through.
 *
 * @param equal fields that must be this text
 * @param part identifier of the part
 * @param from only those captured then or later
 * @param until only those captured before
 * @param verdicts one of these; all where there are none
 * @param leastScore judged, with at least this score. Scores of two bundles do not compare
 * @param mostScore judged, with at most this score
 * @param mostPValue judged, with at most this p-value
 * @param word what people said of them
 */
public record InspectionFilter(Map<Field, String> equal, Optional<PartPattern> part, Optional<Instant> from, Optional<Instant> until, Set<Verdict> verdicts,
    OptionalDouble leastScore, OptionalDouble mostScore, OptionalDouble mostPValue, Optional<Word> word) {
  /** All there are. */
  public static final InspectionFilter NONE = new InspectionFilter(Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), OptionalDouble.empty(),
      OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());

  /** A field that is compared as a whole. */
  public enum Field {
    RECIPE,
    LOT,
    SOURCE,
    STATION,
    DOCUMENT,
    BUNDLE;

    /** Of the table, and of requests. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What people said of a part. */
  public enum Word {
    GOOD,
    BAD,
    /** Either. */
    ANY,
    /** Nothing. */
    NONE
  }

  /** @param prefix whether {@code text} is only the beginning */
  public record PartPattern(String text, boolean prefix) {
    /** {@code A-17} for that part, {@code A-17*} for all that begin so. */
    public static PartPattern of(String text) {
      return text.endsWith("*") ? new PartPattern(text.substring(0, text.length() - 1), true) : new PartPattern(text, false);
    }
  }

  public InspectionFilter {
    equal = Map.copyOf(equal);
    verdicts = verdicts.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(verdicts));
  }

  /** Whether it asks for a span of time: then what is found is in the order of capture, else in that of judgement. */
  public boolean hasSpan() {
    return from.isPresent() || until.isPresent();
  }
}
