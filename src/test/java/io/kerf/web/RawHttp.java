package io.kerf.web;

import io.restassured.RestAssured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** What no well-behaved client sends. */
final class RawHttp {
  private static final int QUIET_MILLIS = 700;
  private static final int ANSWER_MILLIS = 15_000;

  private RawHttp() {}

  /** Sends the text as it is and reads until the station closes or falls silent after its answer. */
  static RawAnswer send(String request) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8192];
      try {
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
          answer.write(chunk, 0, n);
          socket.setSoTimeout(QUIET_MILLIS);
        }
      } catch (SocketTimeoutException e) {
        if (answer.size() == 0) {
          throw e;
        }
      }
      return new RawAnswer(answer.toString(StandardCharsets.UTF_8));
    }
  }

  /** Sends the text as it is and hangs up. */
  static void sendAndLeave(String request) throws IOException {
    try (Socket socket = new Socket("localhost", RestAssured.port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    }
  }
}
