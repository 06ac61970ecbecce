package io.kerf.station.demo;

import java.util.SplittableRandom;

/** A groove torn through the turning marks, at times a pair of them. */
final class Scratch implements Defect {
  @Override
  public void spoil(Workpiece part, SplittableRandom random) {
    double scale = part.scale();
    double angle = random.nextDouble(2 * Math.PI);
    double distance = random.nextDouble(0.48, 0.85);
    double heading = angle + random.nextDouble(-1.1, 1.1) + (random.nextBoolean() ? Math.PI : 0);
    double lengthPx = scale * random.nextDouble(60, 170);
    double startX = part.x(distance, angle) - Math.cos(heading) * lengthPx / 2;
    double startY = part.y(distance, angle) - Math.sin(heading) * lengthPx / 2;
    Curve line = Curve.bent(startX, startY, heading, lengthPx, random.nextDouble(-0.5, 0.5), 0.03, random);
    float depth = (float) random.nextDouble(0.75, 1.4);
    float widthPx = (float) (scale * random.nextDouble(1.8, 3.6));
    tear(part.surface(), line, widthPx, depth);
    if (random.nextInt(3) == 0) {
      double apartPx = scale * random.nextDouble(5, 10);
      tear(part.surface(), line.moved(-Math.sin(heading) * apartPx, Math.cos(heading) * apartPx), widthPx * 0.7f, depth * 0.6f);
    }
  }

  private static void tear(Surface surface, Curve line, float widthPx, float depth) {
    line.follow(surface, 2.6 * widthPx, (at, aside, share, asideX, asideY) -> {
      float across = aside / widthPx;
      float fade = (float) Math.sqrt(Math.max(0, 4 * share * (1 - share))) * surface.metal[at];
      float groove = (float) Math.exp(-across * across) * fade;
      float rise = 1.9f * depth * across * groove;
      surface.slopeX[at] += rise * asideX;
      surface.slopeY[at] += rise * asideY;
      surface.gloss[at] *= 1 - 0.65f * groove;
      surface.albedo[at] += 0.16f * depth * groove;
    });
  }
}
