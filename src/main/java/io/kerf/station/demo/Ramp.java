package io.kerf.station.demo;

/** Smooth steps. */
final class Ramp {
  private Ramp() {}

  /** 0 up to {@code from}, 1 from {@code to} on, smooth between. */
  static float between(float value, float from, float to) {
    float t = Math.max(0, Math.min(1, (value - from) / (to - from)));
    return t * t * (3 - 2 * t);
  }

  /** Angle of a vector in turns, −0.5…0.5, to within a thousandth of a turn. */
  static float turnsOf(float x, float y) {
    float ax = Math.abs(x);
    float ay = Math.abs(y);
    float ratio = Math.min(ax, ay) / Math.max(1e-9f, Math.max(ax, ay));
    float octant = ratio * (0.125f + 0.0435f * (1 - ratio));
    float quarter = ay > ax ? 0.25f - octant : octant;
    float half = x < 0 ? 0.5f - quarter : quarter;
    return y < 0 ? -half : half;
  }
}
