package io.kerf.training.continual;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.model.Truth;
import io.kerf.training.continual.GateEvidence.AgeGroup;
import io.kerf.training.continual.GateEvidence.Detection;
import io.kerf.training.continual.GateEvidence.GoldenPart;
import io.kerf.training.continual.GateReport.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {
  private static final GateEvidence GOOD = new GateEvidence(1e-6, List.of(bad("b1", true, true), bad("b2", false, true), bad("b3", false, false), good("g1", false)), 0.05,
      List.of(new AgeGroup("of the original set", 2, 40), new AgeGroup("collected up to 2026-05-01", 1, 20)), List.of(new Detection("CutPaste", 0.98, 0.97)), 0.97, 0.9);

  private static GoldenPart bad(String id, boolean active, boolean candidate) {
    return new GoldenPart(id, Truth.BAD, active, candidate);
  }

  private static GoldenPart good(String id, boolean candidate) {
    return new GoldenPart(id, Truth.GOOD, false, candidate);
  }

  private static GateEvidence with(double error, List<GoldenPart> golden, List<AgeGroup> ages, List<Detection> detections, double fused) {
    return new GateEvidence(error, golden, GOOD.falseRejectBudget(), ages, detections, fused, GOOD.floor());
  }

  private static GateEvidence golden(GoldenPart... parts) {
    return with(1e-6, List.of(parts), GOOD.ages(), GOOD.detections(), 0.97);
  }

  private static GateEvidence ages(AgeGroup... ages) {
    return with(1e-6, GOOD.golden(), List.of(ages), GOOD.detections(), 0.97);
  }

  private static GateEvidence detections(double active, double candidate) {
    return with(1e-6, GOOD.golden(), GOOD.ages(), List.of(new Detection("CutPaste", 0.9, 0.9), new Detection("Scar", active, candidate)), 0.97);
  }

  private static GoldenPart[] goodParts(int count, int rejected) {
    List<GoldenPart> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(good("g" + i, i < rejected));
    }
    return parts.toArray(GoldenPart[]::new);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of("all well", GOOD, List.of()),
        Arguments.of("nothing in the golden set", golden(), List.of()),
        Arguments.of("the export differs", with(2e-4, GOOD.golden(), GOOD.ages(), GOOD.detections(), 0.97), List.of(Rule.EXPORT)),
        Arguments.of("an export error that is no number", with(Double.NaN, GOOD.golden(), GOOD.ages(), GOOD.detections(), 0.97), List.of(Rule.EXPORT)),
        Arguments.of("misses one bad part that the model in use finds", golden(bad("b1", true, false), bad("b2", false, true)), List.of(Rule.GOLDEN_BAD)),
        Arguments.of("misses what the model in use misses too", golden(bad("b1", false, false)), List.of()),
        Arguments.of("one golden good part rejected", golden(goodParts(1, 1)), List.of()),
        Arguments.of("two of two golden good parts rejected", golden(goodParts(2, 2)), List.of(Rule.GOLDEN_GOOD)),
        Arguments.of("chance may reject 6 of 40", golden(goodParts(40, 6)), List.of()),
        Arguments.of("7 of 40 are too many", golden(goodParts(40, 7)), List.of(Rule.GOLDEN_GOOD)),
        Arguments.of("has forgotten the oldest", ages(new AgeGroup("of the original set", 7, 40), new AgeGroup("new", 0, 60)), List.of(Rule.FALSE_REJECTS)),
        Arguments.of("does not know the newest", ages(new AgeGroup("of the original set", 0, 40), new AgeGroup("new", 8, 40)), List.of(Rule.FALSE_REJECTS)),
        Arguments.of("still rejects what was rejected before", ages(new AgeGroup("all", 0, 40), new AgeGroup("said to be good", 9, 9, true)), List.of()),
        Arguments.of("finds pasted defects a little worse", detections(0.95, 0.931), List.of()),
        Arguments.of("finds one kind of pasted defect worse", detections(0.95, 0.929), List.of(Rule.DETECTION)),
        Arguments.of("a detection that is no number", detections(0.95, Double.NaN), List.of(Rule.DETECTION)),
        Arguments.of("below the floor", with(1e-6, GOOD.golden(), GOOD.ages(), GOOD.detections(), 0.879), List.of(Rule.FLOOR)),
        Arguments.of("at the floor but for chance", with(1e-6, GOOD.golden(), GOOD.ages(), GOOD.detections(), 0.881), List.of()),
        Arguments.of("everything at once", with(1, List.of(bad("b1", true, false), good("g1", true), good("g2", true)), List.of(new AgeGroup("all", 9, 9)),
            List.of(new Detection("Scar", 1, 0)), 0), List.of(Rule.values())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void judges(String name, GateEvidence evidence, List<Rule> objections) {
    GateReport report = Gate.DEFAULT.judge(evidence);
    assertThat(report.checks()).as("every rule is told, whatever the others say").extracting(GateReport.Check::rule).containsExactly(Rule.values());
    assertThat(report.checks().stream().filter(check -> !check.passed()).map(GateReport.Check::rule)).containsExactlyElementsOf(objections);
    assertThat(report.passed()).isEqualTo(objections.isEmpty());
    assertThat(report.objections()).hasSize(objections.size());
  }

  @Test
  void saysItInFigures() {
    assertThat(Gate.DEFAULT.judge(golden(bad("b1", true, false), bad("b2", true, true))).objections()).containsExactly(
        "Finds 1 of 2 golden bad parts; the model in use finds 2. Misses what that one finds: b1.");
    assertThat(Gate.DEFAULT.judge(GOOD).checks()).extracting(GateReport.Check::sentence).contains(
        "Of held-out good parts it rejects 2 of 40 of the original set, 1 of 20 collected up to 2026-05-01, at a budget of 5.00 %.",
        "Area under the ROC curve on pasted defects: CutPaste 0.970 (in use: 0.980); at most 0.02 less is allowed.");
  }
}
