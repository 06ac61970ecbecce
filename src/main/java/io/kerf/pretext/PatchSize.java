package io.kerf.pretext;

import java.util.random.RandomGenerator;

/** Width and height of a patch in pixels, as the paper draws them (arXiv 2104.04015). */
record PatchSize(int widthPx, int heightPx) {
  /** The input size for which the paper gives a scar's pixels. */
  private static final double PAPER_INPUT_PX = 256;

  /**
   * CutPaste: area 0.02…0.15 of the image, width over height from (0.3, 1) or (1, 3.3), each with even chance. The longer side is
   * at most √(0.15 · 3.3) ≈ 0.70 of a square image, so that every draw fits; on a long one it is cut to fit.
   */
  static PatchSize broad(int widthPx, int heightPx, RandomGenerator rng) {
    double area = rng.nextDouble(0.02, 0.15) * widthPx * heightPx;
    double aspect = rng.nextBoolean() ? rng.nextDouble(0.3, 1) : rng.nextDouble(1, 3.3);
    return new PatchSize(rounded(Math.sqrt(area * aspect), 1), rounded(Math.sqrt(area / aspect), 1)).within(widthPx, heightPx);
  }

  /**
   * CutPaste-Scar: 2…16 px wide and 10…25 px long at 256 px input, scaled with the input. Never under 2 × 3 px, which is what is
   * left of it on small inputs.
   *
   * @param framePx side of the network's whole input, of which the image may be a crop: a scar has the same pixels in either
   */
  static PatchSize narrow(double framePx, RandomGenerator rng) {
    double scale = framePx / PAPER_INPUT_PX;
    return new PatchSize(rounded(rng.nextDouble(2, 16) * scale, 2), rounded(rng.nextDouble(10, 25) * scale, 3));
  }

  /** No larger than that. */
  PatchSize within(int mostWidthPx, int mostHeightPx) {
    return new PatchSize(Math.min(widthPx, mostWidthPx), Math.min(heightPx, mostHeightPx));
  }

  private static int rounded(double px, int least) {
    return Math.max(least, (int) Math.round(px));
  }
}
