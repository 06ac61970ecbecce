package io.kerf.training.continual;

import io.kerf.density.CountDistribution;
import io.kerf.model.Truth;
import io.kerf.training.continual.GateEvidence.AgeGroup;
import io.kerf.training.continual.GateEvidence.Detection;
import io.kerf.training.continual.GateEvidence.GoldenPart;
import io.kerf.training.continual.GateReport.Check;
import io.kerf.training.continual.GateReport.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Whether a candidate may take the place of the model in use: a pure function of what was measured of both.
 *
 * @param tolerance by how much an area under the ROC curve may fall below the one it is compared with: that of the model in use on pasted defects,
 *     that of a random encoder on unseen ones. Seeds are fixed, but 48 parts are few
 */
public record Gate(double tolerance) {
  /** As the export itself is checked. */
  static final double MOST_EXPORT_ERROR = 1e-4;
  /** More rejects than chance gives with this probability are too many. */
  private static final double CERTAINTY = 0.99;

  public static final Gate DEFAULT = new Gate(0.02);

  public GateReport judge(GateEvidence evidence) {
    List<Check> checks = new ArrayList<>();
    checks.add(exported(evidence.exportError()));
    checks.add(goldenBad(golden(evidence, Truth.BAD)));
    checks.add(goldenGood(golden(evidence, Truth.GOOD), evidence.falseRejectBudget()));
    checks.add(falseRejects(evidence.ages(), evidence.falseRejectBudget()));
    checks.add(detects(evidence.detections()));
    checks.add(aboveTheFloor(evidence.fused(), evidence.floor()));
    return new GateReport(checks);
  }

  private static List<GoldenPart> golden(GateEvidence evidence, Truth truth) {
    return evidence.golden().stream().filter(part -> part.truth() == truth).toList();
  }

  private static Check exported(double error) {
    return new Check(Rule.EXPORT, error <= MOST_EXPORT_ERROR, String.format(Locale.ROOT,
        "The exported encoder differs from the trained one by %.1e of the largest value; at most %.1e is allowed.", error, MOST_EXPORT_ERROR));
  }

  /** Every bad part that the model in use finds, without exception. */
  private static Check goldenBad(List<GoldenPart> bad) {
    List<String> missed = bad.stream().filter(part -> part.activeRejects() && !part.candidateRejects()).map(GoldenPart::id).toList();
    long found = bad.stream().filter(GoldenPart::candidateRejects).count();
    long before = bad.stream().filter(GoldenPart::activeRejects).count();
    String sentence = bad.isEmpty() ? "No bad part is in the golden set, so none can be missed."
        : "Finds " + found + " of " + bad.size() + " golden bad parts; the model in use finds " + before + "."
            + (missed.isEmpty() ? "" : " Misses what that one finds: " + shortened(missed) + ".");
    return new Check(Rule.GOLDEN_BAD, missed.isEmpty(), sentence);
  }

  private static Check goldenGood(List<GoldenPart> good, double budget) {
    int rejected = (int) good.stream().filter(GoldenPart::candidateRejects).count();
    int most = good.isEmpty() ? 0 : CountDistribution.binomial(good.size(), budget).quantile(CERTAINTY);
    String sentence = good.isEmpty() ? "No good part is in the golden set, so none can be rejected."
        : "Rejects " + rejected + " of " + good.size() + " golden good parts; the budget allows " + most + ".";
    return new Check(Rule.GOLDEN_GOOD, rejected <= most, sentence);
  }

  /** Of each age by itself: a model that fits the newest parts must not have forgotten the oldest. */
  private static Check falseRejects(List<AgeGroup> ages, double budget) {
    boolean passed = true;
    List<String> words = new ArrayList<>();
    for (AgeGroup age : ages) {
      int most = CountDistribution.binomial(age.parts(), budget).quantile(CERTAINTY);
      boolean kept = age.rejectedBefore() || age.rejected() <= most;
      passed &= kept;
      words.add(age.rejected() + " of " + age.parts() + " " + age.name() + (kept ? "" : " (at most " + most + ")"));
    }
    return new Check(Rule.FALSE_REJECTS, passed, String.format(Locale.ROOT, "Of held-out good parts it rejects %s, at a budget of %.3g %%.", String.join(", ", words),
        100 * budget));
  }

  private Check detects(List<Detection> detections) {
    boolean passed = detections.stream().allMatch(found -> found.candidate() >= found.active() - tolerance);
    String words = detections.stream().map(found -> String.format(Locale.ROOT, "%s %.3f (in use: %.3f)", found.defect(), found.candidate(), found.active()))
        .collect(Collectors.joining(", "));
    return new Check(Rule.DETECTION, passed, "Area under the ROC curve on pasted defects: " + words + String.format(Locale.ROOT, "; at most %.2f less is allowed.",
        tolerance));
  }

  private Check aboveTheFloor(double fused, double floor) {
    return new Check(Rule.FLOOR, fused >= floor - tolerance, String.format(Locale.ROOT,
        "On unseen synthetic defects its area under the ROC curve is %.3f, that of a random encoder %.3f; at most %.2f less is allowed.", fused, floor, tolerance));
  }

  private static String shortened(List<String> ids) {
    int shown = Math.min(5, ids.size());
    return String.join(", ", ids.subList(0, shown)) + (ids.size() > shown ? " and " + (ids.size() - shown) + " more" : "");
  }
}
