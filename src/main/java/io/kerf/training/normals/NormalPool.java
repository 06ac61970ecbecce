package io.kerf.training.normals;

import io.kerf.storage.AtomicFiles;
import io.kerf.storage.ImageShelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The normals of one recipe: images of good parts in {@code normals/}, each with where it came from and on whose word it is good. Files are
 * the truth; nothing of this is lost with the database. Safe for several threads.
 */
public final class NormalPool {
  private final Path folder;
  private final ImageShelf<Note> shelf;
  private final Likeness likeness = new Likeness();

  private NormalPool(Path folder, ImageShelf<Note> shelf) {
    this.folder = folder;
    this.shelf = shelf;
    shelf.items().forEach(item -> likeness.add(normal(item)));
  }

  /** What stands beside an image. @param thumbnail float32, big-endian, in Base64 */
  record Note(Standing standing, Origin origin, String thumbnail) {}

  /** Reads what there is. @param folder made where it is missing */
  public static NormalPool open(Path folder) throws IOException {
    return new NormalPool(folder, ImageShelf.open(folder, Note.class));
  }

  private static Normal normal(ImageShelf.Item<Note> item) {
    return new Normal(item.id(), item.note().standing, item.image(), item.note().origin, decoded(item.note().thumbnail), item.bytes());
  }

  /** Takes up what another process has put into the folder or taken from it. @throws io.kerf.fault.FaultException where it cannot be read */
  public synchronized void reread() {
    Set<String> known = shelf.items().stream().map(ImageShelf.Item::id).collect(Collectors.toSet());
    try {
      shelf.reread();
    } catch (IOException e) {
      throw AtomicFiles.fault(folder, e);
    }
    known.stream().filter(id -> shelf.item(id).isEmpty()).forEach(likeness::remove);
    shelf.items().stream().filter(item -> !known.contains(item.id())).forEach(item -> likeness.add(normal(item)));
  }

  /** By id, which grows with time for those that were inspected. */
  public synchronized List<Normal> all() {
    return shelf.items().stream().map(NormalPool::normal).toList();
  }

  public synchronized Optional<Normal> byId(String id) {
    return shelf.item(id).map(NormalPool::normal);
  }

  /** Decides by the pool as it is, and does what was decided. @param extension of the image file, such as {@code jpg} */
  public synchronized CollectingPolicy.Decision offer(CollectingPolicy policy, String id, byte[] image, String extension, Origin origin, float[] thumbnail) {
    CollectingPolicy.Sighting sighting = new CollectingPolicy.Sighting(origin.pValue().orElse(0), thumbnail, image.length);
    CollectingPolicy.Decision decision = policy.decide(sighting, likeness);
    if (decision instanceof CollectingPolicy.Joins joins) {
      add(id, Standing.PRESUMED, image, extension, origin, thumbnail);
      for (String gone : joins.instead()) {
        remove(gone);
      }
    }
    return decision;
  }

  /**
   * Adds a normal, or gives one that is there the better of its standings.
   *
   * @throws io.kerf.fault.FaultException where it cannot be written; nothing is kept then
   */
  public synchronized Normal add(String id, Standing standing, byte[] image, String extension, Origin origin, float[] thumbnail) {
    Optional<Normal> there = byId(id);
    if (there.isPresent()) {
      return there.get().standing().compareTo(standing) <= 0 ? there.get() : stand(there.get(), standing);
    }
    Normal added = normal(shelf.put(id, extension, image, new Note(standing, origin, encoded(thumbnail))));
    likeness.add(added);
    return added;
  }

  /** Says on whose word a normal is good from now on; empty where there is no such normal. */
  public synchronized Optional<Normal> stand(String id, Standing standing) {
    return byId(id).map(normal -> stand(normal, standing));
  }

  private Normal stand(Normal normal, Standing standing) {
    Normal changed = normal(shelf.note(normal.id(), new Note(standing, normal.origin(), encoded(normal.thumbnail()))).orElseThrow());
    likeness.add(changed);
    return changed;
  }

  /** The bytes of an image; empty where it is not there or cannot be read. */
  public synchronized Optional<byte[]> image(String id) {
    return shelf.image(id);
  }

  /** Whether it was there. */
  public synchronized boolean remove(String id) {
    likeness.remove(id);
    return shelf.remove(id);
  }

  private static String encoded(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    bytes.asFloatBuffer().put(values);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static float[] decoded(String text) {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
