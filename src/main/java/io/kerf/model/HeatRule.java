package io.kerf.model;

import io.kerf.density.GaussianUpsampling;
import io.kerf.density.SurpriseScale;
import io.kerf.encoder.FeatureMap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How maps become one heat map in units of surprise: the mean, over the maps, of −log₁₀ of the share of places of held-out good parts at
 * least as high.
 *
 * @param scales of the maps that are drawn; at least one
 * @param hot the heat that the hottest place of a good part hardly reaches (its 95 % quantile over held-out ones), above 0
 */
public record HeatRule(Map<HeatSource, SurpriseScale> scales, double hot) {
  public HeatRule {
    if (scales.isEmpty() || !(hot > 0)) {
      throw new IllegalArgumentException("a heat map needs a scale, and a heat above 0 to compare with");
    }
    scales = Collections.unmodifiableMap(new EnumMap<>(scales));
  }

  public HeatRule withHot(double other) {
    return new HeatRule(scales, other);
  }

  /** {@code [heightPx, widthPx]}, each at least 0. @param maps of one channel, at least those that have a scale */
  public float[] heat(Map<HeatSource, FeatureMap> maps, int widthPx, int heightPx) {
    float[] heat = new float[widthPx * heightPx];
    for (HeatSource source : scales.keySet()) {
      FeatureMap map = maps.get(source);
      float[] surprise = map.values().clone();
      scales.get(source).apply(surprise);
      float[] fine = GaussianUpsampling.of(map.height(), map.width(), heightPx, widthPx).apply(surprise);
      for (int i = 0; i < heat.length; i++) {
        heat[i] += fine[i] / scales.size();
      }
    }
    return heat;
  }
}
