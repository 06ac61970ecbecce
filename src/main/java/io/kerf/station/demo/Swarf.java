package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A curled chip of metal left by the lathe. */
final class Swarf implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    double scale = part.scale();
    double angle = random.nextDouble(2 * Math.PI);
    double distance = random.nextDouble(0.2, 0.8);
    double heading = random.nextDouble(2 * Math.PI);
    double lengthPx = scale * random.nextDouble(36, 90);
    double coilPx = scale * random.nextDouble(6, 12);
    Curve coil = Curve.coil(part.x(distance, angle) - Math.cos(heading) * lengthPx / 2,
        part.y(distance, angle) - Math.sin(heading) * lengthPx / 2, heading, lengthPx, coilPx, Math.max(1.5, lengthPx / coilPx / 2.8));
    float widthPx = (float) (scale * random.nextDouble(1.6, 2.8));
    Fibre.shade(part, coil, widthPx);
    Surface surface = part.surface();
    coil.follow(surface, widthPx + 1, (at, aside, share, asideX, asideY) -> {
      float covered = Math.max(0, Math.min(1, widthPx - Math.abs(aside) + 0.5f));
      surface.slopeX[at] += covered * (0.9f * asideX - surface.slopeX[at]);
      surface.slopeY[at] += covered * (0.9f * asideY - surface.slopeY[at]);
      surface.albedo[at] += covered * (0.48f - surface.albedo[at]);
      surface.gloss[at] += covered * (0.30f - surface.gloss[at]);
      surface.warmth[at] += covered * (0.02f - surface.warmth[at]);
    });
  }
}
