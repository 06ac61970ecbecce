package io.kerf.cli;

/** A share of a whole, typed as {@code 5%} or {@code 0.05}. @param value in (0, 1) */
record Share(double value) {
  static Share parse(String text) {
    String trimmed = text.strip();
    double value = trimmed.endsWith("%")
        ? Double.parseDouble(trimmed.substring(0, trimmed.length() - 1)) / 100
        : Double.parseDouble(trimmed);
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException("'" + text + "' is not between 0 and 100 %");
    }
    return new Share(value);
  }
}
