package io.kerf.station.demo;

import java.util.SplittableRandom;

/** Oil or coolant dried on the part, darker at its edge. */
final class Stain implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    Oval oval = Oval.draw(part, random.nextDouble(0.45, 0.85), random.nextDouble(18, 44), random);
    float strength = (float) random.nextDouble(0.6, 1);
    float cloudX = random.nextInt(Grain.CLOUD_SIDE);
    float cloudY = random.nextInt(Grain.CLOUD_SIDE);
    float detail = (float) (0.6 / part.scale());
    Surface surface = part.surface();
    surface.around(oval.x(), oval.y(), 1.6 * oval.longPx(), (at, dx, dy) -> {
      float along = oval.along(dx, dy);
      float across = oval.across(dx, dy);
      float cloud = part.grain().cloud(cloudX + dx * detail, cloudY + dy * detail);
      float inside = 1 - along * along - across * across + 0.38f * cloud;
      float wet = Ramp.between(inside, 0, 0.35f) * surface.metal[at] * strength;
      float edge = wet * (1 - Ramp.between(inside, 0.2f, 0.6f));
      float film = wet * (0.75f + 0.12f * cloud);
      surface.albedo[at] *= 1 - 0.42f * film - 0.22f * edge;
      surface.gloss[at] *= 1 - 0.62f * film - 0.18f * edge;
      surface.warmth[at] += 0.13f * film + 0.10f * edge;
    });
  }
}
