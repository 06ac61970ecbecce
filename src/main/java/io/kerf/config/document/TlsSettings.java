package io.kerf.config.document;

import java.util.Optional;

/**
 * Whom to trust, and who the station is. Files in PEM.
 *
 * @param caFile certificates that the other side's must come from; those that Java trusts where absent
 * @param certificateFile the station's own certificate with those between it and the authority, first its own
 * @param keyFile its private key, PKCS #8 without a password; present where {@code certificateFile} is
 */
public record TlsSettings(Optional<String> caFile, Optional<String> certificateFile, Optional<String> keyFile) {
  public TlsSettings {
    caFile = caFile == null ? Optional.empty() : caFile;
    certificateFile = certificateFile == null ? Optional.empty() : certificateFile;
    keyFile = keyFile == null ? Optional.empty() : keyFile;
  }
}
