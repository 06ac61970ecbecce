package io.kerf.station.demo;

/**
 * Light on the surface: an even glow, a main lamp, and a weaker one opposite.
 *
 * <p>Evenly scattered light follows Lambert. Turned metal shines across its grooves far more widely than along them; with h the
 * direction half way between lamp and camera, t along and b across the groove on the surface, its highlight is 1 / (1 + q)² with
 * q = (h·t / a)² + (h·b / c)²: Ward's anisotropic model (1992) with a tail in place of his exponential. That gives the bow tie one
 * sees on turned faces.
 */
final class Lamp {
  private static final float GLOW = 0.42f;
  private static final float ALONG_GROOVE = 0.185f;
  private static final float ACROSS_GROOVE = 0.42f;

  private final float towardsX;
  private final float towardsY;
  private final float towardsZ;
  private final float halfX;
  private final float halfY;
  private final float halfZ;
  private final Scene scene;

  Lamp(Scene scene) {
    this.scene = scene;
    double level = Math.cos(scene.lampElevationRadians());
    towardsX = (float) (level * Math.cos(scene.lampRadians()));
    towardsY = (float) (level * Math.sin(scene.lampRadians()));
    towardsZ = (float) Math.sin(scene.lampElevationRadians());
    float length = (float) Math.sqrt(towardsX * towardsX + towardsY * towardsY + (1 + towardsZ) * (1 + towardsZ));
    halfX = towardsX / length;
    halfY = towardsY / length;
    halfZ = (1 + towardsZ) / length;
  }

  /** Light that each pixel of the surface sends to the camera, 0…about 1. */
  void shine(Surface surface, float[] light) {
    float centreX = (float) scene.centreX();
    float centreY = (float) scene.centreY();
    float tilt = (float) (scene.lightTilt() / (surface.widthPx / 2.0));
    float exposure = (float) scene.exposure();
    for (int y = 0; y < surface.heightPx; y++) {
      for (int x = 0; x < surface.widthPx; x++) {
        int at = y * surface.widthPx + x;
        float slopeX = surface.slopeX[at];
        float slopeY = surface.slopeY[at];
        float facing = (towardsZ - slopeX * towardsX - slopeY * towardsY) / (float) Math.sqrt(1 + slopeX * slopeX + slopeY * slopeY);
        float sent = surface.albedo[at] * (GLOW + Math.max(0, facing));
        if (surface.gloss[at] > 0) {
          float outX = x - centreX;
          float outY = y - centreY;
          float reciprocal = 1 / (float) Math.sqrt(outX * outX + outY * outY + 1e-3f);
          sent += surface.gloss[at] * highlights(outX * reciprocal, outY * reciprocal, slopeX, slopeY);
        }
        float nearer = 1 + tilt * ((x - centreX) * towardsX + (y - centreY) * towardsY);
        light[at] = sent * exposure * nearer;
      }
    }
  }

  private float highlights(float outX, float outY, float slopeX, float slopeY) {
    float along = -outY * halfX + outX * halfY;
    float across = outX * halfX + outY * halfY;
    float riseAlong = (-outY * slopeX + outX * slopeY) * halfZ;
    float riseAcross = (outX * slopeX + outY * slopeY) * halfZ;
    return highlight(along + riseAlong, across + riseAcross) + 0.45f * highlight(riseAlong - along, riseAcross - across);
  }

  private static float highlight(float along, float across) {
    float q = along * along * (1 / (ALONG_GROOVE * ALONG_GROOVE)) + across * across * (1 / (ACROSS_GROOVE * ACROSS_GROOVE));
    return 1 / ((1 + q) * (1 + q));
  }
}
