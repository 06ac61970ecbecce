package io.kerf.station.source.folder;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;

/**
 * What was seen of a file.
 *
 * @param size in bytes
 * @param modifiedMillis time of its last change, by the clock of whoever wrote it
 */
record Sight(Path path, long size, long modifiedMillis) {
  /** The one that was changed first; of those that were at the same moment, by name. */
  static final Comparator<Sight> OLDEST_FIRST = Comparator.comparingLong(Sight::modifiedMillis).thenComparing(Sight::name);

  static Sight of(Path path, BasicFileAttributes attributes) {
    return new Sight(path, attributes.size(), attributes.lastModifiedTime().toMillis());
  }

  String name() {
    return path.getFileName().toString();
  }
}
