package io.kerf.web.people;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** The other end of a connection, as the connection itself has it: no header is believed that says of somebody before it. */
final class Peer {
  private static final List<String> PASSED_ON = List.of("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP");

  private Peer() {}

  static boolean isSecure(HttpServerRequest request) {
    return request.connection().isSsl();
  }

  /** Whether it is on this machine. */
  static boolean isHere(HttpServerRequest request) {
    String address = address(request);
    try {
      return !address.equals("?") && InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether something on the way says that it has passed the request on, which is believed where it takes rights away. */
  static boolean isPassedOn(HttpServerRequest request) {
    return PASSED_ON.stream().anyMatch(header -> request.headers().contains(header));
  }

  /** A question mark where it has none. */
  static String address(HttpServerRequest request) {
    SocketAddress remote = request.connection().remoteAddress();
    return remote == null || remote.hostAddress() == null ? "?" : remote.hostAddress();
  }

  /** By which name it calls this station; null where it says none. */
  static String host(HttpServerRequest request) {
    return request.authority() == null ? null : request.authority().toString();
  }
}
