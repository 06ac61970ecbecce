package io.kerf.station.source.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kerf.inspection.InspectionIds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * That a file is being judged: written before, so that whoever starts after a crash knows by the records whether it was.
 *
 * @param id what the inspection is to be called
 * @param name of the file
 * @param size in bytes
 * @param modifiedMillis time of its last change; with name and size it tells the file from another that took its place
 */
record Claim(String id, String name, long size, long modifiedMillis) {
  boolean isOf(Sight file) {
    return file.name().equals(name) && file.size() == size && file.modifiedMillis() == modifiedMillis;
  }

  /**
   * The one claim of a folder, in a file of fixed size that is written over: a full disk keeps no part from being judged, and a process that is killed leaves
   * the claim before or the new one. It is not synced, as verdicts are not; both survive the process, and may be lost with the power.
   */
  static final class Book implements AutoCloseable {
    private static final int BYTES = 4096;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final FileChannel file;

    private Book(FileChannel file) {
      this.file = file;
    }

    /** @param path made where it is missing, as is its folder */
    static Book open(Path path) throws IOException {
      Files.createDirectories(path.getParent());
      FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      Book book = new Book(file);
      if (file.size() < BYTES) {
        book.clear();
      }
      return book;
    }

    /** The claim that was left; empty where there is none, or none that can be read. */
    Optional<Claim> read() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(BYTES);
      while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
        // Reads on.
      }
      String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(JSON.readValue(text, Claim.class)).filter(claim -> claim.id() != null && claim.name() != null && InspectionIds.isValid(claim.id()));
      } catch (JsonProcessingException damaged) {
        return Optional.empty();
      }
    }

    void write(Claim claim) throws IOException {
      put(JSON.writeValueAsBytes(claim));
    }

    void clear() throws IOException {
      put(new byte[0]);
    }

    /** In one page, so that it is there whole or not at all. A name has at most 255 bytes, 1,530 as JSON. */
    private void put(byte[] text) throws IOException {
      byte[] page = Arrays.copyOf(text, BYTES);
      Arrays.fill(page, text.length, BYTES, (byte) ' ');
      ByteBuffer rest = ByteBuffer.wrap(page);
      while (rest.hasRemaining()) {
        file.write(rest, rest.position());
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
