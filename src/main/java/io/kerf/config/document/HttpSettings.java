package io.kerf.config.document;

import java.util.Optional;

/**
 * Images that are sent to the station.
 *
 * @param enabled whether such parts are judged; true where absent
 */
public record HttpSettings(Optional<Boolean> enabled) {
  public static final HttpSettings DEFAULT = new HttpSettings(null);

  public HttpSettings {
    enabled = enabled == null ? Optional.empty() : enabled;
  }
}
