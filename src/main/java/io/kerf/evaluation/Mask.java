package io.kerf.evaluation;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Where the defects of an image are.
 *
 * @param defect row-major, {@code widthPx * heightPx}; shared, not copied
 */
public record Mask(int widthPx, int heightPx, boolean[] defect) {
  public Mask {
    if (defect.length != widthPx * heightPx) {
      throw new IllegalArgumentException("a mask of " + widthPx + " x " + heightPx + " has " + defect.length + " pixels");
    }
  }

  /**
   * Reads a mask image: a pixel belongs to a defect where its first channel is above zero.
   *
   * @throws FaultException {@link Fault#DATASET_INVALID} where the file is no image
   */
  public static Mask read(Path file) {
    try {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException("no reader for it");
      }
      return of(image);
    } catch (IOException | RuntimeException e) {
      throw new FaultException(Fault.DATASET_INVALID, "The mask " + file + " is not a readable image, so defects cannot be located. "
          + "Replace it, or remove all masks of its class.", e);
    }
  }

  private static Mask of(BufferedImage image) {
    Raster raster = image.getRaster();
    boolean palette = image.getColorModel() instanceof IndexColorModel;
    int w = image.getWidth();
    boolean[] defect = new boolean[w * image.getHeight()];
    for (int i = 0; i < defect.length; i++) {
      defect[i] = palette ? (image.getRGB(i % w, i / w) & 0xffffff) != 0 : raster.getSample(i % w, i / w, 0) != 0;
    }
    return new Mask(w, image.getHeight(), defect);
  }

  /** The mask at another extent, each pixel taken from the nearest one. */
  public Mask resized(int width, int height) {
    if (width == widthPx && height == heightPx) {
      return this;
    }
    boolean[] nearest = new boolean[width * height];
    for (int y = 0; y < height; y++) {
      int sourceY = (int) ((y + 0.5) * heightPx / height);
      for (int x = 0; x < width; x++) {
        nearest[y * width + x] = defect[sourceY * widthPx + (int) ((x + 0.5) * widthPx / width)];
      }
    }
    return new Mask(width, height, nearest);
  }

  /** The borders between defect and the rest as SVG path data in pixel units; straight stretches are one line each. */
  public String outline() {
    StringBuilder path = new StringBuilder();
    for (int y = 0; y <= heightPx; y++) {
      for (int x = 0; x < widthPx; x++) {
        int from = x;
        while (x < widthPx && at(x, y - 1) != at(x, y)) {
          x++;
        }
        if (x > from) {
          path.append('M').append(from).append(' ').append(y).append('H').append(x);
        }
      }
    }
    for (int x = 0; x <= widthPx; x++) {
      for (int y = 0; y < heightPx; y++) {
        int from = y;
        while (y < heightPx && at(x - 1, y) != at(x, y)) {
          y++;
        }
        if (y > from) {
          path.append('M').append(x).append(' ').append(from).append('V').append(y);
        }
      }
    }
    return path.toString();
  }

  private boolean at(int x, int y) {
    return x >= 0 && y >= 0 && x < widthPx && y < heightPx && defect[y * widthPx + x];
  }
}
