package io.kerf.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {
  private static final double[] ONE_TO_99 = IntStream.rangeClosed(1, 99).mapToDouble(i -> i).toArray();

  @Test
  void pValueCountsTheHeldOutPartsAtLeastAsOdd() {
    Calibration calibration = Calibration.of(new double[] {3, 1, 2, 2}, 0.4, TailPolicy.REFUSE);
    assertThat(DoubleStream.of(0, 1, 1.5, 2, 2.5, 3, 4).map(s -> calibration.pValue(s).value()))
        .containsExactly(5 / 5.0, 5 / 5.0, 4 / 5.0, 4 / 5.0, 2 / 5.0, 2 / 5.0, 1 / 5.0);
    assertThat(calibration.pValue(4).oneIn()).isEqualTo(5);
    assertThat(calibration.pValue(4).extrapolated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0.01, 99", "0.05, 95", "0.1, 90", "0.0999, 91", "0.99, 1", "0.5, 50"})
  void thresholdIsTheLargestScoreThatTheBudgetKeeps(double budget, double threshold) {
    assertThat(Calibration.of(ONE_TO_99, budget, TailPolicy.REFUSE).threshold()).isEqualTo(threshold);
  }

  @Test
  void verdictByThresholdAndVerdictByPValueAlwaysAgree() {
    Random random = new Random(17);
    for (int round = 0; round < 400; round++) {
      int n = 1 + random.nextInt(120);
      int levels = 1 + random.nextInt(40);
      // Few levels make ties; a shift makes negative scores.
      double[] scores = random.doubles(n).map(u -> Math.floor(u * levels) / 7 - 2).toArray();
      double budget = random.nextBoolean() ? (1 + random.nextInt(n)) / (n + 1.0) : 0.001 + 0.9 * random.nextDouble();
      TailPolicy policy = TailPolicy.values()[round % 2];
      Optional<Calibration> calibration = calibrated(scores, budget, policy);
      calibration.ifPresent(c -> assertAgreement(c, scores, random));
    }
  }

  private static Optional<Calibration> calibrated(double[] scores, double budget, TailPolicy policy) {
    try {
      return Optional.of(Calibration.of(scores, budget, policy));
    } catch (FaultException e) {
      assertThat(e.fault()).isEqualTo(Fault.BUDGET_TOO_TIGHT);
      assertThat(1.0 / (scores.length + 1)).isGreaterThan(budget);
      return Optional.empty();
    }
  }

  private static void assertAgreement(Calibration calibration, double[] scores, Random random) {
    double threshold = calibration.threshold();
    DoubleStream probes = DoubleStream.concat(
        Arrays.stream(scores).flatMap(s -> DoubleStream.of(Math.nextDown(s), s, Math.nextUp(s))),
        DoubleStream.concat(
            DoubleStream.of(threshold, Math.nextUp(threshold), Math.nextDown(threshold), -1e300, 1e300, Double.MAX_VALUE,
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0, -0.0),
            random.doubles(50, -3, 20)));
    probes.forEach(s -> {
      boolean byPValue = calibration.pValue(s).value() <= calibration.falseRejectBudget();
      assertThat(s > threshold).as("score %s, threshold %s", s, threshold).isEqualTo(byPValue);
      assertThat(calibration.rejects(s)).isEqualTo(byPValue);
    });
  }

  @Test
  void aBudgetTighterThanTheHeldOutPartsIsRefusedWithTheWaysOut() {
    assertThatThrownBy(() -> Calibration.of(ONE_TO_99, 0.001, TailPolicy.REFUSE))
        .isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUDGET_TOO_TIGHT))
        .hasMessage("A false-reject budget of 0.100 % needs 999 held-out good parts; there are 99, which show 1.00 % at the tightest."
            + " Add good parts (1998 in all are enough), or allow a larger budget, or ask for the extrapolated tail by name"
            + " (EXTRAPOLATE; it takes 30 held-out parts or more).");
    assertFault(Fault.BUDGET_TOO_TIGHT, () -> Calibration.of(Arrays.copyOf(ONE_TO_99, 98), 0.01, TailPolicy.REFUSE));
  }

  @Test
  void theExtrapolatedTailToo() {
    assertFault(Fault.BUDGET_TOO_TIGHT, () -> Calibration.of(ONE_TO_99, 0.00009, TailPolicy.EXTRAPOLATE));
    assertThat(Calibration.of(ONE_TO_99, 0.0001, TailPolicy.EXTRAPOLATE).threshold()).isGreaterThan(99);
    // Too few parts for a tail, and largest scores without a spread.
    assertFault(Fault.BUDGET_TOO_TIGHT, () -> Calibration.of(Arrays.copyOf(ONE_TO_99, 29), 0.01, TailPolicy.EXTRAPOLATE));
    assertFault(Fault.BUDGET_TOO_TIGHT, () -> Calibration.of(new double[60], 0.01, TailPolicy.EXTRAPOLATE));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 19", "0.01, 99", "0.001, 999", "0.3, 3", "0.5, 1", "0.9, 1", "1e-6, 999999", "0.07, 14"})
  void fewestHeldOutIsTheSmallestCountThatShowsTheBudget(double budget, int expected) {
    assertThat(Calibration.fewestHeldOut(budget)).isEqualTo(expected);
  }

  /** numpy: a0 = y.mean(); a1 = ((1-(arange(1,11)-.35)/10)*y).mean(); 2-a0/(a0-2*a1), 2*a0*a1/(a0-2*a1). */
  @Test
  void tailIsFittedByProbabilityWeightedMoments() {
    double[] excesses = {.1, .4, .5, .9, 1.3, 2.2, 3.1, 4.7, 8.8, 17};
    List<Double> rising = DoubleStream.concat(IntStream.range(0, 21).mapToDouble(i -> i / 20.0 - 1), Arrays.stream(excesses)).boxed().toList();
    ParetoTail tail = ParetoTail.of(rising).orElseThrow();
    assertThat(tail.start()).isZero();
    assertThat(tail.exceedances()).isEqualTo(10);
    assertThat(tail.shape()).isCloseTo(0.4468339307048985, within(1e-12));
    assertThat(tail.scale()).isCloseTo(2.1573476702508954, within(1e-12));
    // scipy.stats.genpareto.sf(10, 0.4468339307048985, scale=2.1573476702508954)
    assertThat(tail.survival(10)).isCloseTo(0.08117347211121743, within(1e-12));
  }

  @Test
  void aShortTailIsTakenAsExponentialSoThatNoGoodPartIsImpossible() {
    List<Double> rising = Arrays.stream(ONE_TO_99).boxed().toList();
    ParetoTail tail = ParetoTail.of(rising).orElseThrow();
    assertThat(tail.shape()).isZero();
    assertThat(tail.scale()).isCloseTo(5.5, within(1e-12));
  }

  @Test
  void pValuesNeverRiseAndStayFiniteWhateverThePolicy() {
    double[] scores = new Random(4).doubles(200).map(u -> -Math.log(u)).toArray();
    for (TailPolicy policy : TailPolicy.values()) {
      Calibration calibration = Calibration.of(scores, 0.05, policy);
      double previous = 1;
      for (double s = -1; s < 40; s += 0.003) {
        PValue p = calibration.pValue(s);
        assertThat(p.value()).isPositive().isLessThanOrEqualTo(previous);
        previous = p.value();
      }
      assertThat(calibration.pValue(Double.MAX_VALUE).oneIn()).isFinite().isLessThanOrEqualTo(201 * 100 * 1.0001);
    }
  }

  @Test
  void onlyPValuesAboveTheLargestHeldOutScoreAreExtrapolated() {
    Calibration refusing = Calibration.of(ONE_TO_99, 0.05, TailPolicy.REFUSE);
    Calibration extrapolating = refusing.withBudget(0.05, TailPolicy.EXTRAPOLATE);
    assertThat(extrapolating.threshold()).isEqualTo(refusing.threshold());
    assertThat(extrapolating.pValue(99)).isEqualTo(refusing.pValue(99));
    assertThat(extrapolating.pValue(99.5).extrapolated()).isTrue();
    assertThat(extrapolating.pValue(150).value()).isLessThan(refusing.pValue(150).value());
  }

  /**
   * With n = 199 and α = 5 % the share of good parts above the threshold is Beta(10, 190) over calibrations (mean 0.05, deviation
   * 0.01537; 0.1 and 99.9 % quantiles 0.01511 and 0.11000 by scipy.stats.beta.ppf). Uniform scores make that share 1 − threshold.
   */
  @Test
  void theShareOfGoodPartsRejectedIsWithinItsBand() {
    Random random = new Random(2024);
    int draws = 4000;
    double total = 0;
    int outside = 0;
    for (int d = 0; d < draws; d++) {
      double share = 1 - Calibration.of(random.doubles(199).toArray(), 0.05, TailPolicy.REFUSE).threshold();
      total += share;
      outside += share < 0.01511 || share > 0.11000 ? 1 : 0;
    }
    assertThat(total / draws).isCloseTo(0.05, within(4 * 0.01537 / Math.sqrt(draws)));
    // Binomial(4000, 0.002): above 20 with probability 1e-4.
    assertThat(outside).isLessThanOrEqualTo(20);
  }

  @Test
  void theExtrapolatedShareIsOfTheRightOrder() {
    Random random = new Random(7);
    int draws = 400;
    double total = 0;
    for (int d = 0; d < draws; d++) {
      double[] exponential = random.doubles(200).map(u -> -Math.log(u)).toArray();
      total += Math.exp(-Calibration.of(exponential, 0.001, TailPolicy.EXTRAPOLATE).threshold());
    }
    assertThat(total / draws).isBetween(0.0005, 0.002);
  }

  @Test
  void isWrittenAndReadBackEqual() throws Exception {
    ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    double[] scores = new Random(1).doubles(64).map(u -> -Math.log(u)).toArray();
    for (Calibration calibration : List.of(Calibration.of(scores, 0.05, TailPolicy.REFUSE),
        Calibration.of(scores, 0.001, TailPolicy.EXTRAPOLATE))) {
      String json = mapper.writeValueAsString(calibration);
      assertThat(mapper.readValue(json, Calibration.class)).isEqualTo(calibration);
    }
  }

  @Test
  void refusesToBeReadWithAThresholdThatDoesNotFollow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Calibration(List.of(1.0, 2.0), 0.5, TailPolicy.REFUSE, Optional.empty(), 1.5))
        .withMessageContaining("threshold");
  }

  @Test
  void refusesNumbersThatMeanNothing() {
    assertFault(Fault.TOO_FEW_NORMALS, () -> Calibration.of(new double[0], 0.05, TailPolicy.REFUSE));
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.of(new double[] {1, Double.NaN}, 0.5, TailPolicy.REFUSE));
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.of(ONE_TO_99, 0, TailPolicy.REFUSE));
    assertThatIllegalArgumentException().isThrownBy(() -> Calibration.of(ONE_TO_99, 1, TailPolicy.REFUSE));
    Calibration calibration = Calibration.of(ONE_TO_99, 0.05, TailPolicy.REFUSE);
    assertThatIllegalArgumentException().isThrownBy(() -> calibration.rejects(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> calibration.pValue(Double.NaN));
  }

  private static void assertFault(Fault fault, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(fault));
  }
}
