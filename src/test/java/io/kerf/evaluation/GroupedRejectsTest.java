package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GroupedRejectsTest {
  private final List<CaseResult> cases = new ArrayList<>();

  /** Two of four groups rejected whole: B = 10/3, W = 0, so ρ = 1 and 40 parts say as much as four. */
  @Test
  void partsThatAreAlwaysRejectedTogetherSayAsMuchAsTheirGroups() {
    group("a", 10, 10);
    group("b", 0, 10);
    group("c", 10, 10);
    group("d", 0, 10);
    GroupedRejects grouped = GroupedRejects.of(cases, 99, 0.05).orElseThrow();
    assertThat(grouped.correlation()).isEqualTo(1);
    assertThat(grouped.independentParts()).isEqualTo(4);
    assertThat(grouped.band()).isEqualTo(RateBand.promised(4, 99, 0.05));
    assertThat(grouped.band().allows(20, 40)).isFalse();
  }

  /**
   * By hand for 6 of 10 and 2 of 20: rate 8/30; B = 10·(1/3)² + 20·(1/6)² = 5/3; W = (2.4 + 1.8)/28 = 0.15; Σnᵢ²/n = 500/30, m = 40/3;
   * ρ = (5/3 − 0.15)/(5/3 + 37/3·0.15) = 0.43128; 30/(1 + 15.667·0.43128) = 3.87.
   */
  @Test
  void theCorrelationIsThatOfTheAnalysisOfVariance() {
    group("a", 6, 10);
    group("b", 2, 20);
    GroupedRejects grouped = GroupedRejects.of(cases, 99, 0.05).orElseThrow();
    assertThat(grouped.correlation()).isCloseTo(0.43128, within(1e-5));
    assertThat(grouped.independentParts()).isEqualTo(4);
    assertThat(grouped.byGroup()).isEqualTo(Map.of("a", new GroupedRejects.Tally(6, 10), "b", new GroupedRejects.Tally(2, 20)));
    assertThat(grouped.sentence()).contains("2 groups", "being rejected 0.43", "as much as 4 independent parts", "a 6 of 10, b 2 of 20");
  }

  @Test
  void groupsThatAreAlikeChangeNothing() {
    group("a", 1, 20);
    group("b", 1, 20);
    assertThat(GroupedRejects.of(cases, 99, 0.05).orElseThrow().independentParts()).isEqualTo(40);
    cases.clear();
    group("a", 0, 20);
    group("b", 0, 20);
    assertThat(GroupedRejects.of(cases, 99, 0.05).orElseThrow().correlation()).isZero();
  }

  @Test
  void whereNothingBelongsTogetherThereIsNothingToSay() {
    group("a", 1, 20);
    assertThat(GroupedRejects.of(cases, 99, 0.05)).as("one group").isEmpty();
    add(false, Optional.empty());
    assertThat(GroupedRejects.of(cases, 99, 0.05)).as("a part of none").isEmpty();
    cases.clear();
    group("a", 0, 1);
    group("b", 1, 1);
    assertThat(GroupedRejects.of(cases, 99, 0.05)).as("each its own").isEmpty();
    assertThat(GroupedRejects.of(List.of(), 99, 0.05)).isEmpty();
  }

  private void group(String name, int rejected, int good) {
    for (int i = 0; i < good; i++) {
      add(i < rejected, Optional.of(name));
    }
  }

  private void add(boolean rejected, Optional<String> group) {
    cases.add(new CaseResult(new LabelledImage(Path.of("1.png"), LabelledImage.GOOD, false, Optional.empty(), group),
        new CaseResult.Judged(1, 0.5, rejected, Map.of()), 1));
  }
}
