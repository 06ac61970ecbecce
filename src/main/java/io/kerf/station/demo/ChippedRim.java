package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A piece broken out of the rim: the belt shows through, the break is rough. */
final class ChippedRim implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    double scale = part.scale();
    double angle = random.nextDouble(2 * Math.PI);
    double centreX = part.x(1.005, angle);
    double centreY = part.y(1.005, angle);
    float sizePx = (float) (scale * random.nextDouble(13, 30));
    float breakPx = (float) (scale * random.nextDouble(3, 6));
    float cloudX = random.nextInt(Grain.CLOUD_SIDE);
    float cloudY = random.nextInt(Grain.CLOUD_SIDE);
    float detail = (float) (1 / scale);
    Surface surface = part.surface();
    surface.around(centreX, centreY, 1.8 * sizePx, (at, dx, dy) -> {
      float coarse = part.grain().cloud(cloudX + dx * detail, cloudY + dy * detail);
      float inside = sizePx * (1 + 0.16f * coarse) - (float) Math.sqrt(dx * dx + dy * dy);
      float broken = Math.max(0, Math.min(1, inside + 0.5f)) * surface.metal[at];
      if (broken > 0) {
        float fine = part.grain().cloud(cloudX + 4 * dx * detail, cloudY + 4 * dy * detail);
        float gone = Math.max(0, Math.min(1, inside - breakPx + 0.5f));
        float rough = broken * (1 - gone);
        surface.slopeX[at] += rough * ((float) Math.cos(angle) * -0.5f + 0.45f * fine - surface.slopeX[at]);
        surface.slopeY[at] += rough * ((float) Math.sin(angle) * -0.5f + 0.45f * coarse - surface.slopeY[at]);
        surface.albedo[at] += rough * (0.17f + 0.05f * fine - surface.albedo[at]);
        surface.gloss[at] *= 1 - broken;
        surface.albedo[at] += broken * gone * (0.012f - surface.albedo[at]);
        surface.warmth[at] += broken * gone * (-0.06f - surface.warmth[at]);
      }
    });
  }
}
