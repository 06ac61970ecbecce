package io.kerf.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that holds room on the disk, so that there is some to give up when it is full. */
public final class Reserve {
  private static final int AT_ONCE = 1 << 16;

  private final Path file;
  private final long bytes;

  public Reserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Whether all of it is there. */
  public boolean whole() {
    return file.toFile().length() == bytes;
  }

  public long bytes() {
    return bytes;
  }

  /** Sets it aside, with bytes that a file system cannot leave out. @throws IOException where there is no room for it; nothing is set aside then */
  public void fill() throws IOException {
    boolean filled = false;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
      while (channel.position() < bytes) {
        channel.write(ByteBuffer.allocate((int) Math.min(AT_ONCE, bytes - channel.position())));
      }
      channel.force(true);
      filled = true;
    } finally {
      if (!filled) {
        release();
      }
    }
  }

  /** Gives it up. @return whether there was any */
  public boolean release() throws IOException {
    return Files.deleteIfExists(file);
  }
}
