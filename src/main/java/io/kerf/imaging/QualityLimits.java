package io.kerf.imaging;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Outside these limits an image shows nothing that could be judged: no light, no dynamic range, a lens cap, no focus. They are wide on
 * purpose. Whether a <em>part</em> is odd is the model's business; an odd part must reach it.
 *
 * @param minBrightness darkest mean luminance, 0..1
 * @param maxBrightness brightest mean luminance, 0..1
 * @param minContrast least standard deviation of luminance
 * @param minSharpness least {@link ImageQuality#sharpness()}
 */
public record QualityLimits(double minBrightness, double maxBrightness, double minContrast, double minSharpness) {
  /** What holds before anything was learnt: an image of one even grey shows nothing, whatever it is of. */
  public static final QualityLimits UNLEARNT = new QualityLimits(0.005, 0.995, 0.002, 0.0005);

  /** Fewer normals than this say too little of how far good parts vary. */
  private static final int FEW = 10;

  private static final double DEVIATIONS = 8;
  /** At the least, brightness may fall to this share of the usual one (and its distance to white likewise), contrast too. */
  private static final double LIGHT_SHARE = 0.25;
  private static final double LIGHT_FLOOR = 0.05;
  private static final double SHARPNESS_FACTOR = 4;
  /** Median absolute deviation to standard deviation, for a normal distribution. */
  private static final double MAD_TO_DEVIATION = 1.4826;

  public QualityLimits {
    if (!(minBrightness <= maxBrightness) || Double.isNaN(minContrast) || Double.isNaN(minSharpness)) {
      throw new IllegalArgumentException("limits are numbers, the brightest not below the darkest: " + minBrightness + ", " + maxBrightness + ", "
          + minContrast + ", " + minSharpness);
    }
  }

  /**
   * Learns from images of good parts: median ± max(8 deviations, a fixed factor), the deviation from the median absolute deviation, so that
   * a few bad images among them do no harm. Brightness and contrast may fall to a quarter, sharpness (on a logarithmic scale) to a quarter,
   * and to an eighth where there are fewer than ten normals. Black and white are outside whatever was learnt.
   */
  public static QualityLimits learn(List<ImageQuality> normals) {
    if (normals.isEmpty()) {
      return UNLEARNT;
    }
    double widening = normals.size() < FEW ? 2 : 1;
    double minBrightness = lowest(values(normals, ImageQuality::brightness), widening);
    double maxBrightness = 1 - lowest(values(normals, quality -> 1 - quality.brightness()), widening);
    double minContrast = lowest(values(normals, ImageQuality::contrast), widening);
    double[] logSharpness = values(normals, quality -> Math.log(Math.max(quality.sharpness(), UNLEARNT.minSharpness)));
    double drop = Math.max(DEVIATIONS * deviation(logSharpness), Math.log(SHARPNESS_FACTOR * widening));
    double minSharpness = Math.exp(median(logSharpness) - drop);
    return new QualityLimits(minBrightness, maxBrightness, Math.max(UNLEARNT.minContrast, minContrast), minSharpness);
  }

  /** What makes the image unfit to be judged; exposure is looked at before focus, since in the dark everything is blurred. */
  public Optional<Violation> violation(ImageQuality quality) {
    if (quality.brightness() < minBrightness) {
      return Optional.of(new Violation("too-dark", text("The image is too dark to judge: mean brightness %.1f %%, at least %.1f %% is expected."
          + " Check the light, the exposure and the lens cap.", 100 * quality.brightness(), 100 * minBrightness)));
    }
    if (quality.brightness() > maxBrightness) {
      return Optional.of(new Violation("too-bright", text("The image is too bright to judge: mean brightness %.1f %%, at most %.1f %% is expected."
          + " Check the exposure and stray light.", 100 * quality.brightness(), 100 * maxBrightness)));
    }
    if (quality.contrast() < minContrast) {
      return Optional.of(new Violation("no-contrast", text("The image is nearly one even tone: contrast %.2f %%, at least %.2f %% is expected."
          + " Check that a part is in view, the light, and the lens.", 100 * quality.contrast(), 100 * minContrast)));
    }
    if (quality.sharpness() < minSharpness) {
      return Optional.of(new Violation("too-blurred", text("The image is too blurred to judge: sharpness %.4f, at least %.4f is expected."
          + " Check the focus, the lens for oil or fog, and that the part stands still.", quality.sharpness(), minSharpness)));
    }
    return Optional.empty();
  }

  /** The lower limit of a quantity that cannot fall below 0. */
  private static double lowest(double[] values, double widening) {
    double median = median(values);
    double usual = Math.min(median - DEVIATIONS * deviation(values), median * LIGHT_SHARE / widening);
    return Math.max(usual, median * LIGHT_FLOOR);
  }

  private static double[] values(List<ImageQuality> normals, ToDoubleFunction<ImageQuality> of) {
    return normals.stream().mapToDouble(of).sorted().toArray();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static double deviation(double[] sorted) {
    double median = median(sorted);
    double[] away = new double[sorted.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = Math.abs(sorted[i] - median);
    }
    Arrays.sort(away);
    return MAD_TO_DEVIATION * median(away);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
