package io.kerf.training;

import io.kerf.density.Calibration;
import io.kerf.density.Fusion;
import io.kerf.density.LocalDensityEstimator;
import io.kerf.density.ScoreKind;
import io.kerf.density.SurpriseScale;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.encoder.Encoding;
import io.kerf.encoder.FeatureMap;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.imaging.QualityLimits;
import io.kerf.model.HeatRule;
import io.kerf.model.HeatSource;
import io.kerf.model.PartScorer;
import io.kerf.model.ScoringRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * From a trained encoder and good parts to a scorer with its rules: densities cross-fitted, scores chosen by evidence, the fused score and
 * every single one calibrated on held-out parts.
 */
final class ModelFitting {
  /** Places of held-out maps that a heat scale is learnt from. */
  private static final int SCALE_PLACES = 400_000;
  private static final double HOT_QUANTILE = 0.95;
  private static final double LEAST_HEAT = 1e-6;
  /** What comparing places without regard to where they are must gain. */
  private static final double LOCAL_MARGIN = 0.02;

  private final Normals normals;
  private final LearningSettings settings;
  private final Preprocessing preprocessing;
  private final Encoder encoder;
  private final long seed;

  /** @param encoder gives what {@code settings.order().outputs()} says */
  ModelFitting(Normals normals, LearningSettings settings, Encoder encoder) {
    this.normals = normals;
    this.settings = settings;
    this.preprocessing = settings.order().preprocessing();
    this.encoder = encoder;
    this.seed = settings.order().seed();
  }

  /** @param reasons why these scores, for a person. @param keptBack fused scores of the parts that were held out and do not calibrate */
  record Fitted(PartScorer scorer, ScoringRules rules, List<String> reasons, SyntheticEvidence evidence, double[] keptBack) {}

  /** @throws io.kerf.fault.FaultException where the budget cannot be shown by so many held-out parts, or nothing can be learnt from them */
  Fitted fit() {
    List<ScoreKind> vectors = vectorKinds(encoder.outputs());
    EncodedNormals encoded = EncodedNormals.of(normals, encoder, preprocessing, vectors, seed);
    List<LocalDensityEstimator.Kind> kinds = settings.local().map(List::of).orElse(List.of(LocalDensityEstimator.Kind.values()));
    List<CrossFittedScorer> scorers = CrossFittedScorer.fit(encoded, vectors, settings.pooled(), kinds, seed);
    List<List<PartScorer.Reading>> readings = readHeldOut(scorers);
    List<SyntheticTrial.Contestant> contestants = IntStream.range(0, scorers.size())
        .mapToObj(i -> new SyntheticTrial.Contestant(scorers.get(i), byKind(calibrating(readings.get(i))))).toList();
    List<SyntheticEvidence> evidence = new SyntheticTrial(normals, encoder, preprocessing, seed).run(contestants);
    List<String> reasons = new ArrayList<>();
    int best = scorers.size() == 1 ? 0 : comparedPlaces(kinds, evidence, reasons);
    SyntheticEvidence own = evidence.get(best);
    FusionChoice choice = settings.scores().isEmpty() ? FusionChoice.of(own) : FusionChoice.asked(settings.scores(), own);
    reasons.addAll(choice.reasons());
    double[] fused = choice.fusion().heldOutScores(own.good());
    Straggler.of(fused).map(found -> found.sentence(normals.heldOut().get(found.index()).image().getFileName())).ifPresent(reasons::add);
    ScoringRules rules = new ScoringRules(calibration(fused), choice.fusion(), each(own.good()),
        heat(choice.fusion(), calibrating(readings.get(best))), QualityLimits.learn(encoded.qualities()),
        ImageQuality.median(encoded.qualities()));
    double[] keptBack = readings.get(best).stream().skip(normals.calibrating()).mapToDouble(reading -> choice.fusion().score(reading.scores())).toArray();
    return new Fitted(scorers.get(best).scorer(), rules, reasons, own, keptBack);
  }

  private List<PartScorer.Reading> calibrating(List<PartScorer.Reading> heldOut) {
    return heldOut.subList(0, normals.calibrating());
  }

  /** The first kind, unless another finds unseen defects clearly better. */
  private static int comparedPlaces(List<LocalDensityEstimator.Kind> kinds, List<SyntheticEvidence> evidence, List<String> reasons) {
    int best = 0;
    for (int i = 1; i < kinds.size(); i++) {
      if (evidence.get(i).auroc(ScoreKind.LOCAL) > evidence.get(best).auroc(ScoreKind.LOCAL) + LOCAL_MARGIN) {
        best = i;
      }
    }
    StringBuilder areas = new StringBuilder();
    for (int i = 0; i < kinds.size(); i++) {
      areas.append(i == 0 ? "" : ", ").append(inWords(kinds.get(i))).append(String.format(Locale.ROOT, " (%.3f)", evidence.get(i).auroc(ScoreKind.LOCAL)));
    }
    reasons.add("Places are compared " + inWords(kinds.get(best)) + ": area under the ROC curve on unseen synthetic defects " + areas + ".");
    return best;
  }

