package io.kerf.training.compiling;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.density.Calibration;
import io.kerf.density.TailPolicy;
import io.kerf.encoder.tensorrt.Precision;
import io.kerf.training.compiling.PlanComparison.Pair;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanComparisonTest {
  /** 0, 1, … 40: median 20, quartiles 10 and 30, so that the spread is 20; the threshold of 10 % lies at 37. */
  private static final Calibration CALIBRATION = Calibration.of(IntStream.rangeClosed(0, 40).mapToDouble(i -> i).toArray(), 0.1, TailPolicy.REFUSE);

  private static PlanComparison of(Precision precision, double reference, double compiled) {
    return PlanComparison.of(List.of(new Pair("calm.png", 20, 20), new Pair("part.png", reference, compiled)), CALIBRATION, precision);
  }

  /** By hand: at 20 the spread alone counts, 20; at 120 it is 20 + 100. */
  @ParameterizedTest
  @CsvSource({
      "FP32, 20, 20.19, true", "FP32, 20, 20.21, false", "FP32, 20, 19.79, false",
      "FP16, 20, 20.99, true", "FP16, 20, 21.01, false", "FP16, 120, 125.9, true", "FP16, 120, 126.1, false",
      "INT8, 20, 24.9, true", "INT8, 20, 25.1, false", "INT8, 120, 90.1, true", "INT8, 120, 89.9, false",
      "FP16, 20, NaN, false", "FP16, 20, Infinity, false", "FP16, 20, 20, true"})
  void aPlanMayDifferByWhatItsPrecisionRoundsAndNoMore(Precision precision, double reference, double compiled, boolean agrees) {
    assertThat(of(precision, reference, compiled).refusal().isEmpty()).isEqualTo(agrees);
  }

  @Test
  void aVerdictMayFlipCloseToTheThresholdAlone() {
    double threshold = CALIBRATION.threshold();
    PlanComparison close = of(Precision.FP16, threshold + 0.2, threshold - 0.2);
    assertThat(close.refusal()).isEmpty();
    assertThat(close.words()).contains("2 parts").contains("1 verdict flipped");
    PlanComparison far = of(Precision.FP16, threshold + 2, threshold - 0.2);
    assertThat(far.refusal()).hasValueSatisfying(why -> assertThat(why).contains("part.png", "FP16"));
  }

  @Test
  void aPlanThatSaysTheSameOfEveryPartIsRefusedThoughNoGoodPartIsStopped() {
    List<Pair> constant = List.of(new Pair("good.png", 10, 12), new Pair("good.png with a defect pasted on it", 80, 12));
    assertThat(PlanComparison.of(constant, CALIBRATION, Precision.INT8).refusal()).hasValueSatisfying(why -> assertThat(why).contains("with a defect pasted on it"));
  }

  @Test
  void whatWasComparedWithNothingIsRefused() {
    assertThat(PlanComparison.of(List.of(), CALIBRATION, Precision.FP32).refusal()).isPresent();
  }
}
