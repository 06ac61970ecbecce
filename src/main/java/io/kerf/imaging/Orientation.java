package io.kerf.imaging;

/**
 * How stored rows and columns lie in the upright image: the EXIF tag 274 of the same number (EXIF 2.32, section 4.6.4 A).
 *
 * @param tag 1 to 8; 1 is upright
 */
record Orientation(int tag) {
  static final Orientation UPRIGHT = new Orientation(1);

  /** The orientation of a tag's value; anything outside 1..8 counts as upright. */
  static Orientation of(long tag) {
    return tag >= 1 && tag <= 8 ? new Orientation((int) tag) : UPRIGHT;
  }

  /** Whether upright width is stored height. */
  boolean swapsSides() {
    return tag >= 5;
  }

  /** The picture turned and mirrored to stand upright; the same picture where it already does. */
  Picture upright(Picture stored) {
    if (tag == 1) {
      return stored;
    }
    int storedWidth = stored.width();
    int storedHeight = stored.height();
    int width = swapsSides() ? storedHeight : storedWidth;
    int height = swapsSides() ? storedWidth : storedHeight;
    // The stored index of upright (x, y) is origin + x * stepX + y * stepY.
    boolean fromRight = tag == 2 || tag == 3 || tag == 7 || tag == 8;
    boolean fromBottom = tag == 3 || tag == 4 || tag == 6 || tag == 7;
    int alongRow = fromRight ? -1 : 1;
    int alongColumn = fromBottom ? -storedWidth : storedWidth;
    int origin = (fromRight ? storedWidth - 1 : 0) + (fromBottom ? (storedHeight - 1) * storedWidth : 0);
    int stepX = swapsSides() ? alongColumn : alongRow;
    int stepY = swapsSides() ? alongRow : alongColumn;
    float[] from = stored.planes();
    float[] to = new float[from.length];
    int area = width * height;
    for (int channel = 0, out = 0; channel < 3; channel++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0, in = channel * area + origin + y * stepY; x < width; x++, in += stepX) {
          to[out++] = from[in];
        }
      }
    }
    return new Picture(width, height, to);
  }
}
