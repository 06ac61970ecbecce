package io.kerf.config.document;

/** Who is told of verdicts. */
public record OutputsSection() {
  public static final OutputsSection DEFAULT = new OutputsSection();
}
