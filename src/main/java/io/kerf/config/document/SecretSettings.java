package io.kerf.config.document;

import java.util.Optional;

/**
 * Where a secret is; never the secret itself. Exactly one of the two is present.
 *
 * @param file its first line is the secret
 * @param credential name of a credential that systemd hands to the station ({@code LoadCredential=}), a file of that name in {@code $CREDENTIALS_DIRECTORY}
 */
public record SecretSettings(Optional<String> file, Optional<String> credential) {
  public SecretSettings {
    file = file == null ? Optional.empty() : file;
    credential = credential == null ? Optional.empty() : credential;
  }
}
