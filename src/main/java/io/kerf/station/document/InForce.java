package io.kerf.station.document;

import io.kerf.config.document.StationDocument;
import io.kerf.storage.DocumentFolder.Version;
import java.util.Optional;

/**
 * What the station does now.
 *
 * @param version as it was written; empty where nobody wrote one and all is as the machine's settings say
 */
public record InForce(Optional<Version> version, StationDocument document) {
  static final InForce NOTHING = new InForce(Optional.empty(), StationDocument.EMPTY);

  /** SHA-256 of its text; empty where nobody wrote one. */
  public Optional<String> digest() {
    return version.map(Version::digest);
  }

  /** From 1, one more with each; 0 where nobody wrote one. */
  public long number() {
    return version.map(Version::number).orElse(0L);
  }
}
