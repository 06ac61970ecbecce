package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.DefectClass;
import io.kerf.evaluation.EvaluationResult.Floor;
import io.kerf.evaluation.EvaluationResult.Overall;
import io.kerf.evaluation.EvaluationResult.SingleScore;
import io.kerf.model.ScoringRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes test images as they are judged and makes the figures of an {@link EvaluationResult} of them. Heat maps are counted, not kept.
 *
 * <p>Not safe for use by several threads.
 */
public final class Scorecard {
  private final double promisedFalseRejectRate;
  private final double threshold;
  private final int heldOut;
  private final List<CaseResult> cases = new ArrayList<>();
  private final List<CaseResult> floorCases = new ArrayList<>();
  private final Map<String, PixelRanking> pixels = new HashMap<>();

  /**
   * @param promisedFalseRejectRate α in (0, 1)
   * @param threshold the score above which a part is rejected
   * @param heldOut good parts the threshold was calibrated on
   */
  public Scorecard(double promisedFalseRejectRate, double threshold, int heldOut) {
    this.promisedFalseRejectRate = promisedFalseRejectRate;
    this.threshold = threshold;
    this.heldOut = heldOut;
  }

  public void add(CaseResult result) {
    cases.add(result);
  }

  /**
   * Counts the heat map of a defective part that has a mask.
   *
   * @param heatMap row-major, of the mask's extent; values comparable between images; higher is odder
   */
  public void addHeatMap(LabelledImage image, float[] heatMap, Mask mask) {
    pixels.computeIfAbsent(image.defectClass(), name -> new PixelRanking()).add(heatMap, mask);
  }

  /** Counts the heat map of a good part, all of whose pixels are good. Worth doing only where some class has masks. */
  public void addGoodHeatMap(float[] heatMap) {
    pixels.computeIfAbsent(LabelledImage.GOOD, name -> new PixelRanking()).addGood(heatMap);
  }

  /** Adds a test image as the random encoder scored it. */
  public void addFloor(CaseResult result) {
    floorCases.add(result);
  }

  /** Every image added, in the order added. */
  public List<CaseResult> cases() {
    return List.copyOf(cases);
  }

  public Overall overall() {
    Ranking ranking = ranking(cases, part -> true);
    PixelRanking allPixels = new PixelRanking();
    pixels.values().forEach(allPixels::addAll);
    int good = count(part -> !part.image().defective());
    int falseRejects = count(part -> !part.image().defective() && part.stopped());
    int defective = count(part -> part.image().defective());
    int detected = count(part -> part.image().defective() && part.stopped());
    return new Overall(ranking.auroc(), ranking.averagePrecision(), allPixels.auroc(), allPixels.aupro(), rate(falseRejects, good),
        rate(detected, defective), promisedFalseRejectRate,
        band(good),
        defective == 0 ? Optional.empty() : Optional.of(RateBand.clopperPearson(detected, defective)),
        good, falseRejects, defective, detected, count(Scorecard::isUnjudged),
        count(part -> !part.image().defective() && isUnjudged(part)), threshold, heldOut, ranking.roc());
  }

  /** False rejects where good test parts belong together. */
  public Optional<GroupedRejects> groups() {
    return GroupedRejects.of(cases, heldOut, promisedFalseRejectRate);
  }

  public Floor floor() {
    Ranking ranking = ranking(floorCases, part -> true);
    return new Floor(ranking.auroc(), ranking.averagePrecision(), ranking(floorCases, ScoreKind.THUMBNAIL).auroc(), ranking.roc());
  }

  /** Every single score on its own. @param rules calibrations and fusion of the model that judged */
  public Map<ScoreKind, SingleScore> scores(ScoringRules rules) {
    Map<ScoreKind, SingleScore> all = new EnumMap<>(ScoreKind.class);
    rules.each().forEach((kind, calibration) -> {
      double[] good = scores(cases, kind, false);
      double[] defective = scores(cases, kind, true);
      int falseRejects = (int) Arrays.stream(good).filter(calibration::rejects).count();
      int detected = (int) Arrays.stream(defective).filter(calibration::rejects).count();
      all.put(kind, new SingleScore(rules.fusion().kinds().contains(kind), new Ranking(good, defective).auroc(), rate(falseRejects, good.length), falseRejects,
          good.length, band(good.length), rate(detected, defective.length)));
    });
    return all;
  }

  private static Ranking ranking(List<CaseResult> of, ScoreKind kind) {
    return new Ranking(scores(of, kind, false), scores(of, kind, true));
  }

  private static double[] scores(List<CaseResult> of, ScoreKind kind, boolean defective) {
    return of.stream().filter(part -> part.image().defective() == defective).map(part -> part.score(kind)).filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble).toArray();
  }

  public SortedMap<String, DefectClass> classes() {
    SortedMap<String, DefectClass> classes = new TreeMap<>();
    for (CaseResult part : cases) {
      if (part.image().defective()) {
        classes.computeIfAbsent(part.image().defectClass(), this::defectClass);
      }
    }
    return classes;
  }

  private DefectClass defectClass(String name) {
    Predicate<CaseResult> ofClass = part -> part.image().defectClass().equals(name);
    Ranking ranking = ranking(cases, ofClass);
    PixelRanking classPixels = new PixelRanking();
    for (String source : List.of(name, LabelledImage.GOOD)) {
      if (pixels.containsKey(source)) {
        classPixels.addAll(pixels.get(source));
      }
    }
    int defective = count(ofClass);
    int detected = count(ofClass.and(CaseResult::stopped));
    return new DefectClass(ranking.auroc(), ranking.averagePrecision(), rate(detected, defective), classPixels.auroc(),
        classPixels.aupro(), defective, detected, count(ofClass.and(Scorecard::isUnjudged)), ranking.roc());
  }

  /** Ranks judged images: all good ones against the defective ones that {@code which} takes. */
  private static Ranking ranking(List<CaseResult> of, Predicate<CaseResult> which) {
    return new Ranking(scores(of, part -> !part.image().defective()), scores(of, which.and(part -> part.image().defective())));
  }

  private static double[] scores(List<CaseResult> of, Predicate<CaseResult> which) {
    return of.stream().filter(which).map(CaseResult::score).filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble).toArray();
  }

  /** Where the rate of so many good parts lies if the promise is kept: every score is calibrated on the same held-out parts. */
  private Optional<RateBand> band(int good) {
    return good == 0 ? Optional.empty() : Optional.of(RateBand.promised(good, heldOut, promisedFalseRejectRate));
  }

  private static boolean isUnjudged(CaseResult part) {
    return part.reason().isPresent();
  }

  private int count(Predicate<CaseResult> which) {
    return (int) cases.stream().filter(which).count();
  }

  private static OptionalDouble rate(int count, int of) {
    return of == 0 ? OptionalDouble.empty() : OptionalDouble.of(count / (double) of);
  }
}
