package io.kerf.evaluation;

/** The linear congruential generator the reference figures were made with: s ← 6364136223846793005 s + 1442695040888963407 mod 2⁶⁴. */
final class Lcg {
  private long state;

  Lcg(long seed) {
    state = seed;
  }

  /** Upper 24 bits as a share in [0, 1). */
  double next() {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (state >>> 40) / (double) (1 << 24);
  }
}
