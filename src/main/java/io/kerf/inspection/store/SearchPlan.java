package io.kerf.inspection.store;

import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionFilter.Field;
import io.kerf.inspection.store.InspectionFilter.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a search goes about its work: the first of {@code gathers} that leads to few rows is read whole and sorted; where none does, {@code walk} is
 * read in the order of the search, newest first, a bounded way at a time.
 *
 * @param gathers those that usually lead to the fewest rows first
 * @param walk leads to rows in the order of the search
 */
record SearchPlan(List<Access> gathers, Access walk) {
  /** p-values up to this one have an index: as the schema says. */
  static final double INDEXED_P_VALUE = 0.02;
  private static final String BY_ID = "inspection NOT INDEXED";

  /**
   * A way to rows.
   *
   * @param table with the index to take
   * @param condition that the index answers
   * @param rows selects something once for each row that it leads to, without reading it
   * @param scattered whether these rows lie far from one another, so that each costs reads of its own
   */
  record Access(String table, Condition condition, Condition rows, boolean scattered) {
    /** Rows that lie together, or at least not far apart. */
    static Access by(String index, Condition condition) {
      return by(index, condition, false);
    }

    /** Rows here and there. */
    static Access byRare(String index, Condition condition) {
      return by(index, condition, true);
    }

    private static Access by(String index, Condition condition, boolean scattered) {
      String table = "inspection INDEXED BY inspection_by_" + index;
      return new Access(table, condition, new Condition("SELECT 1 FROM " + table + " WHERE " + condition.sql(), condition.values()), scattered);
    }
  }

  static SearchPlan of(InspectionFilter filter) {
    return new SearchPlan(gathers(filter), filter.hasSpan() ? Access.by("capture", Condition.span(filter)) : walkById(filter));
  }

  private static List<Access> gathers(InspectionFilter filter) {
    List<Access> gathers = new ArrayList<>();
    filter.part().ifPresent(part -> gathers.add(Access.by("part", Condition.part(part))));
    filter.word().filter(word -> word != Word.NONE).ifPresent(word -> gathers.add(reviewed(word)));
    equal(filter, Field.LOT).ifPresent(lot -> gathers.add(Access.by("lot", lot)));
    if (filter.mostPValue().orElse(1) <= INDEXED_P_VALUE) {
      // Said once more as a number, as a partial index is taken only where its own condition stands in the statement.
      gathers.add(Access.byRare("p_value", Condition.of("p_value <= " + INDEXED_P_VALUE + " AND p_value <= ?", filter.mostPValue().getAsDouble())));
    }
    if (filter.hasSpan()) {
      gathers.add(Access.by("capture", Condition.span(filter)));
      equal(filter, Field.RECIPE).ifPresent(recipe -> gathers.add(Access.by("recipe", recipe)));
    }
    if (!filter.verdicts().isEmpty() && !filter.verdicts().contains(Verdict.OK)) {
      gathers.add(Access.byRare("verdict", Condition.verdicts(filter.verdicts())));
    }
    return gathers;
  }

  private static Access reviewed(Word word) {
    Condition rows = word == Word.ANY ? Condition.of("SELECT 1 FROM review") : Condition.of("SELECT 1 FROM review WHERE truth = ?", word.name());
    return new Access(BY_ID, Condition.said(word), rows, true);
  }

  /** By the index of one text, in which rows follow one another by identifier. */
  private static Access walkById(InspectionFilter filter) {
    return filter.part().filter(part -> !part.prefix()).map(part -> Access.by("part", Condition.part(part)))
        .or(() -> equal(filter, Field.LOT).map(lot -> Access.by("lot", lot)))
        .or(() -> Optional.of(filter.verdicts()).filter(wanted -> wanted.size() == 1 && !wanted.contains(Verdict.OK)).map(one -> Access.byRare("verdict", Condition.verdicts(one))))
        .or(() -> equal(filter, Field.RECIPE).map(recipe -> Access.by("recipe", recipe)))
        .orElse(new Access(BY_ID, Condition.of("1"), Condition.of("SELECT 1 FROM inspection"), false));
  }

  private static Optional<Condition> equal(InspectionFilter filter, Field field) {
    return Optional.ofNullable(filter.equal().get(field)).map(text -> Condition.equal(field, text));
  }
}
