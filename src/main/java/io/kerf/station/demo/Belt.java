package io.kerf.station.demo;

/** The conveyor: dark woven rubber with wear along its travel, and the shadow the part throws on it. */
final class Belt {
  private static final float ALBEDO = 0.020f;
  private static final double WEAVE_PX = 5.2;

  private final Grain grain;

  Belt(Grain grain) {
    this.grain = grain;
  }

  /** Covers the whole surface. */
  void cover(Surface surface, Scene scene) {
    float scale = (float) scene.scale();
    float reach = 13 * scale;
    float shadowX = (float) (scene.centreX() - Math.cos(scene.lampRadians()) * 7 * scale);
    float shadowY = (float) (scene.centreY() - Math.sin(scene.lampRadians()) * 7 * scale);
    float radius = (float) scene.radiusPx();
    float[] weave = weave(surface.widthPx, scene.beltX(), scale);
    float[] weaveDown = weave(surface.heightPx, scene.beltY(), scale);
    for (int y = 0; y < surface.heightPx; y++) {
      float wear = 0.12f * grain.cloud(scene.beltX() / 64, (y / scale + scene.beltY()) * 0.5f);
      for (int x = 0; x < surface.widthPx; x++) {
        int at = y * surface.widthPx + x;
        float dust = grain.cloud((x / scale + scene.beltX()) * 0.45f, (y / scale + scene.beltY()) * 0.45f);
        float thread = weave[x] * weaveDown[y];
        float dx = x - shadowX;
        float dy = y - shadowY;
        float lit = Ramp.between((float) Math.sqrt(dx * dx + dy * dy) - radius, -reach * 0.5f, reach);
        surface.albedo[at] = ALBEDO * Math.max(0.2f, 1 + wear + 0.12f * dust + 0.32f * thread) * (0.25f + 0.75f * lit);
        surface.slopeX[at] = 0;
        surface.slopeY[at] = 0;
        surface.gloss[at] = 0;
        surface.warmth[at] = -0.06f;
        surface.metal[at] = 0;
      }
    }
  }

  private static float[] weave(int count, float shift, float scale) {
    float[] weave = new float[count];
    for (int i = 0; i < count; i++) {
      weave[i] = (float) Math.sin(2 * Math.PI / WEAVE_PX * (i / scale + shift));
    }
    return weave;
  }
}
