package io.kerf.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kerf.evaluation.EvaluationResult.Case;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ExchangeabilityTest {
  private static List<Case> good(double... pValues) {
    return DoubleStream.of(pValues).mapToObj(p -> new Case("good/x", "good", false, "OK", OptionalDouble.of(1), OptionalDouble.of(p), Map.of(), Optional.empty(), 1)).toList();
  }

  @Test
  void partsFromTheSameBoxAreNotCalledShifted() {
    Exchangeability even = Exchangeability.of(good(0.1, 0.3, 0.5, 0.7, 0.9, 1.0), 19).orElseThrow();
    assertThat(even.expected()).isCloseTo(0.525, within(1e-12));
    assertThat(even.shifted()).isFalse();
  }

  @Test
  void odderPartsAreCalledShiftedWithTheFigures() {
    // By hand: mean 0.1, expected 55/108 = 0.50926, error √((1/20 + 1/53)/12) = 0.075763, (0.50926 − 0.1)/0.075763 = 5.402.
    Exchangeability odd = Exchangeability.of(good(DoubleStream.generate(() -> 0.1).limit(20).toArray()), 53).orElseThrow();
    assertThat(odd.standardErrors()).isCloseTo(5.402, within(1e-3));
    assertThat(odd.shifted()).isTrue();
    assertThat(odd.sentence()).contains("0.10").contains("0.51").contains("5.4 standard errors");
  }

  @Test
  void withoutGoodPartsThereIsNothingToSay() {
    assertThat(Exchangeability.of(List.of(), 53)).isEmpty();
  }
}
