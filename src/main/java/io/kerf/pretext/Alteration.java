package io.kerf.pretext;

import java.util.random.RandomGenerator;

/** A way to alter the image of a good part. Whatever is drawn lies wholly inside the image, and a grey image stays grey. */
public enum Alteration {
  /** A rectangle of CutPaste's size in plain mid-grey or, with even chance, in the image's mean colour. */
  CUTOUT {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      PatchSize size = PatchSize.broad(image.widthPx(), rng);
      float[] colour = rng.nextBoolean() ? image.mean() : new float[] {0.5f, 0.5f, 0.5f};
      return Stamp.anywhere(Planes.filled(size.widthPx(), size.heightPx(), colour), image.widthPx(), rng);
    }
  },

  /** A thin rectangle of CutPaste-Scar's size in one random colour, turned by −45…45°. */
  SCAR {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      PatchSize size = PatchSize.narrow(image.widthPx(), rng);
      float[] colour = {rng.nextFloat(), rng.nextFloat(), rng.nextFloat()};
      if (image.isGrey()) {
        colour[1] = colour[0];
        colour[2] = colour[0];
      }
      return Stamp.turnedAnywhere(Planes.filled(size.widthPx(), size.heightPx(), colour), tilt(rng), image.widthPx(), rng);
    }
  },

  /** A rectangle cut from the image, its colour jittered, pasted elsewhere: area 0.02…0.15, aspect (0.3, 1) or (1, 3.3). */
  CUTPASTE {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      return Stamp.anywhere(cut(image, PatchSize.broad(image.widthPx(), rng), options, rng), image.widthPx(), rng);
    }
  },

  /** A thin strip cut from the image, its colour jittered, turned by −45…45° and pasted: 2…16 × 10…25 px at 256 px input. */
  CUTPASTE_SCAR {
    @Override
    Stamp draw(Planes image, PretextOptions options, RandomGenerator rng) {
      Planes strip = cut(image, PatchSize.narrow(image.widthPx(), rng), options, rng);
      return Stamp.turnedAnywhere(strip, tilt(rng), image.widthPx(), rng);
    }
  };

  /** What to paste on the image, and where. Leaves the image as it is. */
  abstract Stamp draw(Planes image, PretextOptions options, RandomGenerator rng);

  /**
   * Alters one image, which itself stays as it is.
   *
   * @param planes {@code [3, sizePx, sizePx]}, 0…1
   * @throws IllegalArgumentException if {@code planes} is not of that shape, or smaller than {@link PretextSampler#SMALLEST_PX}
   */
  public Altered alter(float[] planes, int sizePx, PretextOptions options, RandomGenerator rng) {
    PretextSampler.requireSize(sizePx);
    PretextSampler.requireLength("planes", 3 * sizePx * sizePx, planes.length);
    Planes altered = new Planes(planes.clone(), 0, sizePx, sizePx);
    byte[] mask = new byte[sizePx * sizePx];
    Stamp stamp = draw(altered, options, rng);
    stamp.pasteOnto(altered);
    stamp.markOn(mask, 0, sizePx);
    return new Altered(altered.values(), mask);
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
   * @param planes {@code [3, sizePx, sizePx]}, 0…1
   * @param mask {@code [sizePx, sizePx]}, 1 where something was pasted, else 0
   */
  public record Altered(float[] planes, byte[] mask) {}
}
