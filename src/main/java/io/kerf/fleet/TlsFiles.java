package io.kerf.fleet;

import java.util.Optional;

/**
 * References to PEM files, never their content: a path, or {@code credential:<name>} for one that systemd keeps ({@code LoadCredential=}).
 *
 * @param ca certificates that are trusted; empty for those of the Java runtime
 * @param certificate the station's own chain, its own certificate first
 * @param key its private key, PKCS#8
 */
public record TlsFiles(Optional<String> ca, Optional<String> certificate, Optional<String> key) {
  public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());
}
