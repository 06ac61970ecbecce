package io.kerf.web;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Reads server-sent events line by line, as a page would. */
final class Listener implements AutoCloseable {
  private final HttpURLConnection connection;
  private BufferedReader lines;

  Listener() throws IOException {
    connection = (HttpURLConnection) URI.create("http://localhost:" + RestAssured.port + "/api/events").toURL().openConnection();
    connection.setRequestProperty("Accept", "text/event-stream");
    connection.setReadTimeout(20_000);
  }

  int status() throws IOException {
    return connection.getResponseCode();
  }

  /** Data of the next event of this name. */
  String next(String name) throws IOException {
    if (lines == null) {
      lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
    }
    String event = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event:")) {
        event = line.substring(6).strip();
      } else if (line.startsWith("data:") && event.equals(name)) {
        return line.substring(5).strip();
      }
    }
    throw new IOException("The stream ended");
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
