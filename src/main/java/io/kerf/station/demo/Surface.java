package io.kerf.station.demo;

/**
 * What the camera looks at, pixel by pixel and row by row, before light falls on it.
 *
 * <p>{@code slopeX} and {@code slopeY} are the rise of the surface per pixel to the right and downwards; {@code albedo} the share of
 * light it scatters evenly; {@code gloss} the strength of its turned metal's highlight; {@code warmth} how far its colour leans to red
 * (positive) or blue; {@code metal} the share of the pixel that is sound metal of the part.
 */
final class Surface {
  final int widthPx;
  final int heightPx;
  final float[] slopeX;
  final float[] slopeY;
  final float[] albedo;
  final float[] gloss;
  final float[] warmth;
  final float[] metal;

  Surface(int widthPx, int heightPx) {
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    int area = widthPx * heightPx;
    slopeX = new float[area];
    slopeY = new float[area];
    albedo = new float[area];
    gloss = new float[area];
    warmth = new float[area];
    metal = new float[area];
  }

  /** Calls for each pixel within {@code reachPx} of a point, as far as the picture goes. */
  void around(double centreX, double centreY, double reachPx, Stroke stroke) {
    box(centreX - reachPx, centreY - reachPx, centreX + reachPx, centreY + reachPx, (at, x, y) -> {
      float dx = x - (float) centreX;
      float dy = y - (float) centreY;
      if (dx * dx + dy * dy <= reachPx * reachPx) {
        stroke.at(at, dx, dy);
      }
    });
  }

  /** Calls for each pixel of a rectangle, as far as the picture goes, with its column and row. */
  void box(double left, double top, double right, double bottom, Stroke stroke) {
    int endX = Math.min(widthPx - 1, (int) Math.ceil(right));
    int endY = Math.min(heightPx - 1, (int) Math.ceil(bottom));
    for (int y = Math.max(0, (int) Math.floor(top)); y <= endY; y++) {
      for (int x = Math.max(0, (int) Math.floor(left)); x <= endX; x++) {
        stroke.at(y * widthPx + x, x, y);
      }
    }
  }

  /** Changes one pixel, given its index and a position whose origin the caller knows. */
  @FunctionalInterface
  interface Stroke {
    void at(int index, float x, float y);
  }
}
