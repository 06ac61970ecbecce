package io.kerf.imaging;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A length in a picture, in its own pixels or in proportion to its side √(width · height).
 *
 * @param amount in {@code unit}; may be negative where a direction is meant
 */
public record Extent(double amount, Unit unit) {
  private static final double REFERENCE_SIDE_PX = 256;

  /** What an amount counts. */
  public enum Unit {
    /** Pixels, however many the picture has. */
    PX,
    /** The pixels that the picture would have at a side of 256. */
    PX_AT_256,
    /** Hundredths of the side. */
    PERCENT
  }

  public Extent {
    if (!Double.isFinite(amount)) {
      throw new IllegalArgumentException("a length is a number, not " + amount);
    }
  }

  public static Extent px(double amount) {
    return new Extent(amount, Unit.PX);
  }

  public static Extent pxAt256(double amount) {
    return new Extent(amount, Unit.PX_AT_256);
  }

  public static Extent percent(double amount) {
    return new Extent(amount, Unit.PERCENT);
  }

  /** How many pixels this is in a picture; not rounded. */
  public double pxIn(Picture picture) {
    double side = Math.sqrt((double) picture.width() * picture.height());
    return switch (unit) {
      case PX -> amount;
      case PX_AT_256 -> amount * side / REFERENCE_SIDE_PX;
      case PERCENT -> amount * side / 100;
    };
  }

  /** Stable: {@code 1 px}, {@code 1 px at 256 px}, {@code 1 %}. */
  public String label() {
    return number(amount) + switch (unit) {
      case PX -> " px";
      case PX_AT_256 -> " px at 256 px";
      case PERCENT -> " %";
    };
  }

  /** At most four decimals, no more than are needed. */
  static String number(double value) {
    return new BigDecimal(value).setScale(4, RoundingMode.HALF_EVEN).stripTrailingZeros().toPlainString();
  }
}
