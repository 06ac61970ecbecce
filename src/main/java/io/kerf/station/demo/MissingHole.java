package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A bolt hole that was never drilled; at times the drill has touched. */
final class MissingHole implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    int hole = random.nextInt(Flange.HOLES);
    part.flange().fill(part.surface(), part.scene(), hole);
    if (random.nextBoolean()) {
      touch(part, Flange.holeRadians(hole), (float) (part.scale() * random.nextDouble(2.0, 3.6)));
    }
  }

  private static void touch(Workpiece part, double radians, float sizePx) {
    Surface surface = part.surface();
    surface.around(part.x(Flange.HOLE_CIRCLE, radians), part.y(Flange.HOLE_CIRCLE, radians), sizePx + 1, (at, dx, dy) -> {
      float r = (float) Math.sqrt(dx * dx + dy * dy) + 1e-3f;
      float cone = Math.max(0, Math.min(1, sizePx - r + 0.5f));
      surface.slopeX[at] += cone * dx / r;
      surface.slopeY[at] += cone * dy / r;
      surface.gloss[at] *= 1 - 0.4f * cone;
    });
  }
}
