package io.kerf.pretext;

import java.util.random.RandomGenerator;

/**
 * A patch to be blended in, turned about its centre.
 *
 * @param ellipse whether only the inscribed ellipse is pasted
 * @param radians counter-clockwise
 * @param edgePx over which the edge fades, to either side of it; 0 for a hard edge
 */
record TurnedPatch(Planes patch, boolean ellipse, double radians, double edgePx) {

  /** Pastes where its bounding box fits, chosen at random; does nothing where it fits nowhere. Marks the pixels within the shape. */
  void pasteOnto(Planes image, boolean[] touched, RandomGenerator rng) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    int width = (int) Math.ceil(Math.abs(patch.widthPx() * cos) + Math.abs(patch.heightPx() * sin) + 2 * edgePx);
    int height = (int) Math.ceil(Math.abs(patch.widthPx() * sin) + Math.abs(patch.heightPx() * cos) + 2 * edgePx);
    if (width > image.widthPx() || height > image.heightPx()) {
      return;
    }
    int left = rng.nextInt(image.widthPx() - width + 1);
    int top = rng.nextInt(image.heightPx() - height + 1);
    for (int y = 0; y < height; y++) {
      double dy = y + 0.5 - height / 2.0;
      for (int x = 0; x < width; x++) {
        double dx = x + 0.5 - width / 2.0;
        double u = cos * dx - sin * dy;
        double v = sin * dx + cos * dy;
        double inside = inside(u, v);
        float alpha = edgePx > 0 ? (float) Math.max(0, Math.min(1, 0.5 + inside / (2 * edgePx))) : inside >= 0 ? 1 : 0;
        if (alpha > 0) {
          int at = (top + y) * image.widthPx() + left + x;
          blend(image, at, u, v, alpha);
          touched[at] |= inside >= 0;
        }
      }
    }
  }

  /** Distance to the edge in pixels, from within positive; for the ellipse along its radius. */
  private double inside(double u, double v) {
    double halfWidth = patch.widthPx() / 2.0;
    double halfHeight = patch.heightPx() / 2.0;
    if (ellipse) {
      double radius = Math.sqrt(u * u / (halfWidth * halfWidth) + v * v / (halfHeight * halfHeight));
      return (1 - radius) * Math.min(halfWidth, halfHeight);
    }
    return Math.min(halfWidth - Math.abs(u), halfHeight - Math.abs(v));
  }

  /** The nearest pixel of the patch, its edge repeated outwards. */
  private void blend(Planes image, int at, double u, double v, float alpha) {
    int sourceX = Math.max(0, Math.min(patch.widthPx() - 1, (int) Math.floor(u + patch.widthPx() / 2.0)));
    int sourceY = Math.max(0, Math.min(patch.heightPx() - 1, (int) Math.floor(v + patch.heightPx() / 2.0)));
    for (int channel = 0; channel < 3; channel++) {
      int to = image.plane(channel) + at;
      float pasted = patch.values()[patch.plane(channel) + sourceY * patch.widthPx() + sourceX];
      image.values()[to] += alpha * (pasted - image.values()[to]);
    }
  }
}
