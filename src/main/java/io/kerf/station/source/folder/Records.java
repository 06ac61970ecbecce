package io.kerf.station.source.folder;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** The records of inspections, as far as a source asks: a name for the next one, and whether there is one of a name. */
public final class Records {
  private final Supplier<String> ids;
  private final Predicate<String> known;

  /**
   * @param ids gives a new, time-sortable id
   * @param known whether an inspection of that id is on record; throws where that cannot be told
   */
  public Records(Supplier<String> ids, Predicate<String> known) {
    this.ids = ids;
    this.known = known;
  }

  String newId() {
    return ids.get();
  }

  boolean has(String id) {
    return known.test(id);
  }
}
