package io.kerf.inspection.store;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Moment;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionFilter.Field;
import io.kerf.inspection.store.InspectionFilter.PartPattern;
import io.kerf.inspection.store.InspectionFilter.Word;
import io.kerf.storage.RecipeName;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads a filter as requests and commands write it: by name and text. What is blank is not asked for. */
public final class FilterText {
  private static final int MAX_CHARACTERS = 128;

  private final Map<String, String> texts;
  private final ZoneId zone;

  private FilterText(Map<String, String> texts, ZoneId zone) {
    this.texts = texts;
    this.zone = zone;
  }

  /**
   * @param texts by the names {@code recipe, lot, source, station, document, bundle, part, from, until, verdict, scoreFrom, scoreTo, pValueTo, reviewed}
   * @param zone of times without an offset
   * @throws FaultException {@link Fault#BAD_FIELD} where one is not valid
   */
  public static InspectionFilter parse(Map<String, String> texts, ZoneId zone) {
    return new FilterText(texts, zone).filter();
  }

  private InspectionFilter filter() {
    Map<Field, String> equal = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      text(field.key()).ifPresent(text -> equal.put(field, text));
    }
    Optional.ofNullable(equal.get(Field.RECIPE)).ifPresent(RecipeName::require);
    Optional<Instant> from = time("from");
    Optional<Instant> until = time("until");
    if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
      throw bad("from (" + from.get() + ") is not before until (" + until.get() + "), so there is no part between them. Parts captured at 'until' itself are not included.");
    }
    return new InspectionFilter(equal, text("part").map(PartPattern::of), from, until, verdicts(), number("scoreFrom"), number("scoreTo"), number("pValueTo"), word());
  }

  private Optional<String> text(String name) {
    Optional<String> text = Optional.ofNullable(texts.get(name)).filter(value -> !value.isBlank());
    if (text.filter(value -> value.length() > MAX_CHARACTERS + 1).isPresent()) {
      throw bad(name + " is not valid. Use at most " + MAX_CHARACTERS + " characters.");
    }
    return text;
  }

  private Optional<Instant> time(String name) {
    return text(name).map(text -> Moment.parse(name, text, zone));
  }

  private Set<Verdict> verdicts() {
    Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
    text("verdict").ifPresent(list -> Arrays.stream(list.split(",", -1)).forEach(name -> verdicts.add(one("verdict", Verdict.values(), name.strip()))));
    return verdicts;
  }

  private Optional<Word> word() {
    return text("reviewed").map(name -> one("reviewed", Word.values(), name.strip().toUpperCase(Locale.ROOT)));
  }

  private static <E extends Enum<E>> E one(String field, E[] all, String name) {
    return Arrays.stream(all).filter(value -> value.name().equals(name)).findFirst()
        .orElseThrow(() -> bad(field + " is not valid. Use one of " + Arrays.toString(all) + "."));
  }

  private OptionalDouble number(String name) {
    Optional<String> text = text(name);
    try {
      OptionalDouble number = text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text.get().strip()));
      if (number.isPresent() && !Double.isFinite(number.getAsDouble())) {
        throw bad(name + " is not valid. Use a number such as 0.01.");
      }
      return number;
    } catch (NumberFormatException e) {
      throw bad(name + " is not valid. Use a number such as 0.01.");
    }
  }

  private static FaultException bad(String detail) {
    return new FaultException(Fault.BAD_FIELD, detail);
  }
}
