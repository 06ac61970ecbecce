package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A blow that pushed the face in and smeared its turning marks. */
final class Dent implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    double distance = random.nextInt(3) > 0 ? random.nextDouble(0.48, 0.82) : random.nextDouble(0.22, 0.33);
    Oval oval = Oval.draw(part, distance, random.nextDouble(6, 14), random);
    float depth = (float) random.nextDouble(0.35, 0.75);
    Surface surface = part.surface();
    surface.around(oval.x(), oval.y(), 3.5 * oval.longPx(), (at, dx, dy) -> {
      float along = oval.along(dx, dy);
      float across = oval.across(dx, dy);
      float bowl = (float) Math.exp(-(along * along + across * across) / 2) * surface.metal[at];
      float rise = depth * 1.65f * bowl;
      surface.slopeX[at] += (float) (rise * (along * oval.cos() - across * oval.sin()));
      surface.slopeY[at] += (float) (rise * (along * oval.sin() + across * oval.cos()));
      surface.gloss[at] *= 1 - 0.40f * bowl;
    });
  }
}
