package io.kerf.model;

import io.kerf.density.Calibration;
import io.kerf.density.Fusion;
import io.kerf.density.ScoreKind;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.QualityLimits;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The bundle's {@code calibration.json}: when a part is rejected, and when an image cannot be judged at all.
 *
 * @param calibration of the fused score: what verdicts rest on
 * @param fusion which scores count
 * @param usualLight medians over the good parts that were learnt from
 * @param each calibration of every score on its own, those that do not count included
 */
public record ScoringRules(Calibration calibration, Fusion fusion, Map<ScoreKind, Calibration> each, HeatRule heat, QualityLimits quality,
    ImageQuality usualLight) {
  public ScoringRules {
    // In a fixed order, so that the same rules are the same bytes.
    each = Collections.unmodifiableMap(new EnumMap<>(each));
  }
}
