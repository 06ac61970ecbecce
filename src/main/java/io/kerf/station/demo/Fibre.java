package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A thread of cloth or a hair that fell on the part. */
final class Fibre implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    double scale = part.scale();
    double angle = random.nextDouble(2 * Math.PI);
    double distance = random.nextDouble(0.35, 0.8);
    double lengthPx = scale * random.nextDouble(90, 210);
    double heading = random.nextDouble(2 * Math.PI);
    double bend = random.nextDouble(1.2, 3.6) * (random.nextBoolean() ? 1 : -1);
    Curve thread = Curve.bent(part.x(distance, angle) - Math.cos(heading + bend / 2) * lengthPx * 0.4,
        part.y(distance, angle) - Math.sin(heading + bend / 2) * lengthPx * 0.4, heading, lengthPx, bend, 0.10, random);
    float widthPx = (float) (scale * random.nextDouble(1.4, 2.4));
    float albedo = (float) (random.nextInt(3) == 0 ? random.nextDouble(0.45, 0.6) : random.nextDouble(0.02, 0.09));
    float warmth = (float) random.nextDouble(-0.45, 0.40);
    shade(part, thread, widthPx);
    Surface surface = part.surface();
    thread.follow(surface, widthPx + 1, (at, aside, share, asideX, asideY) -> {
      float covered = Math.max(0, Math.min(1, widthPx - Math.abs(aside) + 0.5f));
      float round = aside / (widthPx + 0.5f);
      surface.slopeX[at] += covered * (-0.8f * round * asideX - surface.slopeX[at]);
      surface.slopeY[at] += covered * (-0.8f * round * asideY - surface.slopeY[at]);
      surface.albedo[at] += covered * (albedo - surface.albedo[at]);
      surface.warmth[at] += covered * (warmth - surface.warmth[at]);
      surface.gloss[at] *= 1 - covered;
    });
  }

  /** The soft shadow of something thin that lies on the part. */
  static void shade(Workpiece part, Curve line, float widthPx) {
    double awayPx = 1.8 * part.scale();
    float softPx = widthPx + (float) (1.6 * part.scale());
    Surface surface = part.surface();
    Curve shadow = line.moved(-Math.cos(part.scene().lampRadians()) * awayPx, -Math.sin(part.scene().lampRadians()) * awayPx);
    shadow.follow(surface, softPx, (at, aside, share, asideX, asideY) -> {
      float dark = 0.5f * (1 - aside * aside / (softPx * softPx));
      surface.albedo[at] *= 1 - dark;
      surface.gloss[at] *= 1 - dark;
    });
  }
}
