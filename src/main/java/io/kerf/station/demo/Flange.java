package io.kerf.station.demo;

import java.util.SplittableRandom;

/**
 * A turned aluminium flange seen along its axis: bore, raised boss, face with a sealing groove, chamfered rim, six countersunk bolt
 * holes, one dowel hole and a dot-peened serial mark. Lengths are shares of its radius.
 */
final class Flange {
  static final int HOLES = 6;

  /** Radius of the circle the holes are on. */
  static final double HOLE_CIRCLE = 0.64;

  static final double HOLE_RADIUS = 0.076;
  static final double BORE = 0.150;
  static final double BOSS = 0.415;
  static final double RIM = 0.945;

  private static final double DOWEL_RADIUS = 0.032;
  private static final double DOWEL_RADIANS = Math.toRadians(30);
  private static final double MARK_RADIANS = Math.toRadians(-30);
  private static final int MARK_DOTS = 10;
  private static final double MARK_PITCH = 0.0148;

  private static final int STEPS = 2048;
  private static final float ROWS_PER_PX = 0.95f;
  private static final float FACE_ALBEDO = 0.092f;
  private static final float FACE_GLOSS = 0.85f;
  private static final float SHADED_BELT = 0.006f;

  /** How far the far end of a hole moves towards the axis, by perspective, per pixel off the axis. */
  private static final float PERSPECTIVE = 0.024f;

  private final Grain grain;
  private final float[] slope = new float[STEPS + 1];
  private final float[] albedo = new float[STEPS + 1];
  private final float[] gloss = new float[STEPS + 1];

  /**
   * @param radiusPx about what it will be in the picture: edges are softened to about a pixel
   */
  Flange(Grain grain, double radiusPx) {
    this.grain = grain;
    ring(0, 1, -0.004f, FACE_ALBEDO, FACE_GLOSS);
    ring(0, BORE, 0, SHADED_BELT, 0);
    ring(BORE, 0.174, 0.65f, 0.12f, 1.3f);
    ring(0.174, 0.378, 0.004f, 0.105f, 0.92f);
    ring(0.378, 0.398, -0.65f, 0.11f, 1.5f);
    ring(0.398, BOSS, -0.30f, 0.05f, 0.12f);
    ring(BOSS, 0.430, 0.05f, 0.08f, 0.45f);
    ring(0.842, 0.851, -0.55f, 0.06f, 0.35f);
    ring(0.851, 0.860, 0.55f, 0.06f, 0.35f);
    ring(RIM, 0.988, -0.62f, 0.11f, 1.5f);
    ring(0.988, 1, -1.7f, 0.06f, 0.20f);
    int reach = (int) Math.max(1, STEPS / radiusPx * 0.7);
    soften(slope, reach);
    soften(albedo, reach);
    soften(gloss, reach);
  }

  private void ring(double from, double to, float itsSlope, float itsAlbedo, float itsGloss) {
    for (int i = (int) (from * STEPS); i <= (int) (to * STEPS); i++) {
      slope[i] = itsSlope;
      albedo[i] = itsAlbedo;
      gloss[i] = itsGloss;
    }
  }

  private static void soften(float[] profile, int reach) {
    float[] sharp = profile.clone();
    for (int i = 0; i < profile.length; i++) {
      float sum = 0;
      for (int k = -reach; k <= reach; k++) {
        sum += sharp[Math.max(0, Math.min(STEPS, i + k))];
      }
      profile[i] = sum / (2 * reach + 1);
    }
  }

  /** Lays the part without its holes on the belt. */
  void turn(Surface surface, Scene scene) {
    turn(surface, scene, scene.centreX(), scene.centreY(), scene.radiusPx() + 1);
  }

  /** Lays sound metal over a bolt hole again, as if it had never been drilled. */
  void fill(Surface surface, Scene scene, int hole) {
    double radians = holeRadians(hole);
    turn(surface, scene, scene.xOf(HOLE_CIRCLE, radians), scene.yOf(HOLE_CIRCLE, radians), 0.11 * scene.radiusPx());
  }

  private void turn(Surface surface, Scene scene, double aroundX, double aroundY, double reachPx) {
    float offX = (float) (aroundX - scene.centreX());
    float offY = (float) (aroundY - scene.centreY());
    float radius = (float) scene.radiusPx();
    float perPx = STEPS / radius;
    float boreRadius = (float) (BORE * radius);
    float tint = (float) scene.tint();
    surface.around(aroundX, aroundY, reachPx, (at, fromX, fromY) -> {
      float dx = fromX + offX;
      float dy = fromY + offY;
      float r = (float) Math.sqrt(dx * dx + dy * dy) + 1e-3f;
      int step = Math.min(STEPS, (int) (r * perPx));
      float covered = Math.max(0, Math.min(1, radius - r + 0.5f));
      float tool = toolMark(scene, r, dx, dy);
      float rise = slope[step] + 0.03f * tool;
      surface.slopeX[at] = covered * rise * dx / r;
      surface.slopeY[at] = covered * rise * dy / r;
      surface.albedo[at] += covered * (albedo[step] * (1 + 0.05f * tool) - surface.albedo[at]);
      surface.gloss[at] = covered * gloss[step] * Math.max(0.2f, 1 + 0.12f * tool);
      surface.warmth[at] += covered * (tint - surface.warmth[at]);
      surface.metal[at] = r > boreRadius ? covered : 0;
    });
  }

