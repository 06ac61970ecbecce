package io.kerf.evaluation;

import java.util.OptionalDouble;

/**
 * How well heat maps put the pixels of defects above all others: pixel AUROC and AUPRO, over any number of images in bounded memory.
 *
 * <p>Heat values are counted in bins of the float's own bits, of which the upper {@value #BITS} are kept: sign, exponent and 13 bits of
 * mantissa. The order between bins is kept whatever the values' scale or offset; values less than 1.3 · 10⁻⁴ of their size apart may
 * share a bin and then count as tied. A tie wrongly made moves AUROC by at most half the share of (defect, other) pixel pairs
 * that share a bin, in practice less than 10⁻⁴. Pages of bins are made when first used: 6 MiB for values that span 30 powers of two,
 * 96 MiB if they spanned every float.
 *
 * <p>Not safe for use by several threads.
 */
public final class PixelRanking {
  /** Share of false positives up to which AUPRO is integrated. */
  public static final double AUPRO_LIMIT = 0.30;

  private static final int BITS = 22;
  private static final int PAGE_BITS = 12;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;

  private static final class Page {
    final long[] other = new long[PAGE_SIZE];
    final long[] defect = new long[PAGE_SIZE];
    /** Σ over defect pixels of 1 / (pixels of their region): the mean of the regions' overlaps needs no histogram for each region. */
    final double[] regionShare = new double[PAGE_SIZE];
  }

  private final Page[] pages = new Page[1 << (BITS - PAGE_BITS)];
  private long otherPixels;
  private long defectPixels;
  private long regions;

  /**
   * Counts the pixels of one image.
   *
   * @param heatMap row-major, {@code mask.widthPx() * mask.heightPx()} finite values; higher is odder
   * @param mask where the defects are, of the same extent
   * @throws IllegalArgumentException where the extents differ or a value is NaN
   */
  public void add(float[] heatMap, Mask mask) {
    if (heatMap.length != mask.widthPx() * mask.heightPx()) {
      throw new IllegalArgumentException(
          heatMap.length + " heat values for a mask of " + mask.widthPx() + " x " + mask.heightPx() + " pixels");
    }
    ConnectedRegions found = ConnectedRegions.of(mask);
    for (int i = 0; i < heatMap.length; i++) {
      int region = found.regionOf(i);
      if (region < 0) {
        addOther(heatMap[i]);
      } else {
        int bin = bin(heatMap[i]);
        Page page = page(bin);
        page.defect[bin & (PAGE_SIZE - 1)]++;
        page.regionShare[bin & (PAGE_SIZE - 1)] += 1.0 / found.pixels(region);
        defectPixels++;
      }
    }
    regions += found.count();
  }

  /** Counts the pixels of an image without a defect. */
  public void addGood(float[] heatMap) {
    for (float heat : heatMap) {
      addOther(heat);
    }
  }

  /** Adds everything another ranking counted. */
  public void addAll(PixelRanking counted) {
    for (int p = 0; p < pages.length; p++) {
      if (counted.pages[p] == null) {
        continue;
      }
      Page from = counted.pages[p];
      Page to = page(p << PAGE_BITS);
      for (int i = 0; i < PAGE_SIZE; i++) {
        to.other[i] += from.other[i];
        to.defect[i] += from.defect[i];
        to.regionShare[i] += from.regionShare[i];
      }
    }
    otherPixels += counted.otherPixels;
    defectPixels += counted.defectPixels;
    regions += counted.regions;
  }

  /** Area under the pixels' ROC, ties counting one half; empty without pixels of both kinds. */
  public OptionalDouble auroc() {
    if (defectPixels == 0 || otherPixels == 0) {
      return OptionalDouble.empty();
    }
    double won = 0;
    long below = 0;
    for (Page page : pages) {
      for (int i = 0; page != null && i < PAGE_SIZE; i++) {
        won += page.defect[i] * (below + 0.5 * page.other[i]);
        below += page.other[i];
      }
    }
    return OptionalDouble.of(won / ((double) defectPixels * otherPixels));
  }

  /**
   * Area under the per-region overlap, over false-positive rates from 0 to {@value #AUPRO_LIMIT}, divided by {@value #AUPRO_LIMIT}; a
   * region is a set of mask pixels that touch, diagonally included; the false-positive rate counts the pixels outside masks of all
   * images (P. Bergmann et al., "The MVTec Anomaly Detection Dataset", IJCV 2021, section 5.1). Empty without pixels of both kinds.
   */
  public OptionalDouble aupro() {
    if (regions == 0 || otherPixels == 0) {
      return OptionalDouble.empty();
    }
    double area = 0;
    double falsePositives = 0;
    double overlap = 0;
    for (int p = pages.length - 1; p >= 0 && falsePositives < AUPRO_LIMIT; p--) {
      for (int i = PAGE_SIZE - 1; pages[p] != null && i >= 0 && falsePositives < AUPRO_LIMIT; i--) {
        double width = pages[p].other[i] / (double) otherPixels;
        double rise = pages[p].regionShare[i] / regions;
        double used = Math.min(width, AUPRO_LIMIT - falsePositives);
        double riseUsed = width == 0 ? 0 : rise * used / width;
        area += used * (overlap + riseUsed / 2);
        falsePositives += width;
        overlap += rise;
      }
    }
    return OptionalDouble.of(area / AUPRO_LIMIT);
  }

  private void addOther(float heat) {
    int bin = bin(heat);
    page(bin).other[bin & (PAGE_SIZE - 1)]++;
    otherPixels++;
  }

  private Page page(int bin) {
    int p = bin >>> PAGE_BITS;
    if (pages[p] == null) {
      pages[p] = new Page();
    }
    return pages[p];
  }

  /** Upper bits of the float in an order that, taken as unsigned, is the order of the numbers; −0 and 0 are one. */
  private static int bin(float heat) {
    if (Float.isNaN(heat)) {
      throw new IllegalArgumentException("a heat map holds NaN");
    }
    int bits = Float.floatToRawIntBits(heat + 0f);
    int ordered = bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    return ordered >>> (Integer.SIZE - BITS);
  }
}
