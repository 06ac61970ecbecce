package io.kerf.imaging;

/**
 * The part of the upright image that is judged, in shares of its width and height, so that it does not depend on resolution.
 *
 * @param x left edge, 0..1
 * @param y upper edge, 0..1
 * @param width 0 (excluded) to {@code 1 - x}
 * @param height 0 (excluded) to {@code 1 - y}
 */
public record Region(double x, double y, double width, double height) {
  private static final double ROUNDING = 1e-9;

  public Region {
    boolean valid = x >= 0 && y >= 0 && width > 0 && height > 0 && x + width <= 1 + ROUNDING && y + height <= 1 + ROUNDING;
    if (!valid) {
      throw new IllegalArgumentException("a region lies within the image, with x, y, width and height as shares of 0 to 1: x " + x + ", y " + y
          + ", width " + width + ", height " + height + " does not");
    }
  }
}
