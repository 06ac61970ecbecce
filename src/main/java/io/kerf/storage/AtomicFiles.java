package io.kerf.storage;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes so that neither a reader nor a crash, power loss included, ever sees half a file or half a folder: what is new is synced
 * under another name, then renamed, then the folder that holds the name is synced.
 */
public final class AtomicFiles {
  private static final String TEMPORARY = ".tmp";

  private AtomicFiles() {}

  /**
   * Replaces {@code target} or makes it. Its folder must exist.
   *
   * @throws FaultException {@link Fault#DISK_FULL}, or {@link Fault#DATA_FOLDER_UNUSABLE} for any other failure; the old file is
   *     untouched then
   */
  public static void write(Path target, byte[] bytes) {
    Path folder = target.toAbsolutePath().getParent();
    try {
      Path temporary = Files.createTempFile(folder, "." + target.getFileName() + "-", TEMPORARY);
      try {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          writeFully(channel, bytes);
          channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
      sync(folder);
    } catch (IOException e) {
      throw fault(target, e);
    }
  }

  /**
   * Deletes what {@link #write} left in a folder when its process was killed. A write of another process that is under way at this very moment
   * fails, and has changed nothing then. A folder that is missing holds nothing.
   */
  public static void sweep(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> left;
    try (Stream<Path> all = Files.list(folder)) {
      left = all.filter(AtomicFiles::isTemporary).toList();
    }
    for (Path file : left) {
      Files.deleteIfExists(file);
    }
  }

  /** Whether a file is one that {@link #write} has not renamed. */
  static boolean isTemporary(Path file) {
    String name = file.getFileName().toString();
    return name.startsWith(".") && name.endsWith(TEMPORARY) && Files.isRegularFile(file);
  }

  /**
   * Makes a staged folder or file appear as {@code target}, whole or not at all. Both must be on one file system; the parent of
   * {@code target} is made where it is missing.
   *
   * @throws FaultException {@link Fault#DISK_FULL}, or {@link Fault#DATA_FOLDER_UNUSABLE} for any other failure, an existing
   *     {@code target} among them; what is staged stays where it is then
   */
  public static void publish(Path staged, Path target) {
    Path parent = target.toAbsolutePath().getParent();
    try {
      Files.createDirectories(parent);
      if (Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString(), null, "it exists already");
      }
      syncTree(staged);
      Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
      sync(parent);
      sync(staged.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw fault(target, e);
    }
  }

  /** Deletes a folder with all it holds. A link is deleted, not followed. */
  public static void deleteTree(Path folder) throws IOException {
    Files.walkFileTree(folder, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Files.deleteIfExists(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
        if (failure != null) {
          throw failure;
        }
        Files.deleteIfExists(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /** The fault that a failed write is, for the person who can mend it. */
  public static FaultException fault(Path target, IOException e) {
    if (isDiskFull(e)) {
      return new FaultException(Fault.DISK_FULL,
          "The disk is full, so " + target + " was not written: delete what is not needed on that disk, or give the station a larger one.", e);
    }
    String reason = e instanceof NoSuchFileException ? "its folder is missing" : String.valueOf(e.getMessage());
    return new FaultException(Fault.DATA_FOLDER_UNUSABLE,
        target + " could not be written (" + reason + "): see that the data folder can be written by user " + System.getProperty("user.name") + ".", e);
  }

  /** Java has no type for it; the text is the C library's for ENOSPC and EDQUOT. */
  public static boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  private static void writeFully(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
  }

  private static void syncTree(Path folderOrFile) throws IOException {
    Files.walkFileTree(folderOrFile, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        sync(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
        if (failure != null) {
          throw failure;
        }
        sync(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /** Opened for reading: on Linux that suffices for fsync, and a folder cannot be opened otherwise. */
  private static void sync(Path fileOrFolder) throws IOException {
    try (FileChannel channel = FileChannel.open(fileOrFolder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
