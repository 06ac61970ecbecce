package io.kerf.fleet;

import io.kerf.config.KerfConfig;
import java.net.URI;
import java.util.Optional;

/**
 * Where a station finds its fleet. Both ways may be there at once; with neither, envelopes come by {@code PUT} alone.
 *
 * @param broker {@code mqtts://host:8883}, or {@code mqtt://} on a network that needs no secrets
 * @param url {@code https://host/path}, below which the same tree lies as on the broker below {@code kerf/<fleet>/}
 * @param tls certificates and key to show and to trust
 */
public record Endpoint(Optional<URI> broker, Optional<URI> url, TlsFiles tls) {
  public static final Endpoint NONE = new Endpoint(Optional.empty(), Optional.empty(), TlsFiles.NONE);

  /** As the settings have it. */
  public static Endpoint of(KerfConfig.Fleet settings) {
    return new Endpoint(settings.broker(), settings.url(), new TlsFiles(settings.tls().ca(), settings.tls().certificate(), settings.tls().key()));
  }
}
