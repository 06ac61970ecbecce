package io.kerf.pretext;

import java.util.random.RandomGenerator;

/** Width and height of a patch in pixels, as the paper draws them (arXiv 2104.04015). */
record PatchSize(int widthPx, int heightPx) {
  /** The input size for which the paper gives a scar's pixels. */
  private static final double PAPER_INPUT_PX = 256;

  /**
   * CutPaste: area 0.02…0.15 of the image, width over height from (0.3, 1) or (1, 3.3), each with even chance. The longer side is
   * at most √(0.15 · 3.3) ≈ 0.70 of the image, so that every draw fits.
   */
  static PatchSize broad(int sizePx, RandomGenerator rng) {
    double area = rng.nextDouble(0.02, 0.15) * sizePx * sizePx;
    double aspect = rng.nextBoolean() ? rng.nextDouble(0.3, 1) : rng.nextDouble(1, 3.3);
    return new PatchSize(rounded(Math.sqrt(area * aspect), 1), rounded(Math.sqrt(area / aspect), 1));
  }

  /**
   * CutPaste-Scar: 2…16 px wide and 10…25 px long at 256 px input, scaled with the input. Never under 2 × 3 px, which is what is
   * left of it on small inputs.
   */
  static PatchSize narrow(int sizePx, RandomGenerator rng) {
    double scale = sizePx / PAPER_INPUT_PX;
    return new PatchSize(rounded(rng.nextDouble(2, 16) * scale, 2), rounded(rng.nextDouble(10, 25) * scale, 3));
  }

  private static int rounded(double px, int least) {
    return Math.max(least, (int) Math.round(px));
  }
}
