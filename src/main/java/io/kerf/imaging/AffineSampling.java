package io.kerf.imaging;

/**
 * Reads a picture at other places than its pixels: out(x, y) = in(xx·x + xy·y + x0, yx·x + yy·y + y0), where whole numbers are the centres
 * of pixels. Linear between the four around; beyond the edge the outermost pixels repeat.
 */
record AffineSampling(double xx, double xy, double x0, double yx, double yy, double y0) {
  static AffineSampling shift(double rightPx, double downPx) {
    return new AffineSampling(1, 0, -rightPx, 0, 1, -downPx);
  }

  /** Counter-clockwise as seen, about the centre of a picture of this size. */
  static AffineSampling rotation(double degrees, int width, int height) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    return new AffineSampling(cos, -sin, centreX - cos * centreX + sin * centreY, sin, cos, centreY - sin * centreX - cos * centreY);
  }

  /** A picture of the same size. */
  Picture of(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    int area = width * height;
    float[] in = picture.planes();
    float[] out = new float[in.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = within(xx * x + xy * y + x0, width);
        double fromY = within(yx * x + yy * y + y0, height);
        int left = (int) fromX;
        int top = (int) fromY;
        float right = (float) (fromX - left);
        float down = (float) (fromY - top);
        int at = top * width + left;
        int stepX = left + 1 < width ? 1 : 0;
        int stepY = top + 1 < height ? width : 0;
        for (int plane = 0; plane < in.length; plane += area) {
          float above = (1 - right) * in[plane + at] + right * in[plane + at + stepX];
          float below = (1 - right) * in[plane + at + stepY] + right * in[plane + at + stepY + stepX];
          out[plane + y * width + x] = (1 - down) * above + down * below;
        }
      }
    }
    return new Picture(width, height, out);
  }

  private static double within(double place, int extent) {
    return Math.max(0, Math.min(extent - 1, place));
  }
}
