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
    int frameWidth = preprocessing.widthPx();
    int frameHeight = preprocessing.heightPx();
    return switch (preprocessing.fit()) {
      case SQUASH -> new Framing(left, top, width, height, 0, 0, frameWidth, frameHeight);
      case LETTERBOX -> {
        double scale = Math.min(frameWidth / width, frameHeight / height);
        int inWidth = (int) Math.max(1, Math.min(frameWidth, Math.round(scale * width)));
        int inHeight = (int) Math.max(1, Math.min(frameHeight, Math.round(scale * height)));
        yield new Framing(left, top, width, height, (frameWidth - inWidth) / 2, (frameHeight - inHeight) / 2, inWidth, inHeight);
      }
      case CENTRE_CROP -> {
        double scale = Math.min(width / frameWidth, height / frameHeight);
        double shownWidth = scale * frameWidth;
        double shownHeight = scale * frameHeight;
        yield new Framing(left + (width - shownWidth) / 2, top + (height - shownHeight) / 2, shownWidth, shownHeight, 0, 0, frameWidth, frameHeight);
      }
    };
  }

  boolean fills(int frameWidth, int frameHeight) {
    return width == frameWidth && height == frameHeight;
  }
}
