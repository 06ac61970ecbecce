package io.kerf.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one job beside others, {@code <name>/}, with a file {@code <name>.lock} that is locked while the job runs. A job that was
 * killed holds no lock, which tells what it left from what a job that runs needs.
 */
public final class JobFolder implements AutoCloseable {
  private static final String LOCK = ".lock";

  private final Path folder;
  private final Path lockFile;
  private final FileChannel lock;

  private JobFolder(Path folder, Path lockFile, FileChannel lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /** Makes one, after {@link #sweep sweeping}. @param parent made where it is missing */
  public static JobFolder make(Path parent) throws IOException {
    Files.createDirectories(parent);
    sweep(parent);
    Path folder = parent.resolve(Long.toHexString(System.nanoTime()));
    Path lockFile = lockFile(folder);
    FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
    return new JobFolder(Files.createDirectories(folder), lockFile, lock);
  }

  public Path path() {
    return folder;
  }

  /** Deletes the jobs in a folder that nobody holds, with what they left. A folder that is missing holds none. */
  public static void sweep(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return;
    }
    List<Path> entries;
    try (Stream<Path> all = Files.list(parent)) {
      entries = all.toList();
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry) && free(lockFile(entry))) {
        AtomicFiles.deleteTree(entry);
        Files.deleteIfExists(lockFile(entry));
      } else if (entry.toString().endsWith(LOCK) && !Files.isDirectory(withoutEnding(entry)) && free(entry)) {
        Files.deleteIfExists(entry);
      }
    }
  }

  private static Path lockFile(Path folder) {
    return folder.resolveSibling(folder.getFileName() + LOCK);
  }

  private static Path withoutEnding(Path lockFile) {
    String name = lockFile.getFileName().toString();
    return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static boolean free(Path lockFile) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    } catch (NoSuchFileException none) {
      return true;
    } catch (OverlappingFileLockException held) {
      return false;
    }
  }

  /** Deletes the folder, where it is still there, and lets go of it. */
  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(folder)) {
        AtomicFiles.deleteTree(folder);
      }
      Files.deleteIfExists(lockFile);
    } finally {
      lock.close();
    }
  }
}
