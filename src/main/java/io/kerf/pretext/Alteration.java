package io.kerf.pretext;

import java.util.random.RandomGenerator;

/** A way to alter the image of a good part. Whatever is drawn lies wholly inside the image, and a grey image stays grey. */
public enum Alteration {
  /** A rectangle of CutPaste's size in plain mid-grey or, with even chance, in the image's mean colour. */
  CUTOUT {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      PatchSize size = PatchSize.broad(image.widthPx(), image.heightPx(), rng);
      float[] colour = rng.nextBoolean() ? image.mean() : new float[] {0.5f, 0.5f, 0.5f};
      return Stamp.anywhere(Planes.filled(size.widthPx(), size.heightPx(), colour), image, rng);
    }
  },

  /** A thin rectangle of CutPaste-Scar's size in one random colour, turned by −45…45°. */
  SCAR {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      PatchSize size = narrow(image, options, rng);
      float[] colour = {rng.nextFloat(), rng.nextFloat(), rng.nextFloat()};
      if (image.isGrey()) {
        colour[1] = colour[0];
        colour[2] = colour[0];
      }
      return Stamp.turnedAnywhere(Planes.filled(size.widthPx(), size.heightPx(), colour), tilt(rng), image, rng);
    }
  },

  /** A rectangle cut from the image, its colour jittered, pasted elsewhere: area 0.02…0.15, aspect (0.3, 1) or (1, 3.3). */
  CUTPASTE {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      return Stamp.anywhere(cut(image, PatchSize.broad(image.widthPx(), image.heightPx(), rng), options, rng), image, rng);
    }
  },

  /** A thin strip cut from the image, its colour jittered, turned by −45…45° and pasted: 2…16 × 10…25 px in a frame of 256 px. */
  CUTPASTE_SCAR {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      Planes strip = cut(image, narrow(image, options, rng), options, rng);
      return Stamp.turnedAnywhere(strip, tilt(rng), image, rng);
    }
  };

  /** What to paste on the image, and where. Leaves the image as it is. */
  abstract Stamp draw(Planes image, PretextOptions options, RandomGenerator rng);

  /**
   * Alters one image, which itself stays as it is.
   *
   * @param planes {@code [3, heightPx, widthPx]}, 0…1
   * @throws IllegalArgumentException if {@code planes} is not of that shape, or a side smaller than {@link PretextSampler#SMALLEST_PX}
   */
  public Altered alter(float[] planes, int widthPx, int heightPx, PretextOptions options, RandomGenerator rng) {
    PretextSampler.requireSize(Math.min(widthPx, heightPx));
    PretextSampler.requireLength("planes", 3 * widthPx * heightPx, planes.length);
    Planes altered = new Planes(planes.clone(), 0, widthPx, heightPx);
    byte[] mask = new byte[widthPx * heightPx];
    Stamp stamp = draw(altered, options, rng);
    stamp.pasteOnto(altered);
    stamp.markOn(mask, 0, widthPx);
    return new Altered(altered.values(), mask);
  }

  /** As long and wide as it would be in the whole frame, as far as it fits in the image however it is turned. */
  private static PatchSize narrow(Planes image, PretextOptions options, RandomGenerator rng) {
    double framePx = options.framePx().orElse((int) Math.round(Math.sqrt(image.area())));
    int most = (int) (Math.min(image.widthPx(), image.heightPx()) / Math.sqrt(2)) - 2;
    return PatchSize.narrow(framePx, rng).within(most, most);
  }

  private static Planes cut(Planes image, PatchSize size, PretextOptions options, RandomGenerator rng) {
    int x = rng.nextInt(image.widthPx() - size.widthPx() + 1);
    int y = rng.nextInt(image.heightPx() - size.heightPx() + 1);
    Planes patch = image.cut(x, y, size.widthPx(), size.heightPx());
    new ColourJitter(options.patchJitter()).apply(patch, rng);
    return patch;
  }

  private static double tilt(RandomGenerator rng) {
    return Math.toRadians(rng.nextDouble(-45, 45));
  }

  /**
   * An altered image.
   *
   * @param planes {@code [3, height, width]}, 0…1
   * @param mask {@code [height, width]}, 1 where something was pasted, else 0
   */
  public record Altered(float[] planes, byte[] mask) {}
}
