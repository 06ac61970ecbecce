package io.kerf.imaging;

import java.util.Optional;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.jboss.logging.Logger;

/**
 * Decodes large JPEGs at a half, a quarter or an eighth of their size by dropping the high frequencies of each block before the inverse
 * transform, which costs a fraction of decoding all pixels and does not alias. The work is libjpeg-turbo's, reached through Leptonica,
 * the smallest of the libraries that carry it for Linux on both architectures.
 *
 * <p>The native library is loaded by the first large JPEG. Where it cannot be, the answer is always empty and the caller decodes in full.
 */
final class ReducedJpeg {
  private static final Logger LOG = Logger.getLogger(ReducedJpeg.class);

  private ReducedJpeg() {}

  /** The largest reduction (1, 2, 4, 8) that leaves {@code neededShortSidePx} on the short side. */
  static int reductionFor(long shortSidePx, int neededShortSidePx) {
    for (int reduction = 8; reduction > 1; reduction /= 2) {
      if (shortSidePx / reduction >= neededShortSidePx) {
        return reduction;
      }
    }
    return 1;
  }

  /**
   * The picture at {@code 1 / reduction} of its size, sides rounded up; empty where the library is missing or has any reservation about
   * the bytes, so that the full decoder, which can say what is wrong, has the word.
   *
   * @param jpeg grey or colour, complete
   */
  static Optional<Picture> decode(byte[] jpeg, int reduction) {
    if (!Native.LOADED) {
      return Optional.empty();
    }
    int[] warnings = new int[1];
    PIX pix = leptonica.pixReadMemJpeg(jpeg, jpeg.length, 0, reduction, warnings, 0);
    if (pix == null) {
      return Optional.empty();
    }
    try {
      return warnings[0] == 0 && leptonica.pixGetColormap(pix) == null ? planes(pix) : Optional.empty();
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  private static Optional<Picture> planes(PIX pix) {
    int width = leptonica.pixGetWidth(pix);
    int height = leptonica.pixGetHeight(pix);
    int wordsPerLine = leptonica.pixGetWpl(pix);
    int[] words = new int[wordsPerLine * height];
    try (IntPointer data = leptonica.pixGetData(pix)) {
      data.get(words);
    }
    return switch (leptonica.pixGetDepth(pix)) {
      case 8 -> Optional.of(grey(words, width, height, wordsPerLine));
      case 32 -> Optional.of(colour(words, width, height, wordsPerLine));
      default -> Optional.empty();
    };
  }

  /** Four pixels to a word, the leftmost in the highest byte. */
  private static Picture grey(int[] words, int width, int height, int wordsPerLine) {
    int area = width * height;
    float[] planes = new float[3 * area];
    for (int y = 0, out = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        planes[out++] = (words[y * wordsPerLine + (x >> 2)] >>> (24 - 8 * (x & 3)) & 0xFF) / 255f;
      }
    }
    System.arraycopy(planes, 0, planes, area, area);
    System.arraycopy(planes, 0, planes, 2 * area, area);
    return new Picture(width, height, planes);
  }

  /** One pixel to a word, red in the highest byte. */
  private static Picture colour(int[] words, int width, int height, int wordsPerLine) {
    int area = width * height;
    float[] planes = new float[3 * area];
    for (int y = 0, out = 0; y < height; y++) {
      for (int x = 0, in = y * wordsPerLine; x < width; x++, in++, out++) {
        int word = words[in];
        planes[out] = (word >>> 24) / 255f;
        planes[area + out] = (word >>> 16 & 0xFF) / 255f;
        planes[2 * area + out] = (word >>> 8 & 0xFF) / 255f;
      }
    }
    return new Picture(width, height, planes);
  }

  /** Loads the library when first asked for, once for all threads. */
  private static final class Native {
    static final boolean LOADED = load();

    private static boolean load() {
      // Left to itself the binding refuses to allocate when the process holds more memory than twice the heap, which a process with an
      // inference engine always does.
      System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", System.getProperty("org.bytedeco.javacpp.maxphysicalbytes", "0"));
      try {
        leptonica.setMsgSeverity(leptonica.L_SEVERITY_NONE);
        return true;
      } catch (LinkageError | RuntimeException missing) {
        LOG.warnf("Large JPEGs are decoded in full, which takes about five times as long: the reduced-scale decoder cannot be loaded (%s)", missing);
        return false;
      }
    }
  }
}
