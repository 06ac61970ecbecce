package io.kerf.evaluation;

import io.kerf.density.ScoreKind;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything an evaluation found: what {@code report.json} holds, field for field, and what the table and the page show.
 *
 * <p>Rates and areas are shares in [0, 1]. A figure that cannot be computed (no masks, no defective parts) is empty, null in JSON.
 *
 * @param dataset name of the data set
 * @param bundle digest of the bundle that judged
 * @param floor the same data judged by what has learnt nothing: no model may fall below
 * @param scores every single score on its own, those included that the verdict does not rest on
 * @param promises how often good parts are rejected by each score at usual budgets
 * @param groups false rejects where good test parts belong together; empty where they do not or nobody says
 * @param reasons why the verdict rests on those it rests on, for a person, one sentence each
 * @param hindsight what another choice of scores would have given; empty where the bundle's held-out scores were not kept
 * @param light what changes of light and place do to the verdicts; empty where that was not asked for
 * @param classes by name of the defect
 * @param stagesSeconds wall time of each stage of the evaluation, in order
 * @param cases every test image, in the data set's order
 */
public record EvaluationResult(
    String dataset,
    Instant createdAt,
    String bundle,
    Settings settings,
    Overall overall,
    Floor floor,
    Map<ScoreKind, SingleScore> scores,
    List<Promise> promises,
    Optional<GroupedRejects> groups,
    List<String> reasons,
    Optional<Hindsight> hindsight,
    Optional<Light> light,
    SortedMap<String, DefectClass> classes,
    Training training,
    Map<String, Double> stagesSeconds,
    Timings timingsMillis,
    Host host,
    List<Case> cases) {

  public EvaluationResult {
    Map<ScoreKind, SingleScore> ordered = new EnumMap<>(ScoreKind.class);
    ordered.putAll(scores);
    scores = Collections.unmodifiableMap(ordered);
    promises = List.copyOf(promises);
    reasons = List.copyOf(reasons);
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    stagesSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(stagesSeconds));
    cases = List.copyOf(cases);
  }

  /**
   * What was asked for.
   *
   * @param budget of training, as given: {@code 5m}, {@code 2000 steps}
   * @param lesson what was learnt, or {@code random} for an encoder that was not trained
   * @param alpha promised false-reject rate
   * @param askedAlpha the rate asked for; {@code alpha} is larger where the held-out parts could not show it
   * @param normals good parts drawn to learn from and to calibrate on; empty where all of the set were taken
   * @param fingerprint the same for the same question of the same images, whatever came of it
   * @param tail how p-values beyond the held-out parts are made: {@code empirical}, {@code extrapolated}
   */
  public record Settings(int sizePx, String budget, long seed, String lesson, String density, double alpha, double askedAlpha,
      OptionalInt normals, String fingerprint, String tail) {}

  /**
   * All test images together. An unjudged image has no score, so it is left out of {@code imageAuroc}, {@code averagePrecision} and
   * {@code roc}; but it stops the line, so it counts as a false reject where the part is good and as a detection where it is bad.
   *
   * @param good number of good parts, those unjudged included
   * @param defective number of defective parts, those unjudged included
   * @param falseRejectBand where the observed false-reject rate lies if the promise is kept; empty without good parts
   * @param detectionInterval 95 % confidence interval of the detection rate; empty without defective parts
   * @param threshold the score above which a part is rejected
   * @param heldOut good parts the threshold was calibrated on
   */
  public record Overall(
      OptionalDouble imageAuroc,
      OptionalDouble averagePrecision,
      OptionalDouble pixelAuroc,
      OptionalDouble aupro,
      OptionalDouble falseRejectRate,
      OptionalDouble detectionRate,
      double promisedFalseRejectRate,
      Optional<RateBand> falseRejectBand,
      Optional<RateBand> detectionInterval,
      int good,
      int falseRejects,
      int defective,
      int detected,
      int unjudged,
      int unjudgedGood,
      double threshold,
      int heldOut,
      List<Ranking.RocPoint> roc) {

    /** Whether no more good parts were rejected than the band of the promise allows; true where there were none to observe. */
    public boolean promiseKept() {
      return falseRejectBand.isEmpty() || falseRejectRate.orElse(0) <= falseRejectBand.get().high();
    }
  }

  /**
   * What has learnt nothing, on the same images.
   *
   * @param imageAuroc of a random encoder's pooled feature
   * @param thumbnailAuroc of a small standardised picture
   */
  public record Floor(OptionalDouble imageAuroc, OptionalDouble averagePrecision, OptionalDouble thumbnailAuroc, List<Ranking.RocPoint> roc) {
    /** The higher of the two. */
    public OptionalDouble highest() {
      return imageAuroc.isPresent() && thumbnailAuroc.isPresent()
          ? OptionalDouble.of(Math.max(imageAuroc.getAsDouble(), thumbnailAuroc.getAsDouble()))
          : imageAuroc.isPresent() ? imageAuroc : thumbnailAuroc;
    }

    /** The one that is the higher of the two, in words. */
    String nameOfHighest() {
      return imageAuroc.isEmpty() || thumbnailAuroc.isPresent() && thumbnailAuroc.getAsDouble() > imageAuroc.getAsDouble() ? "thumbnail" : "random encoder";
    }
  }

  /**
   * One score on its own, by the threshold of its own calibration.
   *
   * @param fused whether the verdict rests on it, among others
   * @param falseRejects good parts above its threshold, of those judged
   * @param good good parts judged
   * @param falseRejectBand where the observed false-reject rate lies if the promise is kept; empty without good parts
   */
  public record SingleScore(boolean fused, OptionalDouble imageAuroc, OptionalDouble falseRejectRate, int falseRejects, int good,
      Optional<RateBand> falseRejectBand, OptionalDouble detectionRate) {
    /** Whether no more good parts were rejected than the band of the promise allows; true where there were none to observe. */
    public boolean promiseKept() {
      return falseRejectBand.isEmpty() || falseRejectRate.orElse(0) <= falseRejectBand.get().high();
    }
  }

  /**
   * One kind of defect against all good parts.
   *
   * @param defective number of parts with this defect, those unjudged included
   */
  public record DefectClass(
      OptionalDouble imageAuroc,
      OptionalDouble averagePrecision,
      OptionalDouble detectionRate,
      OptionalDouble pixelAuroc,
      OptionalDouble aupro,
      int defective,
      int detected,
      int unjudged,
      List<Ranking.RocPoint> roc) {}

  /**
   * How the encoder was trained; zeros and no curve where it was not.
   *
   * @param curve oldest first
   */
  public record Training(long steps, double seconds, List<CurvePoint> curve) {
    public Training {
      curve = List.copyOf(curve);
    }

    public static Training none() {
      return new Training(0, 0, List.of());
    }
  }

  /**
   * @param loss cross entropy of the pretext task
   * @param accuracy share of pretext images named right, 0…1
   */
  public record CurvePoint(long step, double elapsedSeconds, double loss, double accuracy) {}

  /** Median wall time of each stage of one inspection, in milliseconds. */
  public record Timings(double decode, double encode, double score, double heatMap) {
    public double total() {
      return decode + encode + score + heatMap;
    }

    /** In the order they run. */
    Map<String, Double> byStage() {
      Map<String, Double> stages = new LinkedHashMap<>();
      stages.put("decode", decode);
      stages.put("encode", encode);
      stages.put("score", score);
      stages.put("heat map", heatMap);
      return stages;
    }
  }

  /**
   * Where and with what the figures were made.
   *
   * @param cores processors the JVM may use
   * @param software version by name: {@code Kerf}, {@code ONNX Runtime}, …
   */
  public record Host(int cores, String processor, String os, String jvm, Map<String, String> software) {
    public Host {
      software = Collections.unmodifiableMap(new LinkedHashMap<>(software));
    }
  }

  /**
   * A test image and its verdict.
   *
   * @param image class and file name
   * @param verdict {@code OK}, {@code NG} or {@code UNJUDGED}
   * @param scores every single score by kind; none where unjudged
   */
  public record Case(String image, String defectClass, boolean defective, String verdict, OptionalDouble score, OptionalDouble pValue,
      Map<ScoreKind, Double> scores, Optional<String> reason, double millis) {
    public static Case of(CaseResult result) {
      LabelledImage image = result.image();
      return new Case(image.name(), image.defectClass(), image.defective(), result.verdict(), result.score(), result.pValue(),
          result.outcome() instanceof CaseResult.Judged judged ? judged.scores() : Map.of(), result.reason(), result.millis());
    }
  }
}
