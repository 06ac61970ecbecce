package io.kerf.training.normals;

import io.kerf.model.Truth;
import io.kerf.storage.ImageShelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Images of a recipe that every model must judge right, in {@code golden/}: bad parts that were missed or must never be, good parts that must pass. Safe for several threads. */
public final class GoldenSet {
  private final ImageShelf<Note> shelf;

  private GoldenSet(ImageShelf<Note> shelf) {
    this.shelf = shelf;
  }

  /** What stands beside an image. */
  record Note(Truth truth, Origin origin) {}

  /** @param truth what the part is, whatever a model says. @param bytes of the image */
  public record Golden(String id, Truth truth, Path image, Origin origin, long bytes) {}

  /** Reads what there is. @param folder made where it is missing */
  public static GoldenSet open(Path folder) throws IOException {
    return new GoldenSet(ImageShelf.open(folder, Note.class));
  }

  /** By id. */
  public synchronized List<Golden> all() {
    return shelf.items().stream().map(GoldenSet::golden).toList();
  }

  public synchronized Optional<Golden> byId(String id) {
    return shelf.item(id).map(GoldenSet::golden);
  }

  private static Golden golden(ImageShelf.Item<Note> item) {
    return new Golden(item.id(), item.note().truth, item.image(), item.note().origin, item.bytes());
  }

  /** Adds a part, or says something else of one that is there. */
  public synchronized Golden add(String id, Truth truth, byte[] image, String extension, Origin origin) {
    return golden(shelf.put(id, extension, image, new Note(truth, origin)));
  }

  /** The bytes of an image; empty where it is not there or cannot be read. */
  public synchronized Optional<byte[]> image(String id) {
    return shelf.image(id);
  }

  /** Whether it was there. */
  public synchronized boolean remove(String id) {
    return shelf.remove(id);
  }
}
