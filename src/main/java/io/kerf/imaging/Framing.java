package io.kerf.imaging;

import java.util.Optional;

/**
 * Which rectangle of an upright image lies on which rectangle of the network's frame.
 *
 * @param sourceX left edge in the image, px, need not be whole
 * @param x left edge in the frame, px
 */
record Framing(double sourceX, double sourceY, double sourceWidth, double sourceHeight, int x, int y, int width, int height) {
  static Framing of(Preprocessing preprocessing, int imageWidth, int imageHeight) {
    Optional<Region> region = preprocessing.region();
    double left = region.map(Region::x).orElse(0.0) * imageWidth;
    double top = region.map(Region::y).orElse(0.0) * imageHeight;
    double width = region.map(Region::width).orElse(1.0) * imageWidth;
    double height = region.map(Region::height).orElse(1.0) * imageHeight;
    int size = preprocessing.sizePx();
    return switch (preprocessing.fit()) {
      case SQUASH -> new Framing(left, top, width, height, 0, 0, size, size);
      case LETTERBOX -> {
        double longSide = Math.max(width, height);
        int inWidth = (int) Math.max(1, Math.round(size * width / longSide));
        int inHeight = (int) Math.max(1, Math.round(size * height / longSide));
        yield new Framing(left, top, width, height, (size - inWidth) / 2, (size - inHeight) / 2, inWidth, inHeight);
      }
      case CENTRE_CROP -> {
        double side = Math.min(width, height);
        yield new Framing(left + (width - side) / 2, top + (height - side) / 2, side, side, 0, 0, size, size);
      }
    };
  }

  boolean fills(int size) {
    return width == size && height == size;
  }
}
