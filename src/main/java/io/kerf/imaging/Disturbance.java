package io.kerf.imaging;

import java.util.List;

/**
 * What happens to the pictures of a line as time goes by: lamps age, exposures are changed, a lens is touched, a camera is knocked. Applied
 * to pictures of good parts it shows how much of that a model bears.
 *
 * <p>Pure: {@link #applyTo} gives a new picture of the same size with values in 0..1, those beyond clamped, and leaves its argument alone.
 * An amount of zero changes nothing. {@link #label} is stable, so that reports can be compared.
 */
public sealed interface Disturbance {
  /** What a report measures, in its order. Lengths are in proportion to the picture. */
  List<Disturbance> STANDARD = List.of(
      new Brightness(0.05), new Brightness(-0.05), new Brightness(0.1), new Brightness(-0.1), new Brightness(0.2), new Brightness(-0.2),
      new Contrast(0.1), new Contrast(-0.1), new Contrast(0.2), new Contrast(-0.2),
      new Gamma(0.8), new Gamma(1.25),
      new Blur(Extent.pxAt256(1)),
      new Shift(Extent.percent(1)),
      new Rotation(1),
      new Warmth(0.05), new Warmth(-0.05));

  /** The disturbed picture. */
  Picture applyTo(Picture picture);

  /** Kind and amount, such as {@code brightness +10 %}. */
  String label();

  /** v ← (1 + share) · v. @param share −1 or more */
  record Brightness(double share) implements Disturbance {
    public Brightness {
      require(share >= -1, "brightness", share);
    }

    @Override
    public Picture applyTo(Picture picture) {
      float factor = (float) (1 + share);
      return scaled(picture, factor, factor, factor, 0);
    }

    @Override
    public String label() {
      return "brightness " + signedPercent(share);
    }
  }

  /** v ← (1 + share) · (v − m) + m, with m the picture's mean grey: 0.299 R + 0.587 G + 0.114 B (Rec. 601). @param share −1 or more */
  record Contrast(double share) implements Disturbance {
    public Contrast {
      require(share >= -1, "contrast", share);
    }

    @Override
    public Picture applyTo(Picture picture) {
      float factor = (float) (1 + share);
      float[] mean = picture.meanColour();
      return scaled(picture, factor, factor, factor, (1 - factor) * (0.299f * mean[0] + 0.587f * mean[1] + 0.114f * mean[2]));
    }

    @Override
    public String label() {
      return "contrast " + signedPercent(share);
    }
  }

  /** v ← v^exponent: below 1 lighter, above 1 darker; black and white stay. @param exponent above 0 */
  record Gamma(double exponent) implements Disturbance {
    public Gamma {
      require(exponent > 0, "gamma", exponent);
    }

    @Override
    public Picture applyTo(Picture picture) {
      float[] planes = picture.planes().clone();
      for (int i = 0; i < planes.length; i++) {
        planes[i] = (float) Math.pow(clamp(planes[i]), exponent);
      }
      return new Picture(picture.width(), picture.height(), planes);
    }

    @Override
    public String label() {
      return "gamma " + Extent.number(exponent);
    }
  }

  /** Convolution with a Gaussian: the lens a little out of focus. @param sigma standard deviation, 0 or more */
  record Blur(Extent sigma) implements Disturbance {
    public Blur {
      require(sigma.amount() >= 0, "blur", sigma.amount());
    }

    @Override
    public Picture applyTo(Picture picture) {
      return scaled(new GaussianBlur(sigma.pxIn(picture)).of(picture), 1, 1, 1, 0);
    }

    @Override
    public String label() {
      return "blur " + sigma.label();
    }
  }

  /** Along the rows; linear between pixels, the edge repeated. @param right to the left where negative */
  record Shift(Extent right) implements Disturbance {
    @Override
    public Picture applyTo(Picture picture) {
      return AffineSampling.shift(right.pxIn(picture), 0).of(picture);
    }

    @Override
    public String label() {
      return "shift " + right.label();
    }
  }

  /** About the centre; linear between pixels, the edge repeated. @param degrees counter-clockwise as seen */
  record Rotation(double degrees) implements Disturbance {
    public Rotation {
      require(Double.isFinite(degrees), "rotation", degrees);
    }

    @Override
    public Picture applyTo(Picture picture) {
      return AffineSampling.rotation(degrees, picture.width(), picture.height()).of(picture);
    }

    @Override
    public String label() {
      return "rotation " + Extent.number(degrees) + "°";
    }
  }

  /** The light's colour: red ← (1 + share) · red, blue ← (1 − share) · blue. A grey picture is no longer grey then. @param share −1..1 */
  record Warmth(double share) implements Disturbance {
    public Warmth {
      require(Math.abs(share) <= 1, "warmth", share);
    }

    @Override
    public Picture applyTo(Picture picture) {
      return scaled(picture, (float) (1 + share), 1, (float) (1 - share), 0);
    }

    @Override
    public String label() {
      return "warmth " + signedPercent(share);
    }
  }

  private static Picture scaled(Picture picture, float red, float green, float blue, float offset) {
    float[] planes = picture.planes().clone();
    int area = planes.length / 3;
    float[] factors = {red, green, blue};
    for (int i = 0; i < planes.length; i++) {
      planes[i] = clamp(factors[i / area] * planes[i] + offset);
    }
    return new Picture(picture.width(), picture.height(), planes);
  }

  private static float clamp(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private static String signedPercent(double share) {
    return (share < 0 ? "-" : "+") + Extent.number(Math.abs(100 * share)) + " %";
  }

  private static void require(boolean possible, String kind, double amount) {
    if (!possible || Double.isInfinite(amount)) {
      throw new IllegalArgumentException(kind + " cannot be changed by " + amount);
    }
  }
}
