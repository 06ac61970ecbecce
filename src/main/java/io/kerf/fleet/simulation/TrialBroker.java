package io.kerf.fleet.simulation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A mosquitto that runs as long as a trial does, with TLS and access lists as a plant would have them. */
public final class TrialBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path executable;
  private final int port;
  private Process process;

  /**
   * @param folder with {@code ca.pem}, {@code broker.pem} and {@code broker.key}
   * @param configuration folder with {@code mosquitto.conf} and {@code mosquitto.acl}
   */
  public TrialBroker(Path executable, Path folder, Path configuration) throws IOException {
    this.executable = executable;
    this.folder = folder;
    try (ServerSocket free = new ServerSocket(0)) {
      this.port = free.getLocalPort();
    }
    // Started by root, mosquitto would take another user, who may not read the keys here.
    String conf = Files.readString(configuration.resolve("mosquitto.conf")).replace("listener 8883", "listener " + port + " 127.0.0.1") + "user " + System.getProperty("user.name") + "\n";
    Files.writeString(folder.resolve("mosquitto.conf"), conf);
    Files.copy(configuration.resolve("mosquitto.acl"), folder.resolve("mosquitto.acl"));
    folder.resolve("mosquitto.acl").toFile().setReadable(false, false);
    folder.resolve("mosquitto.acl").toFile().setReadable(true, true);
  }

  /** Starts it and waits until it listens. */
  public TrialBroker start() throws IOException, InterruptedException {
    process = new ProcessBuilder(List.of(executable.toString(), "-c", "mosquitto.conf")).directory(folder.toFile()).redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("mosquitto.log").toFile())).start();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
        return this;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    close();
    throw new IOException("mosquitto does not start: " + Files.readString(folder.resolve("mosquitto.log")));
  }

  public URI uri() {
    return URI.create("mqtts://localhost:" + port);
  }

  /** Its process, for whoever reads what it costs. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
