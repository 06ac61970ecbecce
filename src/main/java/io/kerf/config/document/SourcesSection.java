package io.kerf.config.document;

/** Where frames come from. */
public record SourcesSection() {
  public static final SourcesSection DEFAULT = new SourcesSection();
}
