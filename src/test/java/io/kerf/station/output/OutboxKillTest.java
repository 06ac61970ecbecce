package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed at moments of chance, and its receiver is away half of the time. */
class OutboxKillTest {
  private static final int KILLS = 4;

  @TempDir
  Path folder;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private volatile boolean away;

  @Test
  void whateverWasOnRecordWhenAProcessWasKilledIsToldInOrder() throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newSingleThreadExecutor());
    server.createContext("/", exchange -> {
      String id = exchange.getRequestHeaders().getFirst("X-Kerf-Id");
      exchange.getRequestBody().readAllBytes();
      if (!away) {
        received.add(id);
      }
      exchange.sendResponseHeaders(away ? 503 : 204, -1);
      exchange.close();
    });
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort() + "/";
    List<String> recorded = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      away = kill % 2 == 1;
      recorded.addAll(livingAndDying(url));
    }
    away = false;
    Process last = start(url, "silent");
    Awaiting.until("all are received", () -> new LinkedHashSet<>(received).containsAll(recorded));
    last.destroyForcibly().waitFor();
    server.stop(0);
    List<String> order = new ArrayList<>(new LinkedHashSet<>(received));
    order.retainAll(recorded);
    assertThat(recorded).hasSizeGreaterThan(KILLS);
    assertThat(order).isEqualTo(recorded);
  }

  private List<String> livingAndDying(String url) throws Exception {
    Process process = start(url);
    List<String> printed = new ArrayList<>();
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      for (String line = lines.readLine(); line != null && !line.equals("ready"); line = lines.readLine()) {
        // What the libraries say as they start.
      }
      Thread killer = new Thread(() -> {
        try {
          TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(50, 700));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
      });
      killer.start();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.matches("[0-9a-f-]{36}")) {
          printed.add(line);
        }
      }
      killer.join();
    }
    assertThat(process.waitFor()).isEqualTo(137);
    return printed;
  }

  private Process start(String url, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-XX:TieredStopAtLevel=1", "-cp",
        System.getProperty("java.class.path"), MortalStation.class.getName(), folder.toString(), url));
    command.addAll(List.of(more));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }
}
