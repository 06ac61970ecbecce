package io.kerf.station.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The socket that systemd names in {@code NOTIFY_SOCKET}: a Unix datagram socket, which Java has not, so it is asked of the C library.
 *
 * <p>Three calls through JNA, which is here already, rather than SDNotify 1.6: that counts a message's characters where the socket wants bytes, so it
 * cuts off the end of a sentence with a dash or an umlaut, it does not know abstract names, and it says nothing of a message that was lost. Nor the
 * program {@code systemd-notify}: a process every few seconds, and {@code NotifyAccess=all} would let the training process speak for the station.
 */
final class NotifySocket implements AutoCloseable {
  private static final short AF_UNIX = 1;
  /** {@code SOCK_DGRAM | SOCK_CLOEXEC}, so that no child holds it. */
  private static final int DATAGRAM = 2 | 0x80000;
  /** Never waits: where systemd is too busy to read, the next message will do. {@code MSG_DONTWAIT | MSG_NOSIGNAL}. */
  private static final int FLAGS = 0x40 | 0x4000;
  private static final int LONGEST_NAME = 107;

  private final CLibrary c = Native.load("c", CLibrary.class);
  private final byte[] address;
  private final int socket;

  interface CLibrary extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    long sendto(int socket, byte[] message, long length, int flags, byte[] address, int addressLength) throws LastErrorException;

    int close(int socket) throws LastErrorException;
  }

  /** @param name a path, or an abstract name with a leading {@code @} */
  NotifySocket(String name) throws IOException {
    this.address = address(name);
    try {
      this.socket = c.socket(AF_UNIX, DATAGRAM, 0);
    } catch (LastErrorException e) {
      throw new IOException("no socket is to be had: " + e.getMessage(), e);
    }
  }

  /** {@code sockaddr_un}: the family in the byte order of this machine, then the name; an abstract one begins with zero and has no end mark. */
  static byte[] address(String name) throws IOException {
    byte[] path = name.getBytes(StandardCharsets.UTF_8);
    if (path.length < 2 || path.length > LONGEST_NAME || path[0] != '/' && path[0] != '@') {
      throw new IOException("NOTIFY_SOCKET is no address of a Unix socket: " + name);
    }
    boolean bare = path[0] == '@';
    byte[] address = new byte[2 + path.length + (bare ? 0 : 1)];
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    address[little ? 0 : 1] = AF_UNIX;
    System.arraycopy(path, 0, address, 2, path.length);
    if (bare) {
      address[2] = 0;
    }
    return address;
  }

  /** @throws IOException where nobody took it */
  void send(String message) throws IOException {
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    try {
      c.sendto(socket, bytes, bytes.length, FLAGS, address, address.length);
    } catch (LastErrorException e) {
      throw new IOException("systemd did not take \"" + message.lines().findFirst().orElse("") + "\": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      c.close(socket);
    } catch (LastErrorException alreadyGone) {
      // It is closed either way.
    }
  }
}
