package io.kerf.encoder.tensorrt;

/**
 * The images that a plan takes: {@code [1…MAX_BATCH, 3, H, W]}, H and W from the smallest to the largest tile of its model.
 *
 * @param leastWidthPx of the narrowest image
 * @param leastHeightPx of the lowest image
 * @param widthPx of the widest image, for which it is made fastest
 * @param heightPx of the highest image
 */
public record PlanShape(int leastWidthPx, int leastHeightPx, int widthPx, int heightPx) {
  public static final int MAX_BATCH = 8;

  public PlanShape {
    if (leastWidthPx < 1 || leastHeightPx < 1 || leastWidthPx > widthPx || leastHeightPx > heightPx) {
      throw new IllegalArgumentException("a plan cannot be for " + leastWidthPx + "×" + leastHeightPx + " to " + widthPx + "×" + heightPx + " px");
    }
  }

  boolean takes(int count, int width, int height) {
    return count >= 1 && count <= MAX_BATCH && width >= leastWidthPx && width <= widthPx && height >= leastHeightPx && height <= heightPx;
  }
}
