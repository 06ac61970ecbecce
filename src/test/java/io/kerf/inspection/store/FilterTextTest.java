package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionFilter.Field;
import io.kerf.inspection.store.InspectionFilter.PartPattern;
import io.kerf.inspection.store.InspectionFilter.Word;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTextTest {
  @Test
  void everyFieldIsHeard() {
    Map<String, String> texts = Map.ofEntries(Map.entry("recipe", "disc"), Map.entry("lot", "L7"), Map.entry("source", "http"), Map.entry("station", "Press 4"),
        Map.entry("document", "d0c"), Map.entry("bundle", "b0b"), Map.entry("part", "A-17*"), Map.entry("from", "2026-11-24"), Map.entry("until", "2026-11-24T12:00:00Z"),
        Map.entry("verdict", "NG, UNJUDGED"), Map.entry("scoreFrom", "1.5"), Map.entry("scoreTo", "2"), Map.entry("pValueTo", "0.01"), Map.entry("reviewed", "bad"));
    assertThat(FilterText.parse(texts, ZoneId.of("Europe/Berlin"))).isEqualTo(new InspectionFilter(
        Map.of(Field.RECIPE, "disc", Field.LOT, "L7", Field.SOURCE, "http", Field.STATION, "Press 4", Field.DOCUMENT, "d0c", Field.BUNDLE, "b0b"),
        Optional.of(new PartPattern("A-17", true)), Optional.of(Instant.parse("2026-11-23T23:00:00Z")), Optional.of(Instant.parse("2026-11-24T12:00:00Z")),
        Set.of(Verdict.NG, Verdict.UNJUDGED), OptionalDouble.of(1.5), OptionalDouble.of(2), OptionalDouble.of(0.01), Optional.of(Word.BAD)));
  }

  @Test
  void whatIsBlankOrMissingIsNotAskedFor() {
    assertThat(FilterText.parse(Map.of("part", " ", "verdict", ""), ZoneOffset.UTC)).isEqualTo(InspectionFilter.NONE);
  }

  @ParameterizedTest
  @CsvSource({"verdict,GOOD", "verdict,'OK,,NG'", "reviewed,maybe", "scoreFrom,much", "scoreTo,NaN", "pValueTo,1e999", "from,yesterday", "recipe,../etc"})
  void whatIsNotValidIsRefusedByItsName(String field, String text) {
    assertThatThrownBy(() -> FilterText.parse(Map.of(field, text), ZoneOffset.UTC)).isInstanceOfSatisfying(FaultException.class, e -> {
      assertThat(e.fault()).isEqualTo(Fault.BAD_FIELD);
      assertThat(e.detail()).containsIgnoringCase(field);
    });
  }

  @Test
  void aSpanEndsAfterItBegins() {
    assertThatThrownBy(() -> FilterText.parse(Map.of("from", "2026-11-24", "until", "2026-11-24"), ZoneOffset.UTC)).isInstanceOf(FaultException.class)
        .hasMessageContaining("is not before until");
  }
}
