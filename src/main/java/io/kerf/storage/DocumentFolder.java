package io.kerf.storage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The station document on disk, and every one that was in force.
 *
 * <pre>
 * station.yaml            what people and programs write; taken up where it is valid
 * history/000001.json …   what was in force, the last {@value #KEPT}; the one with the highest number is
 * </pre>
 *
 * <p>Each file is written whole or not at all. Safe for several processes, but {@link #commit} for the serving one alone.
 */
public final class DocumentFolder {
  static final int KEPT = 200;
  private static final Pattern NUMBERED = Pattern.compile("[0-9]{6,18}\\.json");
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

  private final Path folder;

  /** @param folder made with the first document */
  public DocumentFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * A document that was in force.
   *
   * @param number from 1, one more with each
   * @param digest SHA-256 of the text in UTF-8, hexadecimal
   * @param by who or what put it into force. @param reason for whoever asks later; may be empty
   */
  public record Version(long number, String digest, Instant at, String by, String reason, String text) {
    public Version {
      Objects.requireNonNull(digest);
      Objects.requireNonNull(at);
      Objects.requireNonNull(by);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(text);
    }
  }

  /** Where people and programs write the document. */
  public Path file() {
    return folder.resolve("station.yaml");
  }

  /** What lies there; empty where there is none. */
  public Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(Files.readAllBytes(file()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Writes what is to be taken up. @throws FaultException where it cannot be written; the file before is untouched then */
  public void write(byte[] text) {
    make(folder);
    AtomicFiles.write(file(), text);
  }

  /** The document in force; empty where there never was one. */
  public Optional<Version> inForce() {
    List<Path> files = files();
    return files.isEmpty() ? Optional.empty() : Optional.of(version(files.get(files.size() - 1)));
  }

  /** Those that were in force, newest first. */
  public List<Version> history() {
    return files().stream().map(DocumentFolder::version).sorted(Comparator.comparingLong(Version::number).reversed()).toList();
  }

  /** One that was in force; empty where it never was, or is older than those that are kept. */
  public Optional<Version> version(long number) {
    Path file = path(number);
    return Files.exists(file) ? Optional.of(version(file)) : Optional.empty();
  }

  /** Puts a document into force: durable when this returns. */
  public Version commit(String text, String by, String reason, Instant at) {
    long number = inForce().map(Version::number).orElse(0L) + 1;
    Version version = new Version(number, Sha256.of(text.getBytes(StandardCharsets.UTF_8)), at, by, reason, text);
    make(folder.resolve("history"));
    try {
      AtomicFiles.write(path(number), JSON.writeValueAsBytes(version));
      List<Path> files = files();
      for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      throw AtomicFiles.fault(path(number), e);
    }
    return version;
  }

  private Path path(long number) {
    return folder.resolve("history").resolve(String.format("%06d.json", number));
  }

  private List<Path> files() {
    Path history = folder.resolve("history");
    if (!Files.isDirectory(history)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(history)) {
      return all.filter(file -> NUMBERED.matcher(file.getFileName().toString()).matches()).sorted(Comparator.comparingLong(DocumentFolder::number)).toList();
    } catch (IOException e) {
      throw unreadable(history, e);
    }
  }

  private static long number(Path file) {
    String name = file.getFileName().toString();
    return Long.parseLong(name.substring(0, name.indexOf('.')));
  }

  private static Version version(Path file) {
    try {
      return JSON.readValue(file.toFile(), Version.class);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
  }

  private static FaultException unreadable(Path file, IOException e) {
    return new FaultException(Fault.DATA_FOLDER_UNUSABLE, file + " cannot be read (" + e.getMessage() + "). Mend or delete it.", e);
  }
}
