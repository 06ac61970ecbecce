package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.Inspection.Timings;
import io.kerf.inspection.StationMark;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionFilter.Field;
import io.kerf.inspection.store.InspectionFilter.PartPattern;
import io.kerf.inspection.store.InspectionFilter.Word;
import io.kerf.model.Truth;
import io.kerf.storage.Sql;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six hundred parts of three recipes, some captured at the same moment, some judged in another order than they were captured. */
class InspectionSearchTest {
  private static final Instant NOON = Instant.parse("2024-11-23T12:00:00Z");
  private static final int PARTS = 600;

  @TempDir
  private static Path temp;
  private static StoreFixture fixture;
  private static final List<Inspection> ALL = new ArrayList<>();
  private static final Map<String, Truth> SAID = new HashMap<>();

  @BeforeAll
  static void fill() throws Exception {
    fixture = new StoreFixture(temp, Clock.fixed(NOON, ZoneOffset.UTC));
    ReviewStore reviews = new ReviewStore(fixture.dataSource);
    Random random = new Random(7);
    for (int i = 0; i < PARTS; i++) {
      Inspection part = part(i, random);
      fixture.store.record(part, new byte[1], Optional.empty());
      ALL.add(part);
      if (i % 17 == 0) {
        SAID.put(part.id(), i % 2 == 0 ? Truth.GOOD : Truth.BAD);
        reviews.put(new Review(part.id(), part.recipe(), SAID.get(part.id()), "ann", NOON, Optional.empty()));
      }
    }
  }

  private static Inspection part(int i, Random random) {
    double pValue = (1 + random.nextInt(100)) / 100.0;
    Verdict verdict = random.nextInt(20) == 0 ? Verdict.UNJUDGED : pValue <= 0.05 ? Verdict.NG : Verdict.OK;
    boolean judged = verdict != Verdict.UNJUDGED;
    return new Inspection(fixture.ids.next(), NOON.plusSeconds(i / 3 * 3 + random.nextInt(6)), "recipe-" + i % 3,
        i % 10 == 0 ? Optional.empty() : Optional.of("A-" + i / 10), i % 7 == 0 ? Optional.empty() : Optional.of("L" + i / 50), i % 2 == 0 ? "http" : "camera",
        new StationMark("press-4", i < 300 ? Optional.empty() : Optional.of("d0c")), verdict,
        judged ? Optional.of(new Judgement("sha256:b0b", Math.log(1 / pValue), pValue, 3, Optional.of("OnnxRuntime"))) : Optional.empty(),
        judged ? Optional.empty() : Optional.of(new Reason("too-dark", "See the light.")), new Timings(1, 2, 3, 4, 0, 10));
  }

  /** All fields at random, against what the same filter says in Java. With so few rows a page that most searches walk, and many pages are short. */
  @Test
  void whateverIsAskedForTheseAndOnlyTheseAreFoundInOrderAndEachOnce() throws Exception {
    Random random = new Random(3);
    int shortPages = 0;
    for (int round = 0; round < 400; round++) {
      InspectionFilter filter = filter(random);
      List<Inspection> wanted = ALL.stream().filter(fits(filter)).sorted(order(filter)).toList();
      int mostRows = List.of(1, 5, 20, 10_000).get(round % 4);
      int limit = 1 + random.nextInt(50);
      InspectionSearch search = new InspectionSearch(fixture.dataSource, mostRows);
      List<Inspection> found = new ArrayList<>();
      Optional<Cursor> next = Optional.empty();
      do {
        SearchPage page = search.page(filter, next, limit);
        page.items().forEach(stored -> found.add(stored.inspection()));
        assertThat(page.items().size()).isLessThanOrEqualTo(limit);
        assertThat(page.lookedUntil().isPresent()).isEqualTo(page.next().isPresent() && page.items().size() < limit);
        shortPages += page.lookedUntil().isPresent() ? 1 : 0;
        next = page.next().map(cursor -> Cursor.parse(cursor.text()).orElseThrow());
      } while (next.isPresent());
      assertThat(found).as(filter + ", pages of " + limit + ", " + mostRows + " rows each").isEqualTo(wanted);
    }
    assertThat(shortPages).isGreaterThan(1000);
  }

  private static InspectionFilter filter(Random random) {
    Map<Field, String> equal = new EnumMap<>(Field.class);
    maybe(random, 3, () -> "recipe-" + random.nextInt(4)).ifPresent(text -> equal.put(Field.RECIPE, text));
    maybe(random, 4, () -> "L" + random.nextInt(13)).ifPresent(text -> equal.put(Field.LOT, text));
    maybe(random, 6, () -> "http").ifPresent(text -> equal.put(Field.SOURCE, text));
    maybe(random, 6, () -> "d0c").ifPresent(text -> equal.put(Field.DOCUMENT, text));
    maybe(random, 9, () -> "press-4").ifPresent(text -> equal.put(Field.STATION, text));
    maybe(random, 9, () -> "sha256:b0b").ifPresent(text -> equal.put(Field.BUNDLE, text));
    Optional<Instant> from = maybe(random, 4, () -> NOON.plusSeconds(random.nextInt(PARTS)));
    List<Verdict> verdicts = new ArrayList<>(List.of(Verdict.values()));
    Collections.shuffle(verdicts, random);
    return new InspectionFilter(equal, maybe(random, 4, () -> PartPattern.of("A-" + random.nextInt(20) + (random.nextBoolean() ? "*" : ""))), from,
        maybe(random, 4, () -> from.orElse(NOON).plusSeconds(1 + random.nextInt(300))), Set.copyOf(maybe(random, 3, () -> verdicts.subList(0, 1 + random.nextInt(2))).orElse(List.of())),
        number(random, 6, 1), number(random, 6, 3), number(random, 5, random.nextBoolean() ? 0.02 : 0.3),
        maybe(random, 6, () -> Word.values()[random.nextInt(Word.values().length)]));
  }