  private float toolMark(Scene scene, float r, float dx, float dy) {
    float rows = r / (float) scene.scale() * ROWS_PER_PX;
    int row = (int) rows;
    int column = (int) ((Ramp.turnsOf(dx, dy) + 0.5f) * Grain.TURNING_COLUMNS) + scene.grainColumn();
    float inner = grain.turning(row + scene.grainRow(), column);
    float outer = grain.turning(row + 1 + scene.grainRow(), column);
    return (float) scene.grainStrength() * (inner + (rows - row) * (outer - inner));
  }

  /** Drills one of the {@value #HOLES} bolt holes. */
  void drill(Surface surface, Scene scene, int hole) {
    drill(surface, scene, holeRadians(hole), HOLE_RADIUS, 0.022);
  }

  void drillDowelHole(Surface surface, Scene scene) {
    drill(surface, scene, DOWEL_RADIANS, DOWEL_RADIUS, 0.010);
  }

  static double holeRadians(int hole) {
    return 2 * Math.PI * hole / HOLES;
  }

  private static void drill(Surface surface, Scene scene, double radians, double radius, double countersink) {
    double x = scene.xOf(HOLE_CIRCLE, radians);
    double y = scene.yOf(HOLE_CIRCLE, radians);
    float radiusPx = (float) (radius * scene.radiusPx());
    float outerPx = (float) ((radius + countersink) * scene.radiusPx());
    float farX = (float) (x - surface.widthPx / 2.0) * -PERSPECTIVE;
    float farY = (float) (y - surface.heightPx / 2.0) * -PERSPECTIVE;
    surface.around(x, y, outerPx + 1, (at, dx, dy) -> {
      float r = (float) Math.sqrt(dx * dx + dy * dy) + 1e-3f;
      float sunk = Math.max(0, Math.min(1, outerPx - r + 0.5f));
      mix(surface, at, sunk, 0.75f * dx / r, 0.75f * dy / r, 0.24f, 0.15f, 1);
      float open = Math.max(0, Math.min(1, radiusPx - r + 0.5f));
      mix(surface, at, open, 2.2f * dx / r, 2.2f * dy / r, 0.085f, 0, 0);
      float through = radiusPx * 0.97f - (float) Math.hypot(dx - farX, dy - farY);
      mix(surface, at, open * Math.max(0, Math.min(1, through + 0.5f)), 0, 0, SHADED_BELT, 0, 0);
    });
  }

  private static void mix(Surface surface, int at, float share, float slopeX, float slopeY, float albedo, float gloss, float metal) {
    surface.slopeX[at] += share * (slopeX - surface.slopeX[at]);
    surface.slopeY[at] += share * (slopeY - surface.slopeY[at]);
    surface.albedo[at] += share * (albedo - surface.albedo[at]);
    surface.gloss[at] += share * (gloss - surface.gloss[at]);
    surface.metal[at] *= 1 - share * (1 - metal);
  }

  /** Peens the serial mark: a square of dots, two sides of it whole as in a data matrix. */
  void peen(Surface surface, Scene scene) {
    SplittableRandom bits = new SplittableRandom(scene.serial());
    for (int row = 0; row < MARK_DOTS; row++) {
      for (int column = 0; column < MARK_DOTS; column++) {
        boolean finder = row == MARK_DOTS - 1 || column == 0;
        boolean clock = (row == 0 && column % 2 == 0) || (column == MARK_DOTS - 1 && row % 2 == 1);
        boolean inside = row > 0 && column < MARK_DOTS - 1;
        if (finder || clock || (inside && bits.nextBoolean())) {
          peenDot(surface, scene, (column - (MARK_DOTS - 1) / 2.0) * MARK_PITCH, (row - (MARK_DOTS - 1) / 2.0) * MARK_PITCH);
        }
      }
    }
  }

  private static void peenDot(Surface surface, Scene scene, double across, double outwards) {
    double distance = HOLE_CIRCLE + outwards;
    double angle = MARK_RADIANS + across / HOLE_CIRCLE;
    float size = (float) (0.85 * scene.scale());
    surface.around(scene.xOf(distance, angle), scene.yOf(distance, angle), 2.5 * size, (at, dx, dy) -> {
      float depth = (float) Math.exp(-(dx * dx + dy * dy) / (2 * size * size));
      surface.slopeX[at] += 0.55f * depth * dx / size;
      surface.slopeY[at] += 0.55f * depth * dy / size;
      surface.gloss[at] *= 1 - 0.55f * depth;
      surface.albedo[at] *= 1 - 0.35f * depth;
    });
  }
}
