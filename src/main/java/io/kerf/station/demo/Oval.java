package io.kerf.station.demo;

import java.util.SplittableRandom;

/**
 * An oval spot on the part's face or boss.
 *
 * @param x column of its centre
 * @param y row of its centre
 * @param longPx half its long side
 * @param shortPx half its short side
 * @param cos of the long side's direction
 * @param sin of the long side's direction
 */
record Oval(double x, double y, double longPx, double shortPx, double cos, double sin) {
  static Oval draw(Workpiece part, double distance, double sizePx, SplittableRandom random) {
    double angle = random.nextDouble(2 * Math.PI);
    double stretch = random.nextDouble(1, 1.5);
    double turn = random.nextDouble(Math.PI);
    double size = part.scale() * sizePx;
    return new Oval(part.x(distance, angle), part.y(distance, angle), size * stretch, size / stretch, Math.cos(turn), Math.sin(turn));
  }

  /** Position along the long side, in units of half of it. */
  float along(float dx, float dy) {
    return (float) ((dx * cos + dy * sin) / longPx);
  }

  /** Position along the short side, in units of half of it. */
  float across(float dx, float dy) {
    return (float) ((dy * cos - dx * sin) / shortPx);
  }
}
