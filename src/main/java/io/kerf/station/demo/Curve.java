package io.kerf.station.demo;

import java.util.SplittableRandom;

/**
 * A line on the surface, as short straight pieces.
 *
 * @param xs columns of its points
 * @param ys rows of its points
 */
record Curve(float[] xs, float[] ys) {
  /**
   * A line that sets out from a point and bends as it goes.
   *
   * @param bend radians it turns over its whole length
   * @param unrest radians by which its direction wanders, besides
   */
  static Curve bent(double x, double y, double heading, double lengthPx, double bend, double unrest, SplittableRandom random) {
    int pieces = Math.max(8, (int) (lengthPx / 3));
    float[] xs = new float[pieces + 1];
    float[] ys = new float[pieces + 1];
    double direction = heading;
    double wander = 0;
    for (int i = 0; i <= pieces; i++) {
      xs[i] = (float) x;
      ys[i] = (float) y;
      wander = 0.85 * wander + 0.5 * unrest * random.nextGaussian();
      direction += bend / pieces;
      x += Math.cos(direction + wander) * lengthPx / pieces;
      y += Math.sin(direction + wander) * lengthPx / pieces;
    }
    return new Curve(xs, ys);
  }

  /** A helix seen from the side, as a lathe's chip curls. */
  static Curve coil(double x, double y, double heading, double lengthPx, double coilPx, double windings) {
    int pieces = (int) (windings * 20);
    float[] xs = new float[pieces + 1];
    float[] ys = new float[pieces + 1];
    for (int i = 0; i <= pieces; i++) {
      double turn = 2 * Math.PI * windings * i / pieces;
      double width = coilPx * (0.7 + 0.3 * i / pieces);
      double along = lengthPx * i / pieces + 0.55 * width * Math.cos(turn);
      double aside = width * Math.sin(turn) + 0.15 * lengthPx * Math.sin(Math.PI * i / pieces);
      xs[i] = (float) (x + along * Math.cos(heading) - aside * Math.sin(heading));
      ys[i] = (float) (y + along * Math.sin(heading) + aside * Math.cos(heading));
    }
    return new Curve(xs, ys);
  }

  Curve moved(double byX, double byY) {
    float[] movedXs = xs.clone();
    float[] movedYs = ys.clone();
    for (int i = 0; i < xs.length; i++) {
      movedXs[i] += (float) byX;
      movedYs[i] += (float) byY;
    }
    return new Curve(movedXs, movedYs);
  }

  /** Calls for each pixel that lies beside a piece of the line and within reach of it. */
  void follow(Surface surface, double reachPx, Brush brush) {
    for (int i = 0; i + 1 < xs.length; i++) {
      float startX = xs[i];
      float startY = ys[i];
      float lengthPx = (float) Math.hypot(xs[i + 1] - startX, ys[i + 1] - startY);
      float forwardX = (xs[i + 1] - startX) / lengthPx;
      float forwardY = (ys[i + 1] - startY) / lengthPx;
      int piece = i;
      surface.box(Math.min(startX, xs[i + 1]) - reachPx, Math.min(startY, ys[i + 1]) - reachPx,
          Math.max(startX, xs[i + 1]) + reachPx, Math.max(startY, ys[i + 1]) + reachPx, (at, x, y) -> {
            float forward = (x - startX) * forwardX + (y - startY) * forwardY;
            float aside = (y - startY) * forwardX - (x - startX) * forwardY;
            if (forward >= 0 && forward < lengthPx && Math.abs(aside) <= reachPx) {
              brush.at(at, aside, (piece + forward / lengthPx) / (xs.length - 1), -forwardY, forwardX);
            }
          });
    }
  }

  /** Changes one pixel: {@code aside} px off the line towards {@code (asideX, asideY)}, at a share 0…1 of its length. */
  @FunctionalInterface
  interface Brush {
    void at(int index, float aside, float share, float asideX, float asideY);
  }
}
