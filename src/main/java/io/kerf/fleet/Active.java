package io.kerf.fleet;

import io.kerf.storage.Sha256;
import java.util.List;

/**
 * The document in force.
 *
 * @param version as it was given to {@link ManagedStation#apply}; empty for a document that never came from a fleet
 * @param model digest of the bundle that judges; empty where there is none
 * @param drift what a person changed on the station since the fleet's document was applied, one line each
 */
public record Active(byte[] document, String version, String model, List<String> drift) {
  public Active {
    drift = List.copyOf(drift);
  }

  /** SHA-256 of the document's bytes. */
  public String digest() {
    return Sha256.of(document);
  }
}
