package io.kerf.cli;

import io.kerf.config.CommandConfig;
import io.kerf.people.tls.PemPair;
import io.kerf.people.tls.StationTls;
import java.util.Optional;

/**
 * Gives the server its certificate before it starts, as it reads that once. Where there is none the station serves without TLS and says so; what is wrong with the
 * data folder the start itself says.
 */
final class ServeTls {
  /** After which a certificate that was renewed is taken up. */
  private static final String RELOAD = "10m";

  private ServeTls() {}

  static void prepare() {
    try {
      prepare(CommandConfig.tlsPort());
    } catch (IllegalArgumentException e) {
      // A setting that cannot be read: the start says which, as of any other, and ends.
    }
  }

  private static void prepare(int port) {
    Optional<PemPair> plants = CommandConfig.certificate().flatMap(certificate -> CommandConfig.key().map(key -> new PemPair(certificate, key)));
    StationTls tls = new StationTls(CommandConfig.tls(), CommandConfig.dataFolder(), plants);
    if (tls.prepare() instanceof StationTls.Choice.With with) {
      System.setProperty("quarkus.tls.kerf.key-store.pem.station.cert", with.files().certificate().toString());
      System.setProperty("quarkus.tls.kerf.key-store.pem.station.key", with.files().key().toString());
      System.setProperty("quarkus.tls.kerf.reload-period", RELOAD);
      System.setProperty("quarkus.http.tls-configuration-name", "kerf");
      System.setProperty("quarkus.http.ssl-port", Integer.toString(port));
      System.setProperty("quarkus.http.insecure-requests", "enabled");
    }
  }
}
