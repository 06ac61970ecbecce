package io.kerf.model;

import io.kerf.imaging.HeatMapImage;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.imaging.Preprocessing;

/** Draws the heat of a {@link Assessment.Judged} in the frame of its image: laid over it and stretched to its size, each place fits. */
public final class HeatMapOverlay {
  private HeatMapOverlay() {}

  /**
   * A PNG with transparency; colour counts in units of the bundle's heat scale, so overlays of one bundle compare.
   *
   * @param heat {@code [S,S]} in the network's frame
   */
  public static byte[] png(Bundle bundle, float[] heat, Decoded image) {
    Preprocessing preprocessing = bundle.manifest().preprocessing();
    double scale = 2 * bundle.rules().calibration().heatScale();
    int size = preprocessing.sizePx();
    if (preprocessing.coversWholeImage()) {
      return HeatMapImage.png(heat, size, size, scale);
    }
    double shrink = Math.min(1, 2.0 * size / Math.max(image.originalWidthPx(), image.originalHeightPx()));
    int width = (int) Math.max(1, Math.round(image.originalWidthPx() * shrink));
    int height = (int) Math.max(1, Math.round(image.originalHeightPx() * shrink));
    return HeatMapImage.png(preprocessing.unframe(heat, width, height), width, height, scale);
  }
}
