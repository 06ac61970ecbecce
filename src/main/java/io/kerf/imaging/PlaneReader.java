package io.kerf.imaging;

import java.awt.image.BufferedImage;

/** Turns a decoded raster into a {@link Picture}, averaging blocks of pixels on the way where it is larger than needed. */
final class PlaneReader {
  private PlaneReader() {}

  /**
   * @param block side in pixels of the square of stored pixels behind one pixel of the picture; 1 keeps the size. Blocks at the right
   *     and lower edge average what there is
   */
  static Picture read(BufferedImage image, int block) {
    RowReader rows = RowReader.of(image);
    int width = image.getWidth();
    int height = image.getHeight();
    int outWidth = (width + block - 1) / block;
    int outHeight = (height + block - 1) / block;
    int area = outWidth * outHeight;
    float[] planes = new float[3 * area];
    float[] row = new float[3 * width];
    for (int y = 0; y < height; y++) {
      rows.read(y, row);
      int out = y / block * outWidth;
      for (int channel = 0; channel < 3; channel++) {
        if (block == 1) {
          System.arraycopy(row, channel * width, planes, channel * area + out, width);
        } else {
          addBlocks(row, channel * width, width, planes, channel * area + out, block);
        }
      }
    }
    if (block > 1) {
      divide(planes, width, height, outWidth, outHeight, block);
    }
    return new Picture(outWidth, outHeight, planes);
  }

  private static void addBlocks(float[] row, int from, int width, float[] planes, int to, int block) {
    int whole = width / block;
    int in = from;
    for (int x = 0; x < whole; x++) {
      float sum = 0;
      for (int i = 0; i < block; i++) {
        sum += row[in++];
      }
      planes[to + x] += sum;
    }
    for (; in < from + width; in++) {
      planes[to + whole] += row[in];
    }
  }

  private static void divide(float[] planes, int width, int height, int outWidth, int outHeight, int block) {
    for (int channel = 0, i = 0; channel < 3; channel++) {
      for (int y = 0; y < outHeight; y++) {
        int rows = Math.min(block, height - y * block);
        for (int x = 0; x < outWidth; x++) {
          planes[i++] /= rows * Math.min(block, width - x * block);
        }
      }
    }
  }
}
