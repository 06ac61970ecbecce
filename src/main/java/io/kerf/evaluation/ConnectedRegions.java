package io.kerf.evaluation;

import java.util.Arrays;

/** The separate defects of a mask: sets of pixels that touch each other, diagonally included. */
final class ConnectedRegions {
  private static final int NONE = -1;

  private final int[] regionOf;
  private int[] pixels = new int[8];
  private int count;

  private ConnectedRegions(int size) {
    regionOf = new int[size];
    Arrays.fill(regionOf, NONE);
  }

  static ConnectedRegions of(Mask mask) {
    boolean[] defect = mask.defect();
    ConnectedRegions regions = new ConnectedRegions(defect.length);
    int[] queue = new int[defect.length];
    for (int i = 0; i < defect.length; i++) {
      if (defect[i] && regions.regionOf[i] == NONE) {
        regions.fill(mask, i, queue);
      }
    }
    return regions;
  }

  private void fill(Mask mask, int start, int[] queue) {
    int w = mask.widthPx();
    int h = mask.heightPx();
    int head = 0;
    int tail = 0;
    queue[tail++] = start;
    regionOf[start] = count;
    while (head < tail) {
      int x = queue[head] % w;
      int y = queue[head++] / w;
      for (int ny = Math.max(0, y - 1); ny <= Math.min(h - 1, y + 1); ny++) {
        for (int nx = Math.max(0, x - 1); nx <= Math.min(w - 1, x + 1); nx++) {
          int neighbour = ny * w + nx;
          if (mask.defect()[neighbour] && regionOf[neighbour] == NONE) {
            regionOf[neighbour] = count;
            queue[tail++] = neighbour;
          }
        }
      }
    }
    if (count == pixels.length) {
      pixels = Arrays.copyOf(pixels, count * 2);
    }
    pixels[count++] = tail;
  }

  int count() {
    return count;
  }

  /** Region of a pixel, 0…{@link #count()}−1, or negative outside all. */
  int regionOf(int pixel) {
    return regionOf[pixel];
  }

  int pixels(int region) {
    return pixels[region];
  }
}
