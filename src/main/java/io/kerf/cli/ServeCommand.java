package io.kerf.cli;

import io.quarkus.runtime.Quarkus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Starts the station: page, API, inspection. */
@Command(name = "serve", description = "Starts the station: the page and the API on ports 8080 and 8443 (HTTPS), until stopped.",
    mixinStandardHelpOptions = true,
    footer = {"", "Settings are environment variables: KERF_DATA, QUARKUS_HTTP_PORT, KERF_DEMO_ENABLED, …; README lists them."})
final class ServeCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    serve();
    return 0;
  }

  static void serve() {
    ServeTls.prepare();
    Quarkus.run();
  }
}
