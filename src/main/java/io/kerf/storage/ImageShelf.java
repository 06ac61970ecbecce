package io.kerf.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Images in a folder, each with a note beside it: {@code <id>.<ext>} and {@code <id>.json}.
 *
 * <ol>
 *   <li>An image is there when its note is: the note is written after it and deleted before it. What is half there, and has been for
 *       {@value #HALF_MINUTES} minutes, is swept when opened: until then another process may be writing it.
 *   <li>An image whose note cannot be read is not there, but both files stay for a person to look at.
 *   <li>A note is replaced atomically.
 *   <li>No name leads out of the folder.
 * </ol>
 *
 * @param <N> what a note says; written as JSON. Not safe for several threads
 */
public final class ImageShelf<N> {
  private static final Logger LOG = Logger.getLogger(ImageShelf.class);
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  private static final String NOTE = ".json";
  private static final String ID = "[0-9a-z][0-9a-z-]{0,63}";
  private static final String EXTENSION = "(jpg|jpeg|png|bmp|tif|tiff|bin)";
  private static final long HALF_MINUTES = 10;
  /** What is swept where it belongs to no whole image. */
  private static final String OURS = ID + "\\.(" + EXTENSION + "|json)";

  private final Path folder;
  private final Class<N> notes;
  private final SortedMap<String, Item<N>> items = new TreeMap<>();

  /** @param bytes of the image */
  public record Item<N>(String id, Path image, long bytes, N note) {}

  private ImageShelf(Path folder, Class<N> notes) {
    this.folder = folder;
    this.notes = notes;
  }

  /** Reads what there is. @param folder made where it is missing */
  public static <N> ImageShelf<N> open(Path folder, Class<N> notes) throws IOException {
    ImageShelf<N> shelf = new ImageShelf<>(Files.createDirectories(folder), notes);
    shelf.reread();
    shelf.sweep();
    return shelf;
  }

  /** Takes up what another process has put here or taken away. Notes of images that are known are not read again. */
  public void reread() throws IOException {
    items.values().removeIf(item -> !Files.isRegularFile(folder.resolve(item.id + NOTE)));
    for (Path file : files()) {
      Path note = folder.resolve(stem(file) + NOTE);
      if (!items.containsKey(stem(file)) && name(file).matches(ID + "\\." + EXTENSION) && Files.isRegularFile(note)) {
        try {
          N read = JSON.readValue(Files.readAllBytes(note), notes);
          if (read != null) {
            items.put(stem(file), new Item<>(stem(file), file, Files.size(file), read));
          }
        } catch (JacksonException damaged) {
          LOG.warnf("The note %s cannot be read, so its image does not count until somebody mends or deletes it: %s", note, damaged.getOriginalMessage());
        }
      }
    }
  }

  private void sweep() throws IOException {
    Map<String, Long> filesOf = files().stream().filter(file -> name(file).matches(OURS)).collect(Collectors.groupingBy(ImageShelf::stem, Collectors.counting()));
    for (Path file : files()) {
      boolean half = name(file).matches(OURS) && filesOf.get(stem(file)) == 1;
      boolean old = Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(HALF_MINUTES, ChronoUnit.MINUTES));
      if ((half || AtomicFiles.isTemporary(file)) && old) {
        Files.delete(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static String stem(Path file) {
    return name(file).substring(0, Math.max(0, name(file).indexOf('.')));
  }

  /** By id. */
  public List<Item<N>> items() {
    return List.copyOf(items.values());
  }

  public Optional<Item<N>> item(String id) {
    return Optional.ofNullable(items.get(id));
  }

  /**
   * Adds an image with its note. Of one that is there only the note is replaced.
   *
   * @param id lower-case letters, digits and hyphens
   * @param extension such as {@code jpg}
   * @throws FaultException {@link Fault#BAD_FIELD} for a name that is none; where it cannot be written, and nothing has changed then
   */
  public Item<N> put(String id, String extension, byte[] image, N note) {
    if (!id.matches(ID) || !extension.matches(EXTENSION)) {
      throw new FaultException(Fault.BAD_FIELD, "An image cannot be kept under that name. Use 1 to 64 lower-case letters, digits and hyphens, and one of the extensions jpg, png, bmp, tif and bin.");
    }
    Optional<Item<N>> there = note(id, note);
    if (there.isPresent()) {
      return there.get();
    }
    Item<N> item = new Item<>(id, folder.resolve(id + "." + extension), image.length, note);
    AtomicFiles.write(item.image, image);
    try {
      AtomicFiles.write(folder.resolve(id + NOTE), json(note));
    } catch (FaultException e) {
      item.image.toFile().delete();
      throw e;
    }
    items.put(id, item);
    return item;
  }

  private static byte[] json(Object note) {
    try {
      return JSON.writeValueAsBytes(note);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces the note of an image; empty where it is not there. */
  public Optional<Item<N>> note(String id, N note) {
    Item<N> there = items.get(id);
    if (there == null) {
      return Optional.empty();
    }
    AtomicFiles.write(folder.resolve(id + NOTE), json(note));
    items.put(id, new Item<>(id, there.image, there.bytes, note));
    return item(id);
  }

  /** The bytes of an image; empty where it is not there or cannot be read. */
  public Optional<byte[]> image(String id) {
    try {
      return items.containsKey(id) ? Optional.of(Files.readAllBytes(items.get(id).image)) : Optional.empty();
    } catch (IOException e) {
      LOG.warnf("The image %s cannot be read: %s", items.get(id).image, e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether it was there. @throws FaultException where it cannot be deleted */
  public boolean remove(String id) {
    Item<N> gone = items.get(id);
    if (gone == null) {
      return false;
    }
    try {
      Files.deleteIfExists(folder.resolve(id + NOTE));
      items.remove(id);
      Files.deleteIfExists(gone.image);
      return true;
    } catch (IOException e) {
      throw AtomicFiles.fault(gone.image, e);
    }
  }
}