  private static <T> Optional<T> maybe(Random random, int oneIn, java.util.function.Supplier<T> value) {
    return random.nextInt(oneIn) == 0 ? Optional.of(value.get()) : Optional.empty();
  }

  private static OptionalDouble number(Random random, int oneIn, double value) {
    return random.nextInt(oneIn) == 0 ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  private static Predicate<Inspection> fits(InspectionFilter filter) {
    return part -> filter.equal().entrySet().stream().allMatch(entry -> entry.getValue().equals(text(part, entry.getKey())))
        && filter.part().map(pattern -> part.partId().filter(id -> pattern.prefix() ? id.startsWith(pattern.text()) : id.equals(pattern.text())).isPresent()).orElse(true)
        && filter.from().map(from -> !part.capturedAt().isBefore(from)).orElse(true)
        && filter.until().map(until -> part.capturedAt().isBefore(until)).orElse(true)
        && (filter.verdicts().isEmpty() || filter.verdicts().contains(part.verdict()))
        && (filter.leastScore().isEmpty() || part.judgement().filter(j -> j.score() >= filter.leastScore().getAsDouble()).isPresent())
        && (filter.mostScore().isEmpty() || part.judgement().filter(j -> j.score() <= filter.mostScore().getAsDouble()).isPresent())
        && (filter.mostPValue().isEmpty() || part.judgement().filter(j -> j.pValue() <= filter.mostPValue().getAsDouble()).isPresent())
        && filter.word().map(word -> switch (word) {
          case GOOD, BAD -> SAID.containsKey(part.id()) && SAID.get(part.id()).name().equals(word.name());
          case ANY -> SAID.containsKey(part.id());
          case NONE -> !SAID.containsKey(part.id());
        }).orElse(true);
  }

  private static String text(Inspection part, Field field) {
    return switch (field) {
      case RECIPE -> part.recipe();
      case LOT -> part.lot().orElse(null);
      case SOURCE -> part.source();
      case STATION -> part.mark().station();
      case DOCUMENT -> part.mark().document().orElse(null);
      case BUNDLE -> part.judgement().map(Judgement::bundle).orElse(null);
    };
  }

  private static Comparator<Inspection> order(InspectionFilter filter) {
    Comparator<Inspection> byId = Comparator.comparing(Inspection::id);
    return (filter.hasSpan() ? Comparator.comparing(Inspection::capturedAt).thenComparing(byId) : byId).reversed();
  }

  /** Nothing reads the whole table or sorts more than a page may look at: SQLite's own word on it. */
  @Test
  void noWalkSortsAndEachTakesItsIndex() throws Exception {
    assertThat(planOf(filter(Map.of(), false))).noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(planOf(filter(Map.of(Field.LOT, "L1"), false))).anyMatch(step -> step.contains("inspection_by_lot (lot=?)")).noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(planOf(filter(Map.of(Field.RECIPE, "a"), false))).anyMatch(step -> step.contains("inspection_by_recipe (recipe=?)")).noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(planOf(filter(Map.of(Field.RECIPE, "a"), true))).anyMatch(step -> step.contains("inspection_by_capture (captured_at>? AND captured_at<?)"))
        .noneMatch(step -> step.contains("TEMP B-TREE"));
  }

  private static InspectionFilter filter(Map<Field, String> equal, boolean span) {
    return new InspectionFilter(equal, Optional.empty(), span ? Optional.of(NOON) : Optional.empty(), Optional.empty(), Set.of(), OptionalDouble.empty(), OptionalDouble.empty(),
        OptionalDouble.empty(), Optional.empty());
  }

  private static List<String> planOf(InspectionFilter filter) throws Exception {
    SearchPlan.Access walk = SearchPlan.of(filter).walk();
    return Sql.rows(fixture.dataSource, row -> row.getString("detail"), "EXPLAIN QUERY PLAN SELECT * FROM " + walk.table() + " WHERE " + walk.condition().sql()
        + (filter.hasSpan() ? " ORDER BY captured_at DESC, id DESC" : " ORDER BY id DESC") + " LIMIT 1", walk.condition().values().toArray());
  }

  @Test
  void pagesHaveOneToFiveHundredParts() {
    assertThat(fixture.store.search(InspectionFilter.NONE, Optional.empty(), 500).items()).hasSize(500);
    assertThatThrownBy(() -> fixture.store.search(InspectionFilter.NONE, Optional.empty(), 501)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fixture.store.search(InspectionFilter.NONE, Optional.empty(), 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCursorIsReadOnlyAsItWasWritten() {
    String id = ALL.get(0).id();
    assertThat(Cursor.parse("-5." + id).orElseThrow().capturedAt()).contains(Instant.ofEpochMilli(-5));
    for (String text : new String[] {"", "5." + id + "x", "x." + id, "1234567890123456." + id, "5.", id.toUpperCase(java.util.Locale.ROOT)}) {
      assertThat(Cursor.parse(text)).as(text).isEmpty();
    }
  }
}
