package io.kerf.packaged;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The jar as it is shipped, run as a newcomer runs it. */
final class PackagedApplication {
  static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

  private PackagedApplication() {}

  /** What a command left behind. */
  record Ended(int exit, String out, String err) {}

  /** Runs a command to its end. */
  static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
    return run(folder, Map.of(), arguments);
  }

  /** Runs a command to its end. @param environment to be set; an empty value takes a variable away */
  static Ended run(Path folder, Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
    return run(folder, environment, Path.of("/dev/null"), arguments);
  }

  /** Runs a command to its end. @param in what it reads from its standard input */
  static Ended run(Path folder, Map<String, String> environment, Path in, String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = builder(environment, arguments).directory(folder.toFile()).redirectInput(in.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end: " + String.join(" ", arguments));
    }
    return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private static ProcessBuilder builder(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
        Path.of(System.getProperty("packaged.app"), "quarkus-run.jar").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    environment.forEach((name, value) -> {
      if (value.isEmpty()) {
        builder.environment().remove(name);
      } else {
        builder.environment().put(name, value);
      }
    });
    return builder;
  }

  /** A station that serves. */
  static final class Station implements AutoCloseable {
    private final Process process;
    private final int port;
    private final Path log;

    private Station(Process process, int port, Path log) {
      this.process = process;
      this.port = port;
      this.log = log;
    }

    /** Starts and waits until it is ready. @param settings environment variables */
    static Station start(Path data, Map<String, String> settings) throws IOException, InterruptedException {
      return start(data, settings, freePort());
    }

    /** Another one at the address of this one, which has ended. */
    Station again(Path data, Map<String, String> settings) throws IOException, InterruptedException {
      return start(data, settings, port);
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }

    private static Station start(Path data, Map<String, String> settings, int port) throws IOException, InterruptedException {
      Path log = Files.createTempFile("kerf-station", ".log");
      ProcessBuilder builder = builder(Map.of("KERF_DATA", data.toString(), "KERF_PORT", Integer.toString(port), "KERF_HOST", "127.0.0.1",
          "KERF_TLS_ENABLED", "false"));
      builder.environment().putAll(settings);
      Station station = new Station(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), port, log);
      for (int i = 0; i < 300; i++) {
        if (!station.process.isAlive()) {
          throw new AssertionError("the station ended: " + Files.readString(log));
        }
        try {
          if (station.get("/q/health/ready").statusCode() == 200) {
            return station;
          }
        } catch (IOException notYet) {
          // Not listening yet.
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
      station.close();
      throw new AssertionError("the station is not ready after a minute: " + Files.readString(log));
    }

    /** By HTTPS, at the port that its settings name. */
    URI tls(String path) throws IOException {
      return URI.create("https://127.0.0.1:" + after("HTTPS at port ").split("\\.")[0] + path);
    }

    /** What the log says after these words, to the end of the line. */
    String after(String words) throws IOException {
      return log().lines().filter(line -> line.contains(words)).findFirst().map(line -> line.substring(line.indexOf(words) + words.length()).strip()).orElseThrow();
    }

    URI uri(String path) {
      return URI.create("http://127.0.0.1:" + port + path);
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return HTTP.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String type, byte[] body) throws IOException, InterruptedException {
      return HTTP.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).header("Content-Type", type)
          .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
      return HTTP.send(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(20)).header("Content-Type", "application/json")
          .PUT(HttpRequest.BodyPublishers.ofString(json)).build(), HttpResponse.BodyHandlers.ofString());
    }

    Process process() {
      return process;
    }

    String log() throws IOException {
      return Files.readString(log, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
