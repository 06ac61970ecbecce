package io.kerf.storage;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The one folder with everything a station keeps.
 *
 * <pre>
 * recipes/&lt;recipe&gt;/models/   bundles
 * recipes/&lt;recipe&gt;/normals/  good parts to learn from
 * recipes/&lt;recipe&gt;/golden/   parts that every model must judge right
 * recipes/.staging/           recipes that are being made or removed; swept at the next start
 * recipe.json                 the recipe that was chosen, since when and by whom
 * document/                   the station document, and those that were in force before
 * sources/                    what watched folders must not forget
 * evidence/                   images of verdicts, by day
 * weights/                    encoder weights from elsewhere
 * plans/                      encoders compiled for this device; derived, may be deleted
 * people/                     who may do what; for the station's user alone
 * tls/                        the station's own certificate and its key, likewise
 * jobs/                       what is being learnt; goes on after a restart
 * fleet/                      whom the station believes, and where its fleet's document stands
 * staging/                    what is being made; emptied by {@link #open()}
 * kerf.db                     SQLite
 * reserve                     nothing but room, for verdicts on a full disk
 * kerf.lock                   held while a station runs, so that two never share a folder
 * </pre>
 *
 * <p>The paths can be asked for at any time; {@link #open()} is for the one serving process.
 */
public final class DataFolder implements AutoCloseable {
  private final Path root;
  private FileChannel lockFile;

  /** Names the folder; touches nothing. */
  public DataFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  public Path root() {
    return root;
  }

  /**
   * The folder of one recipe.
   *
   * @throws FaultException {@link Fault#BAD_FIELD} where the name is not valid
   */
  public Path recipe(String recipe) {
    return root.resolve("recipes").resolve(RecipeName.require(recipe));
  }

  /** Where the bundles of a recipe are; see {@link #recipe}. */
  public Path models(String recipe) {
    return recipe(recipe).resolve("models");
  }

  /** Names of the recipes that have a folder, in alphabetical order. @throws FaultException where they cannot be listed */
  public List<String> recipes() {
    Path all = root.resolve("recipes");
    if (!Files.isDirectory(all)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(all)) {
      return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).filter(RecipeName::isValid).sorted().toList();
    } catch (IOException e) {
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The recipes in " + all + " cannot be listed: " + e.getMessage() + ".", e);
    }
  }

  /** Where recipes are made, and where they are put before they are deleted: on their file system, each in a {@link JobFolder}. */
  public Path recipeStaging() {
    return root.resolve("recipes").resolve(".staging");
  }

  /** Which recipe was chosen; see {@link ChosenRecipe}. */
  public Path chosenRecipe() {
    return root.resolve("recipe.json");
  }

  /** The station document with its history. */
  public Path document() {
    return root.resolve("document");
  }

  /** What watched folders must not forget. */
  public Path sources() {
    return root.resolve("sources");
  }

  public Path evidence() {
    return root.resolve("evidence");
  }

  public Path weights() {
    return root.resolve("weights");
  }

  public Path staging() {
    return root.resolve("staging");
  }

  public Path plans() {
    return root.resolve("plans");
  }

  public Path jobs() {
    return root.resolve("jobs");
  }

  public Path fleet() {
    return root.resolve("fleet");
  }

  /** Room that is given up when the disk is full. */
  public Path reserve() {
    return root.resolve("reserve");
  }

  public Path database() {
    return root.resolve("kerf.db");
  }

  /**
   * Makes the folder, proves that it can be written, claims it for this process and empties {@code staging/}.
   *
   * @throws FaultException {@link Fault#DATA_FOLDER_UNUSABLE} with one sentence that says which folder, which user and what to do
   */
  public synchronized DataFolder open() {
    try {
      Files.createDirectories(root);
      prove();
      claim();
      AtomicFiles.sweep(root);
      Files.createDirectories(evidence());
      Files.createDirectories(root.resolve("recipes"));
      empty(staging());
      return this;
    } catch (IOException e) {
      close();
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The data folder " + root + " cannot be written by user "
          + System.getProperty("user.name") + " (" + reason(e) + "): give that user a folder it may write to, or set kerf.data to another one.", e);
    }
  }

  /**
   * Writes, syncs and deletes a file.
   *
   * @throws IOException where the folder cannot be written
   */
  public void prove() throws IOException {
    Path probe = Files.createTempFile(root, ".probe-", ".tmp");
    try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'k'}));
      channel.force(true);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Bytes that can still be written. */
  public long usableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  /** Lets go of the folder. */
  @Override
  public synchronized void close() {
    if (lockFile == null) {
      return;
    }
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lockFile = null;
    }
  }

  private void claim() throws IOException {
    lockFile = FileChannel.open(root.resolve("kerf.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      close();
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE,
          "The data folder " + root + " is in use by a station that is running: stop that one, or set kerf.data to another folder.");
    }
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      AtomicFiles.deleteTree(folder);
    }
    Files.createDirectories(folder);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    String reason = e instanceof FileSystemException fileSystem ? fileSystem.getReason() : e.getMessage();
    return reason == null ? e.getClass().getSimpleName() : reason.toLowerCase(Locale.ROOT);
  }
}
