package io.kerf.cli;

import java.util.Locale;

/** A number of bytes, typed as {@code 512m} or {@code 3g}. */
record ByteCount(long bytes) {
  static ByteCount parse(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    int shift = lower.endsWith("g") ? 30 : lower.endsWith("m") ? 20 : lower.endsWith("k") ? 10 : 0;
    long number = Long.parseLong(shift == 0 ? lower : lower.substring(0, lower.length() - 1));
    if (number <= 0) {
      throw new IllegalArgumentException("'" + text + "' is not a number of bytes above zero");
    }
    return new ByteCount(Math.multiplyExact(number, 1L << shift));
  }
}
