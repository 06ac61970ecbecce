package io.kerf.pretext;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What an alteration pastes, and where.
 *
 * @param xPx column of the left edge in the image
 * @param yPx row of the upper edge in the image
 * @param patch the colours
 * @param coverage one byte for each pixel of {@code patch}, row by row: 1 where it is pasted, 0 where the image stays
 */
record Stamp(int xPx, int yPx, Planes patch, byte[] coverage) {

  /** The whole patch, anywhere it fits in the image. */
  static Stamp anywhere(Planes patch, Planes image, RandomGenerator rng) {
    byte[] coverage = new byte[patch.area()];
    Arrays.fill(coverage, (byte) 1);
    return anywhere(patch, coverage, image, rng);
  }

  private static Stamp anywhere(Planes patch, byte[] coverage, Planes image, RandomGenerator rng) {
    int x = rng.nextInt(image.widthPx() - patch.widthPx() + 1);
    int y = rng.nextInt(image.heightPx() - patch.heightPx() + 1);
    return new Stamp(x, y, patch, coverage);
  }

  /**
   * The patch turned about its centre, with the mask that turned with it, anywhere its bounding box fits in the image.
   * Pixels are picked by nearest neighbour, so that the patch keeps its sharpness and its edge stays hard.
   *
   * @param radians counter-clockwise
   */
  static Stamp turnedAnywhere(Planes patch, double radians, Planes image, RandomGenerator rng) {
    double cos = Math.cos(radians);
    double sin = Math.sin(radians);
    int width = (int) Math.ceil(Math.abs(patch.widthPx() * cos) + Math.abs(patch.heightPx() * sin) - 1e-9);
    int height = (int) Math.ceil(Math.abs(patch.widthPx() * sin) + Math.abs(patch.heightPx() * cos) - 1e-9);
    Planes turned = Planes.allocate(width, height);
    byte[] coverage = new byte[width * height];
    for (int y = 0; y < height; y++) {
      double fromCentreY = y + 0.5 - height / 2.0;
      for (int x = 0; x < width; x++) {
        double fromCentreX = x + 0.5 - width / 2.0;
        int sourceX = (int) Math.floor(cos * fromCentreX - sin * fromCentreY + patch.widthPx() / 2.0);
        int sourceY = (int) Math.floor(sin * fromCentreX + cos * fromCentreY + patch.heightPx() / 2.0);
        if (sourceX >= 0 && sourceX < patch.widthPx() && sourceY >= 0 && sourceY < patch.heightPx()) {
          coverage[y * width + x] = 1;
          for (int channel = 0; channel < 3; channel++) {
            turned.values()[turned.plane(channel) + y * width + x] =
                patch.values()[patch.plane(channel) + sourceY * patch.widthPx() + sourceX];
          }
        }
      }
    }
    return anywhere(turned, coverage, image, rng);
  }

  void pasteOnto(Planes image) {
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < patch.heightPx(); y++) {
        int from = patch.plane(channel) + y * patch.widthPx();
        int to = image.plane(channel) + (yPx + y) * image.widthPx() + xPx;
        for (int x = 0; x < patch.widthPx(); x++) {
          if (coverage[y * patch.widthPx() + x] != 0) {
            image.values()[to + x] = patch.values()[from + x];
          }
        }
      }
    }
  }

  /** Sets the mask of an image to 1 where this is pasted and leaves the rest of it alone. */
  void markOn(byte[] mask, int offset, int imageWidthPx) {
    for (int y = 0; y < patch.heightPx(); y++) {
      for (int x = 0; x < patch.widthPx(); x++) {
        mask[offset + (yPx + y) * imageWidthPx + xPx + x] |= coverage[y * patch.widthPx() + x];
      }
    }
  }
}
