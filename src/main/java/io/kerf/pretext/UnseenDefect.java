package io.kerf.pretext;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Defects of kinds that no lesson pastes: to see whether a model finds what it has not been taught. Sizes are shares of the image's
 * geometric mean side.
 */
public enum UnseenDefect {
  /** A plain rectangle in mid-grey or the image's mean colour, a hundredth to a tenth of the image. */
  CUTOUT {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      double area = rng.nextDouble(0.01, 0.1) * image.area();
      double aspect = Math.exp(rng.nextDouble(-1, 1));
      PatchSize size = new PatchSize((int) Math.ceil(Math.sqrt(area * aspect)), (int) Math.ceil(Math.sqrt(area / aspect)))
          .within(image.widthPx() - 1, image.heightPx() - 1);
      float[] colour = rng.nextBoolean() ? image.mean() : new float[] {0.5f, 0.5f, 0.5f};
      Stamp.anywhere(Planes.filled(size.widthPx(), size.heightPx(), colour), image, rng).pasteOnto(image);
    }
  },

  /** A thin strip of one grey, 0.04 to 0.1 long and 0.008 to 0.03 wide, turned anyhow. */
  SCAR {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      float grey = rng.nextFloat();
      Planes strip = Planes.filled((int) Math.ceil(rng.nextDouble(0.008, 0.03) * side), (int) Math.ceil(rng.nextDouble(0.04, 0.1) * side),
          new float[] {grey, grey, grey});
      new TurnedPatch(strip, false, rng.nextDouble(0, Math.PI), 0).pasteOnto(image, new boolean[image.area()], rng);
    }
  },

  /** A smooth brighter or darker place of radius 0.05 to 0.2, by 15 to 50 %. */
  SHADE {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      Bump bump = new Bump(rng.nextDouble(image.widthPx()), rng.nextDouble(image.heightPx()), rng.nextDouble(0.05, 0.2) * side);
      double depth = (rng.nextBoolean() ? 1 : -1) * rng.nextDouble(0.15, 0.5);
      everywhere(image, (x, y, at, plane) -> (float) Math.max(0, Math.min(1, image.values()[at] * (1 + depth * bump.at(x, y)))));
    }
  },

  /** A place of radius 0.05 to 0.13 out of focus: a box mean of 5 to 11 pixels at 256 px. */
  BLUR {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      Bump bump = new Bump(rng.nextDouble(image.widthPx()), rng.nextDouble(image.heightPx()), rng.nextDouble(0.05, 0.13) * side);
      int reach = Math.max(1, (int) Math.round(rng.nextDouble(2, 6) * side / 256));
      Planes before = image.cut(0, 0, image.widthPx(), image.heightPx());
      everywhere(image, (x, y, at, plane) -> bump.at(x, y) > 0.5 ? mean(before, plane, x, y, reach) : image.values()[at]);
    }
  },

  /** A place of radius 0.08 to 0.2 displaced by up to half its radius. */
  WARP {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      double radius = rng.nextDouble(0.08, 0.2) * side;
      Bump bump = new Bump(rng.nextDouble(0.2, 0.8) * image.widthPx(), rng.nextDouble(0.2, 0.8) * image.heightPx(), radius);
      double way = rng.nextDouble(2 * Math.PI);
      double dx = Math.cos(way) * rng.nextDouble(0.25, 0.6) * radius;
      double dy = Math.sin(way) * rng.nextDouble(0.25, 0.6) * radius;
      Planes before = image.cut(0, 0, image.widthPx(), image.heightPx());
      everywhere(image, (x, y, at, plane) -> pixel(before, plane, x + dx * bump.at(x, y), y + dy * bump.at(x, y)));
    }
  },

  /** A round piece of radius 0.06 to 0.15 of what stands out from the border's colour is gone, and that colour in its place. */
  MISSING {
    @Override
    void paint(Planes image, double side, RandomGenerator rng) {
      float[] ground = borderMedian(image);
      int centre = rng.nextInt(image.area());
      for (int tries = 0; tries < 200 && contrast(image, centre, ground) < STANDS_OUT; tries++) {
        centre = rng.nextInt(image.area());
      }
      Bump bump = new Bump(centre % image.widthPx(), centre / image.widthPx(), rng.nextDouble(0.06, 0.15) * side);
      everywhere(image, (x, y, at, plane) -> bump.at(x, y) > Math.exp(-0.5) ? ground[plane] : image.values()[at]);
    }
  };

  private static final double STANDS_OUT = 0.15;

  abstract void paint(Planes image, double side, RandomGenerator rng);

  /** A copy with one such defect. @param planes {@code [3, heightPx, widthPx]}, 0…1; left as they are */
  public float[] paintOn(float[] planes, int widthPx, int heightPx, RandomGenerator rng) {
    PretextSampler.requireLength("planes", 3 * widthPx * heightPx, planes.length);
    Planes image = new Planes(planes.clone(), 0, widthPx, heightPx);
    paint(image, Math.sqrt((double) widthPx * heightPx), rng);
    return image.values();
  }

  /** exp(−d²/2r²) at distance d from the centre. */
  private record Bump(double x, double y, double radius) {
    double at(double px, double py) {
      double dx = px - x;
      double dy = py - y;
      return Math.exp(-(dx * dx + dy * dy) / (2 * radius * radius));
    }
  }

  private interface Painter {
    float value(int x, int y, int at, int plane);
  }

  private static void everywhere(Planes image, Painter painter) {
    for (int plane = 0; plane < 3; plane++) {
      int at = image.plane(plane);
      for (int y = 0; y < image.heightPx(); y++) {
        for (int x = 0; x < image.widthPx(); x++, at++) {
          image.values()[at] = painter.value(x, y, at, plane);
        }
      }
    }
  }

  private static float pixel(Planes image, int plane, double x, double y) {
    int column = (int) Math.max(0, Math.min(image.widthPx() - 1, Math.round(x)));
    int row = (int) Math.max(0, Math.min(image.heightPx() - 1, Math.round(y)));
    return image.values()[image.plane(plane) + row * image.widthPx() + column];
  }

  private static float mean(Planes image, int plane, int x, int y, int reach) {
    float sum = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        sum += pixel(image, plane, x + dx, y + dy);
      }
    }
    return sum / ((2 * reach + 1) * (2 * reach + 1));
  }

  private static double contrast(Planes image, int at, float[] ground) {
    double sum = 0;
    for (int plane = 0; plane < 3; plane++) {
      sum += Math.abs(image.values()[image.plane(plane) + at] - ground[plane]);
    }
    return sum;
  }

  private static float[] borderMedian(Planes image) {
    int width = image.widthPx();
    int height = image.heightPx();
    float[] median = new float[3];
    for (int plane = 0; plane < 3; plane++) {
      float[] border = new float[2 * width + 2 * height];
      for (int x = 0; x < width; x++) {
        border[2 * x] = pixel(image, plane, x, 0);
        border[2 * x + 1] = pixel(image, plane, x, height - 1);
      }
      for (int y = 0; y < height; y++) {
        border[2 * width + 2 * y] = pixel(image, plane, 0, y);
        border[2 * width + 2 * y + 1] = pixel(image, plane, width - 1, y);
      }
      Arrays.sort(border);
      median[plane] = border[border.length / 2];
    }
    return median;
  }
}
