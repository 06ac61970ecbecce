package io.kerf.inspection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidencePolicyTest {
  private static final List<String> IDS = Stream.generate(new InspectionIds(Clock.systemUTC(), new Random(1), Optional.empty())::next).limit(20_000).toList();

  @ParameterizedTest
  @CsvSource({"1,true,true,true,true,true", "0,true,true,false,true,true", "0,false,true,false,false,true", "0,true,false,false,true,false", "1,false,false,true,false,false"})
  void eachVerdictHasItsOwnWord(double okShare, boolean ng, boolean unjudged, boolean keepsOk, boolean keepsNg, boolean keepsUnjudged) {
    EvidencePolicy policy = new EvidencePolicy(okShare, ng, unjudged);
    assertThat(IDS.subList(0, 100)).allSatisfy(id -> {
      assertThat(policy.keeps(id, Verdict.OK)).isEqualTo(keepsOk);
      assertThat(policy.keeps(id, Verdict.NG)).isEqualTo(keepsNg);
      assertThat(policy.keeps(id, Verdict.UNJUDGED)).isEqualTo(keepsUnjudged);
    });
  }

  /** Within five standard deviations, over all and over each stretch of two thousand parts. */
  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void theSampleIsEvenAndOfTheSizeAskedFor(double share) {
    EvidencePolicy policy = new EvidencePolicy(share, true, true);
    for (int stretch = 0; stretch < 10; stretch++) {
      long kept = IDS.subList(2000 * stretch, 2000 * (stretch + 1)).stream().filter(id -> policy.keeps(id, Verdict.OK)).count();
      assertThat((double) kept).isBetween(2000 * share - 5 * Math.sqrt(2000 * share * (1 - share)), 2000 * share + 5 * Math.sqrt(2000 * share * (1 - share)));
    }
  }

  @Test
  void theSampleIsTheSameEachTimeAndALargerOneHoldsASmaller() {
    EvidencePolicy small = new EvidencePolicy(0.1, true, true);
    EvidencePolicy large = new EvidencePolicy(0.3, true, true);
    List<String> kept = IDS.stream().filter(id -> small.keeps(id, Verdict.OK)).toList();
    assertThat(IDS.stream().filter(id -> new EvidencePolicy(0.1, true, true).keeps(id, Verdict.OK))).containsExactlyElementsOf(kept);
    assertThat(kept).allMatch(id -> large.keeps(id, Verdict.OK));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void aShareIsNoughtToOne(double share) {
    assertThatThrownBy(() -> new EvidencePolicy(share, true, true)).isInstanceOf(IllegalArgumentException.class);
  }
}
