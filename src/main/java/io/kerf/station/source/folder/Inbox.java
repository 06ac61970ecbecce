package io.kerf.station.source.folder;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The files of a watched folder. The watch only wakes: each look lists the folder anew, so that events that are lost (an overflow, a network share) cost at most
 * {@link #LOOK_AGAIN_NANOS}.
 */
final class Inbox implements AutoCloseable {
  /** Files of one look; the oldest, the others come with the next. */
  static final int LOOK = 1000;
  static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
  /** A burst of events is one. */
  private static final long BURST_MILLIS = 20;
  private static final Pattern NOT_ASCII = Pattern.compile("[^\\x20-\\x7e]");

  private final Path folder;
  private final PathMatcher files;
  private final long maxBytes;
  private final WatchService watch;
  private Optional<WatchKey> key = Optional.empty();

  /**
   * @param files glob for their names, letters of either case
   * @param maxBytes of a file that is read
   */
  Inbox(Path folder, String files, long maxBytes) throws IOException {
    this.folder = folder;
    this.files = FileSystems.getDefault().getPathMatcher("glob:" + files.toLowerCase(Locale.ROOT));
    this.maxBytes = maxBytes;
    this.watch = FileSystems.getDefault().newWatchService();
  }

  Path folder() {
    return folder;
  }

  /** At most {@link #LOOK} files, oldest first. Links, folders and what else is no file are left alone. */
  List<Sight> look() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString());
    }
    listen();
    PriorityQueue<Sight> oldest = new PriorityQueue<>(Sight.OLDEST_FIRST.reversed());
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, this::isWanted)) {
      for (Path entry : entries) {
        see(entry).ifPresent(oldest::add);
        if (oldest.size() > LOOK) {
          oldest.remove();
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    List<Sight> sorted = new ArrayList<>(oldest);
    sorted.sort(Sight.OLDEST_FIRST);
    return sorted;
  }

  /** A file that fits, wherever among all it stands. */
  Optional<Sight> find(Predicate<Sight> wanted) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        Optional<Sight> file = see(entry).filter(wanted);
        if (file.isPresent()) {
          return file;
        }
      }
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Empty where there is no such file any more, or something else in its place. */
  Optional<Sight> see(Path file) throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? Optional.of(Sight.of(file, attributes)) : Optional.empty();
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  /**
   * The bytes of a file.
   *
   * @throws FaultException {@link Fault#IMAGE_TOO_LARGE}, before anything is read
   */
  byte[] read(Sight file) throws IOException {
    if (file.size() > maxBytes) {
      throw new FaultException(Fault.IMAGE_TOO_LARGE, "The file has " + file.size() + " bytes and this station accepts " + maxBytes
          + ", so it was not judged. Have the camera send a smaller region or a stronger compression, or raise kerf.image.max-bytes.");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) file.size());
    try (SeekableByteChannel channel = Files.newByteChannel(file.path(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
        // Reads on.
      }
    }
    byte[] read = new byte[bytes.position()];
    bytes.flip().get(read);
    return read;
  }

  /** Returns when something changed, when time is up, or when it is closed. */
  void await(long nanos) throws InterruptedException {
    try {
      WatchKey changed = watch.poll(nanos, TimeUnit.NANOSECONDS);
      if (changed != null) {
        TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
        changed.pollEvents();
        changed.reset();
      }
    } catch (ClosedWatchServiceException closing) {
      // There is nothing more to wait for.
    }
  }

  private void listen() throws IOException {
    if (key.isEmpty() || !key.get().isValid()) {
      try {
        key = Optional.of(folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY));
      } catch (ClosedWatchServiceException closing) {
        key = Optional.empty();
      }
    }
  }

  private boolean isWanted(Path entry) {
    String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
    try {
      return files.matches(Path.of(name));
    } catch (InvalidPathException notInThisLocale) {
      return files.matches(Path.of(NOT_ASCII.matcher(name).replaceAll("_")));
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
