package io.kerf.pretext;

import java.util.random.RandomGenerator;

/**
 * Defects that look natural: patches of this or another good part, thin or broad, turned, their light changed, with hard or soft edges.
 *
 * <p>In the family of CutPaste; after Schlüter et al., "Natural Synthetic Anomalies for Self-Supervised Anomaly Detection and
 * Localization", ECCV 2022 (arXiv 2109.15222), with alpha blending in place of Poisson's equation. One to three patches; half of
 * them thin (2…10 × 8…40 px in the frame's own pixels), half of log-uniform area 0.002…0.12 of the image and log-uniform aspect
 * e^±1.1; rectangle or ellipse with even chance; turned by −90…90°; brightness × 0.6…1.4, contrast × 0.6…1.5; edges faded over up to two
 * pixels to either side. What visibly changed within the patches' outlines counts as altered; the outer half of a faded edge does not.
 */
final class NaturalDefects {
  /** Mean change of a pixel's channels that is seen: four grey levels of 255. */
  private static final float VISIBLE = 4f / 255;

  private static final int[] COUNTS = {1, 1, 2, 3};
  private static final double OWN_SHARE = 0.4;
  private static final double MOST_BLUR_PX = 2;

  private final RandomGenerator rng;

  NaturalDefects(RandomGenerator rng) {
    this.rng = rng;
  }

  /**
   * Paints on an image.
   *
   * @param donor another image of the same extent
   * @param masks receives 1 in the image's {@code [height, width]} places from {@code offset} on where a patch visibly changed it; 0 is left alone
   * @return whether anything visibly changed
   */
  boolean paintOn(Planes image, Planes donor, byte[] masks, int offset) {
    Planes before = image.cut(0, 0, image.widthPx(), image.heightPx());
    boolean[] touched = new boolean[image.area()];
    for (int i = COUNTS[rng.nextInt(COUNTS.length)]; i > 0; i--) {
      paste(rng.nextDouble() < OWN_SHARE ? before : donor, image, touched);
    }
    boolean any = false;
    for (int at = 0; at < touched.length; at++) {
      if (touched[at] && change(before, image, at) > VISIBLE) {
        masks[offset + at] = 1;
        any = true;
      }
    }
    return any;
  }

  private static float change(Planes before, Planes after, int at) {
    float sum = 0;
    for (int channel = 0; channel < 3; channel++) {
      sum += Math.abs(before.values()[before.plane(channel) + at] - after.values()[after.plane(channel) + at]);
    }
    return sum / 3;
  }

  private void paste(Planes source, Planes image, boolean[] touched) {
    PatchSize size = rng.nextBoolean() ? new PatchSize(rng.nextInt(2, 11), rng.nextInt(8, 41)) : broad(image);
    size = size.within(image.widthPx() - 1, image.heightPx() - 1);
    Planes patch = source.cut(rng.nextInt(image.widthPx() - size.widthPx() + 1), rng.nextInt(image.heightPx() - size.heightPx() + 1),
        size.widthPx(), size.heightPx());
    ColourJitter.brightness(patch, (float) rng.nextDouble(0.6, 1.4));
    ColourJitter.contrast(patch, (float) rng.nextDouble(0.6, 1.5));
    new TurnedPatch(patch, rng.nextBoolean(), Math.toRadians(rng.nextDouble(-90, 90)), rng.nextDouble(0, MOST_BLUR_PX)).pasteOnto(image, touched, rng);
  }

  private PatchSize broad(Planes image) {
    double area = Math.exp(rng.nextDouble(Math.log(0.002), Math.log(0.12))) * image.area();
    double aspect = Math.exp(rng.nextDouble(-1.1, 1.1));
    return new PatchSize(Math.max(3, (int) Math.sqrt(area * aspect)), Math.max(3, (int) Math.sqrt(area / aspect)));
  }
}
