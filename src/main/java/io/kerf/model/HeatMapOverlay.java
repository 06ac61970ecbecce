package io.kerf.model;

import io.kerf.imaging.HeatMapImage;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.imaging.Preprocessing;

/** Draws the heat of a {@link Assessment.Judged} in the frame of its image: laid over it and stretched to its size, each place fits. */
public final class HeatMapOverlay {
  private static final double HIDDEN = 0.5;
  private static final double FULL = 2;

  private HeatMapOverlay() {}

  private static float[] above(float[] heat, float base) {
    float[] above = new float[heat.length];
    for (int i = 0; i < heat.length; i++) {
      above[i] = Math.max(0, heat[i] - base);
    }
    return above;
  }

  /**
   * A PNG with transparency. Colour counts in units of the bundle's heat scale, so overlays of one bundle compare: nothing is drawn up to
   * half of what the hottest place of a good part hardly exceeds, and the scale ends at twice that.
   *
   * @param heat {@code [H,W]} in the network's frame
   */
  public static byte[] png(Bundle bundle, float[] heat, Decoded image) {
    Preprocessing preprocessing = bundle.manifest().preprocessing();
    double hot = bundle.rules().heat().hot();
    float[] shown = above(heat, (float) (HIDDEN * hot));
    double scale = (FULL - HIDDEN) * hot;
    if (preprocessing.coversWholeImage()) {
      return HeatMapImage.png(shown, preprocessing.widthPx(), preprocessing.heightPx(), scale);
    }
    double shrink = Math.min(1, 2.0 * Math.max(preprocessing.widthPx(), preprocessing.heightPx()) / Math.max(image.originalWidthPx(), image.originalHeightPx()));
    int width = (int) Math.max(1, Math.round(image.originalWidthPx() * shrink));
    int height = (int) Math.max(1, Math.round(image.originalHeightPx() * shrink));
    return HeatMapImage.png(preprocessing.unframe(shown, width, height), width, height, scale);
  }
}
