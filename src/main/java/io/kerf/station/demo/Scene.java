package io.kerf.station.demo;

import java.util.SplittableRandom;

/**
 * What differs harmlessly from picture to picture: where the part lies, how the light falls, which grain it shows.
 *
 * @param centreX column of the part's axis, within ±0.8 % of the picture's shorter side of the middle
 * @param centreY row of the part's axis, likewise
 * @param radiusPx of the part; lens and height of the belt change it by up to 0.2 %
 * @param turnRadians of the part about its axis, within ±2.5°
 * @param lampRadians direction the main light comes from, seen from above
 * @param lampElevationRadians of the main light above the belt
 * @param exposure factor on all light, about 1
 * @param lightTilt how much brighter the side towards the lamp is, as a share at the picture's edge
 * @param tint warmth of the metal
 * @param blurPx Gaussian blur by lens and focus
 * @param grainRow shift within the turning marks
 * @param grainColumn shift within the turning marks, along the circle
 * @param grainStrength of the turning marks, about 1
 * @param beltX shift of the belt along its travel
 * @param beltY shift of the belt across
 * @param serial bits of the part's dot-peened mark
 * @param noiseSeed of the sensor's noise
 */
record Scene(
    double centreX,
    double centreY,
    double radiusPx,
    double turnRadians,
    double lampRadians,
    double lampElevationRadians,
    double exposure,
    double lightTilt,
    double tint,
    double blurPx,
    int grainRow,
    int grainColumn,
    double grainStrength,
    float beltX,
    float beltY,
    long serial,
    long noiseSeed) {

  /** Part radius as a share of the picture's shorter side. */
  static final double RADIUS = 0.452;

  /**
   * How far the part lies off the middle, as a share of the shorter side. A stop holds it, as on most lines: of all that varies
   * here, place is what an encoder of two minutes' training minds most, and more of it hides small defects.
   */
  private static final double PLAY = 0.008;

  static Scene draw(int widthPx, int heightPx, SplittableRandom random) {
    double side = Math.min(widthPx, heightPx);
    double play = PLAY * side;
    return new Scene(
        widthPx / 2.0 + random.nextDouble(-play, play),
        heightPx / 2.0 + random.nextDouble(-play, play),
        side * RADIUS * random.nextDouble(0.998, 1.002),
        Math.toRadians(random.nextDouble(-2.5, 2.5)),
        Math.toRadians(-128 + random.nextDouble(-6, 6)),
        Math.toRadians(random.nextDouble(47, 54)),
        random.nextDouble(0.92, 1.08),
        random.nextDouble(0.06, 0.14),
        random.nextDouble(-0.01, 0.025),
        side / 384 * random.nextDouble(0.6, 0.9),
        random.nextInt(Grain.TURNING_ROWS),
        random.nextInt(Grain.TURNING_COLUMNS),
        random.nextDouble(0.85, 1.15),
        random.nextInt(1 << 12),
        random.nextInt(1 << 12),
        random.nextLong(),
        random.nextLong());
  }

  /** Pixels of this picture for one pixel of a picture 384 px high. */
  double scale() {
    return radiusPx / (384 * RADIUS);
  }

  /** Column of a point of the part. */
  double xOf(double shareOfRadius, double radians) {
    return centreX + shareOfRadius * radiusPx * Math.cos(radians + turnRadians);
  }

  /** Row of a point of the part. */
  double yOf(double shareOfRadius, double radians) {
    return centreY + shareOfRadius * radiusPx * Math.sin(radians + turnRadians);
  }
}