  private static String inWords(LocalDensityEstimator.Kind kind) {
    return switch (kind) {
      case PER_LOCATION -> "each with the same place on other parts";
      case LOCATION_FREE -> "each with all places of other parts";
    };
  }

  /** The vectors that this encoder's densities are over. */
  static List<ScoreKind> vectorKinds(Set<EncoderOutput> outputs) {
    List<ScoreKind> kinds = new ArrayList<>(List.of(ScoreKind.THUMBNAIL));
    if (outputs.contains(EncoderOutput.EMBEDDING)) {
      kinds.add(ScoreKind.POOLED);
    }
    if (outputs.contains(EncoderOutput.STATISTICS)) {
      kinds.add(ScoreKind.STATISTICS);
    }
    return kinds;
  }

  /** For each scorer the readings of the held-out parts, in their order. */
  private List<List<PartScorer.Reading>> readHeldOut(List<CrossFittedScorer> scorers) {
    List<List<PartScorer.Reading>> byPart = IntStream.range(0, normals.heldOut().size()).parallel().mapToObj(i -> {
      Picture framed = normals.heldOut().get(i).framed(preprocessing);
      Encoding encoding = EncodedNormals.encode(framed, encoder, preprocessing);
      return scorers.stream().map(s -> s.withoutFold().get(normals.folds()[i]).read(encoding, framed.planes(), framed.width(), framed.height())).toList();
    }).toList();
    return IntStream.range(0, scorers.size()).mapToObj(s -> byPart.stream().map(of -> of.get(s)).toList()).toList();
  }

  /**
   * What a fusion that is already there makes of the held-out parts, each by densities that have not seen its fold.
   *
   * @param places how they are compared
   */
  double[] scoresWithoutFold(Fusion fusion, LocalDensityEstimator.Kind places) {
    List<ScoreKind> vectors = vectorKinds(encoder.outputs());
    EncodedNormals encoded = EncodedNormals.of(normals, encoder, preprocessing, vectors, seed);
    List<CrossFittedScorer> scorers = CrossFittedScorer.fit(encoded, vectors, settings.pooled(), List.of(places), seed);
    return readHeldOut(scorers).get(0).stream().mapToDouble(reading -> fusion.score(reading.scores())).toArray();
  }

  private static Map<ScoreKind, double[]> byKind(List<PartScorer.Reading> readings) {
    Map<ScoreKind, double[]> byKind = new EnumMap<>(ScoreKind.class);
    readings.get(0).scores().keySet().forEach(kind -> byKind.put(kind, readings.stream().mapToDouble(r -> r.scores().get(kind)).toArray()));
    return byKind;
  }

  private Calibration calibration(double[] scores) {
    return Calibration.of(scores, settings.falseRejectBudget(), settings.tail());
  }

  private Map<ScoreKind, Calibration> each(Map<ScoreKind, double[]> scores) {
    Map<ScoreKind, Calibration> each = new EnumMap<>(ScoreKind.class);
    scores.forEach((kind, values) -> each.put(kind, calibration(values)));
    return each;
  }

  /** Drawn from the maps whose scores count; from all there are where none does. */
  private HeatRule heat(Fusion fusion, List<PartScorer.Reading> heldOut) {
    Set<HeatSource> there = heldOut.get(0).maps().keySet();
    List<HeatSource> counting = there.stream().filter(source -> fusion.kinds().stream().anyMatch(kind -> draws(source, kind))).toList();
    Map<HeatSource, SurpriseScale> scales = new EnumMap<>(HeatSource.class);
    for (HeatSource source : counting.isEmpty() ? there : counting) {
      scales.put(source, SurpriseScale.of(places(heldOut, source)));
    }
    HeatRule rule = new HeatRule(scales, LEAST_HEAT);
    double[] hottest = heldOut.parallelStream().mapToDouble(reading -> largest(rule.heat(reading.maps(), preprocessing.widthPx(), preprocessing.heightPx())))
        .sorted().toArray();
    return rule.withHot(Math.max(LEAST_HEAT, hottest[(int) Math.min(hottest.length - 1, Math.ceil(HOT_QUANTILE * hottest.length))]));
  }

  private static boolean draws(HeatSource source, ScoreKind kind) {
    return switch (source) {
      case DENSE -> kind == ScoreKind.DENSE_TOP || kind == ScoreKind.DENSE_MEAN || kind == ScoreKind.DENSE_MAX;
      case LOCAL -> kind == ScoreKind.LOCAL;
      case ACTIVATION -> kind == ScoreKind.POOLED;
    };
  }

  /** Every place of every held-out part, or evenly spaced ones where those are many. */
  private static float[] places(List<PartScorer.Reading> heldOut, HeatSource source) {
    int area = heldOut.get(0).maps().get(source).area();
    int step = (int) Math.max(1, (long) area * heldOut.size() / SCALE_PLACES);
    float[] places = new float[(area * heldOut.size() + step - 1) / step];
    int at = 0;
    int skipped = 0;
    for (PartScorer.Reading reading : heldOut) {
      for (float value : reading.maps().get(source).values()) {
        if (skipped++ % step == 0) {
          places[at++] = value;
        }
      }
    }
    return Arrays.copyOf(places, at);
  }

  private static double largest(float[] values) {
    double max = 0;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }
}
