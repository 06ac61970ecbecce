package io.kerf.fleet;

import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fleet.simulation.TrialAuthority;
import io.kerf.fleet.simulation.TrialBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real mosquitto with the configuration that is shipped; a test that needs it is skipped where there is none, and fails on the build server. */
public final class Brokers {
  private static final Path MOSQUITTO = Path.of("/usr/sbin/mosquitto");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Brokers() {}

  /** @param folder gets certificates and the broker's files */
  public static TrialBroker start(Path folder, TrialAuthority authority) throws IOException, InterruptedException {
    if (!Files.isExecutable(MOSQUITTO)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("There is no mosquitto at " + MOSQUITTO + ", and on the build server no test may be skipped.");
      }
      Assumptions.abort("No mosquitto at " + MOSQUITTO + "; install it to run this test.");
    }
    authority.issue("broker");
    authority.issue("fleet-sender");
    return new TrialBroker(MOSQUITTO, folder, Path.of("edge-config/fleet")).start();
  }

  public static TlsFiles tls(Path folder, String name) {
    return new TlsFiles(java.util.Optional.of(folder.resolve("ca.pem").toString()), java.util.Optional.of(folder.resolve(name + ".pem").toString()),
        java.util.Optional.of(folder.resolve(name + ".key").toString()));
  }

  /** Waits for what happens elsewhere. */
  public static void await(String what, Callable<Boolean> happened) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!happened.call()) {
      assertThat(System.nanoTime()).as("still waiting: " + what).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
