package io.kerf.station.systemd;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What systemd does with the messages of its services, without systemd: a Unix datagram socket that is read. */
public final class NotifyReceiver implements AutoCloseable {
  private static final int EAGAIN = 11;
  private static final long LOOK_MILLIS = 10;

  private final CLibrary c = Native.load("c", CLibrary.class);
  private final List<String> heard = new ArrayList<>();
  private final int socket;
  private final String name;

  interface CLibrary extends Library {
    int socket(int domain, int type, int protocol) throws LastErrorException;

    int bind(int socket, byte[] address, int length) throws LastErrorException;

    NativeLong recv(int socket, byte[] buffer, NativeLong length, int flags) throws LastErrorException;

    int close(int socket);
  }

  /** @param name a path, or an abstract name with a leading {@code @} */
  public NotifyReceiver(String name) throws IOException {
    this.name = name;
    if (name.startsWith("/")) {
      Files.deleteIfExists(Path.of(name));
    }
    byte[] address = NotifySocket.address(name);
    socket = c.socket(1, 2, 0);
    c.bind(socket, address, address.length);
  }

  public String name() {
    return name;
  }

  /** All messages so far, oldest first. */
  public synchronized List<String> heard() {
    byte[] buffer = new byte[8192];
    try {
      while (true) {
        int length = c.recv(socket, buffer, new NativeLong(buffer.length), 0x40).intValue();
        heard.add(new String(buffer, 0, length, StandardCharsets.UTF_8));
      }
    } catch (LastErrorException e) {
      if (e.getErrorCode() != EAGAIN) {
        throw e;
      }
    }
    return List.copyOf(heard);
  }

  /** Whether what was heard is ever as wanted, before the time is over. */
  public boolean hears(Duration within, Predicate<List<String>> wanted) throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!wanted.test(heard())) {
      if (System.nanoTime() > end) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  /** How many messages have this line. */
  public static long count(List<String> messages, String line) {
    return messages.stream().filter(message -> message.lines().anyMatch(line::equals)).count();
  }

  @Override
  public void close() {
    c.close(socket);
  }
}
