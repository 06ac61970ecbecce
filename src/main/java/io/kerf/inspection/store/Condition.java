package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionFilter.Field;
import io.kerf.inspection.store.InspectionFilter.PartPattern;
import io.kerf.inspection.store.InspectionFilter.Word;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Something that rows must fulfil, with values in the places of its question marks. */
record Condition(String sql, List<Object> values) {
  /** Behind everything that begins with a text, as SQLite compares texts by their bytes in UTF-8. */
  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  static Condition of(String sql, Object... values) {
    return new Condition(sql, List.of(values));
  }

  /** All that a filter asks for. */
  static List<Condition> all(InspectionFilter filter) {
    List<Condition> all = new ArrayList<>();
    filter.equal().forEach((field, text) -> all.add(equal(field, text)));
    filter.part().ifPresent(part -> all.add(part(part)));
    if (filter.hasSpan()) {
      all.add(span(filter));
    }
    if (!filter.verdicts().isEmpty()) {
      all.add(verdicts(filter.verdicts()));
    }
    filter.leastScore().ifPresent(least -> all.add(of("score >= ?", least)));
    filter.mostScore().ifPresent(most -> all.add(of("score <= ?", most)));
    filter.mostPValue().ifPresent(most -> all.add(of("p_value <= ?", most)));
    filter.word().ifPresent(word -> all.add(said(word)));
    return all;
  }

  static Condition equal(Field field, String text) {
    return of(field.key() + " = ?", text);
  }

  static Condition part(PartPattern part) {
    return part.prefix() ? of("part_id >= ? AND part_id < ?", part.text(), part.text() + LAST_CHARACTER) : of("part_id = ?", part.text());
  }

  static Condition span(InspectionFilter filter) {
    return of("captured_at >= ? AND captured_at < ?", filter.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE),
        filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE));
  }

  static Condition verdicts(Set<Verdict> verdicts) {
    return new Condition("verdict IN (" + String.join(", ", Collections.nCopies(verdicts.size(), "?")) + ")", verdicts.stream().<Object>map(Verdict::name).toList());
  }

  static Condition said(Word word) {
    return switch (word) {
      case GOOD, BAD -> of("id IN (SELECT inspection FROM review WHERE truth = ?)", word.name());
      case ANY -> of("id IN (SELECT inspection FROM review)");
      case NONE -> of("NOT EXISTS (SELECT 1 FROM review WHERE review.inspection = inspection.id)");
    };
  }

  /** As one. True where there are none. */
  static Condition and(List<Condition> conditions) {
    return conditions.isEmpty() ? of("1") : new Condition(conditions.stream().map(one -> "(" + one.sql + ")").collect(Collectors.joining(" AND ")),
        conditions.stream().flatMap(one -> one.values.stream()).toList());
  }
}
