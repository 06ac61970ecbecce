package io.kerf.model;

import io.kerf.density.Calibration;
import io.kerf.density.TailPolicy;
import io.kerf.fault.FaultException;
import io.kerf.imaging.QualityLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a station demands of the models of a recipe beyond what they learnt. What is absent is as the model has it.
 *
 * @param falseRejects α, the share of good parts that may be rejected, in (0, 1); kept where the model's held-out parts can show it by counting
 * @param minBrightness darkest mean luminance that is judged, 0..1
 * @param maxBrightness brightest mean luminance that is judged, 0..1
 * @param minContrast least standard deviation of luminance that is judged, 0..1
 * @param minSharpness least sharpness that is judged
 */
public record Demands(OptionalDouble falseRejects, OptionalDouble minBrightness, OptionalDouble maxBrightness, OptionalDouble minContrast, OptionalDouble minSharpness) {
  public static final Demands NONE =
      new Demands(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * A bundle that judges as it is demanded, where it can.
   *
   * @param bundle of the same digest; its rules may be others than those that were published
   * @param unmet what it cannot do, and what holds instead, a sentence each for a person
   */
  public record Met(Demands demands, Bundle bundle, List<String> unmet) {
    public Met {
      unmet = List.copyOf(unmet);
    }
  }

  /** Changes nothing on disk. */
  public Met on(Bundle bundle) {
    List<String> unmet = new ArrayList<>();
    ScoringRules own = bundle.rules();
    ScoringRules rules = new ScoringRules(calibration(bundle, unmet), own.fusion(), own.each(), own.heat(), quality(own.quality(), unmet), own.usualLight());
    return new Met(this, new Bundle(bundle.digest(), bundle.folder(), bundle.manifest(), bundle.scorer(), rules), unmet);
  }

  private Calibration calibration(Bundle bundle, List<String> unmet) {
    Calibration own = bundle.rules().calibration();
    if (falseRejects.isEmpty() || falseRejects.getAsDouble() == own.falseRejectBudget()) {
      return own;
    }
    try {
      return own.withBudget(falseRejects.getAsDouble(), TailPolicy.REFUSE);
    } catch (FaultException tooTight) {
      unmet.add(String.format(Locale.ROOT, "Bundle %s keeps its own false-reject budget of %.3g %%. %s", bundle.shortDigest(), 100 * own.falseRejectBudget(), tooTight.detail()));
      return own;
    }
  }

  private QualityLimits quality(QualityLimits own, List<String> unmet) {
    double darkest = minBrightness.orElse(own.minBrightness());
    double brightest = maxBrightness.orElse(own.maxBrightness());
    if (darkest > brightest) {
      unmet.add(String.format(Locale.ROOT, "No image could be judged between a brightness of at least %.3g and at most %.3g, of which the station document says one and the model has"
          + " learnt the other, so both stay as the model has learnt them. Say both in the document.", darkest, brightest));
      darkest = own.minBrightness();
      brightest = own.maxBrightness();
    }
    return new QualityLimits(darkest, brightest, minContrast.orElse(own.minContrast()), minSharpness.orElse(own.minSharpness()));
  }
}
