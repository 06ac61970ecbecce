package io.kerf.station.output;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real broker on loopback. Where there is none a test is skipped; on the build server ({@code CI=true}) that is a failure. */
final class Mosquitto implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/mosquitto");

  final int port;
  private final Path folder;
  private final String listener;
  private Process process;

  /** @param listener lines of its configuration after the port, such as certificates */
  Mosquitto(Path folder, String listener) throws Exception {
    if (!Files.isExecutable(PROGRAM)) {
      if ("true".equals(System.getenv("CI"))) {
        fail("There is no broker at " + PROGRAM + ", and on the build server no test may be skipped.");
      }
      Assumptions.abort("No broker at " + PROGRAM + "; install mosquitto to run this test.");
    }
    this.folder = folder;
    this.listener = listener;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  Mosquitto start() throws Exception {
    Path configuration = Files.writeString(folder.resolve("mosquitto.conf"), "user " + System.getProperty("user.name") + "\nlistener " + port + " 127.0.0.1\n" + listener);
    process = new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString()).redirectErrorStream(true).redirectOutput(folder.resolve("mosquitto.log").toFile()).start();
    Awaiting.until("the broker listens", this::listens);
    return this;
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** As if its cable were cut: it says goodbye to nobody. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      kill();
    }
  }
}
