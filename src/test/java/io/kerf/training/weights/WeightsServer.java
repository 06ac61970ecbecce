package io.kerf.training.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that gives one file, in good ways and bad ones. */
final class WeightsServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  WeightsServer(byte[] file) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    on("/whole/", exchange -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
    });
    on("/unannounced/", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(file);
    });
    on("/breaking-off/", exchange -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file, 0, file.length / 2);
    });
    on("/falling-silent/", exchange -> {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file, 0, file.length / 2);
      exchange.getResponseBody().flush();
      sleep();
    });
    on("/moved/", exchange -> redirect(exchange, "/whole/resnet18.safetensors"));
    on("/elsewhere/", exchange -> redirect(exchange, "ftp://127.0.0.1/resnet18.safetensors"));
    server.start();
  }

  String address(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  private void on(String path, HttpHandler handler) {
    server.createContext(path, exchange -> {
      try (exchange) {
        handler.handle(exchange);
      }
    });
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().add("Location", to);
    exchange.sendResponseHeaders(302, -1);
  }

  /** Until the server is closed. */
  private static void sleep() throws IOException {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException closed) {
      throw new IOException(closed);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
