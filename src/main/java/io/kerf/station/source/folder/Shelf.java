package io.kerf.station.source.folder;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A folder for files that are through, bounded: the oldest go where all take more than they may. Moves are atomic, so the shelf lies on the file system of
 * the watched folder.
 */
final class Shelf {
  private static final Logger LOG = Logger.getLogger(Shelf.class);

  private final Path folder;
  private final long maxBytes;
  private long addedBytes = Long.MAX_VALUE;

  /** @param maxBytes of all files; 0 for no limit */
  Shelf(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  Path folder() {
    return folder;
  }

  /**
   * Moves a file here, under its name, or with {@code id} in it where that is taken.
   *
   * @return false where the file was changed or replaced since it was seen: then it is another image, and stays
   */
  boolean take(Sight file, String id) throws IOException {
    if (!isUnchanged(file.path(), file)) {
      return false;
    }
    Files.createDirectories(folder);
    Path target = place(file.path(), id);
    move(file.path(), target);
    if (!isUnchanged(target, file) && Files.notExists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
      move(target, file.path());
      return false;
    }
    sweep(file.size());
    return true;
  }

  /** As {@link #take}, with a text beside the file that says why it is here. */
  boolean take(Sight file, String id, String why) throws IOException {
    if (!isUnchanged(file.path(), file)) {
      return false;
    }
    Files.createDirectories(folder);
    Path text = place(file.path(), id);
    Files.write(text.resolveSibling(text.getFileName() + ".txt"), why.getBytes(StandardCharsets.UTF_8));
    return take(file, id);
  }

  /** Deletes a file that was judged, likewise. */
  static boolean delete(Sight file) throws IOException {
    return isUnchanged(file.path(), file) && Files.deleteIfExists(file.path());
  }

  private Path place(Path file, String id) {
    Path plain = folder.resolve(file.getFileName());
    if (Files.notExists(plain, LinkOption.NOFOLLOW_LINKS)) {
      return plain;
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return folder.resolve(id + (dot > 0 ? name.substring(dot) : ""));
  }

  private static boolean isUnchanged(Path path, Sight seen) throws IOException {
    if (Files.notExists(path, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return now.isRegularFile() && now.size() == seen.size() && now.lastModifiedTime().toMillis() == seen.modifiedMillis();
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new FileSystemException(to.toString(), null, "it lies on another file system than the watched folder");
    }
  }

  /** Looks at the shelf where a tenth of its room may have been added since the last time. */
  private void sweep(long added) {
    addedBytes = addedBytes == Long.MAX_VALUE ? addedBytes : addedBytes + added;
    if (maxBytes == 0 || addedBytes <= maxBytes / 10) {
      return;
    }
    addedBytes = 0;
    try {
      dropOldest();
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warnf("The oldest files of %s could not be deleted (%s): see to its rights, as it grows on.", folder, e.getMessage());
    }
  }

  private void dropOldest() throws IOException {
    List<Sight> all = new ArrayList<>();
    long bytes = 0;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isRegularFile()) {
          all.add(Sight.of(entry, attributes));
          bytes += attributes.size();
        }
      }
    }
    all.sort(Sight.OLDEST_FIRST);
    for (Sight file : all) {
      if (bytes <= maxBytes) {
        return;
      }
      Files.deleteIfExists(file.path());
      bytes -= file.size();
    }
  }
}
