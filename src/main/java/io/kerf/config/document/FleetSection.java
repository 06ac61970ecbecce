package io.kerf.config.document;

import java.net.URI;
import java.util.Optional;

/**
 * Where the station finds its fleet. Who it is there, and what it trusts, is not the document's to say: {@code kerf.fleet}.
 *
 * @param broker MQTT 5, such as {@code mqtts://broker.plant.example:8883}; {@code kerf.fleet.broker} where absent
 * @param url below which the fleet has laid out its documents; {@code kerf.fleet.url} where absent
 */
public record FleetSection(Optional<URI> broker, Optional<URI> url) {
  public static final FleetSection DEFAULT = new FleetSection(null, null);

  public FleetSection {
    broker = broker == null ? Optional.empty() : broker;
    url = url == null ? Optional.empty() : url;
  }
}
