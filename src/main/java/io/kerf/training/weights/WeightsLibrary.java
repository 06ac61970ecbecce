package io.kerf.training.weights;

import io.kerf.encoder.NamedWeights;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Weights from elsewhere in one folder: {@code <name>.safetensors}.
 *
 * <ol>
 *   <li>What is stored has the SHA-256 that was asked for, and holds every tensor of a ResNet-18, finite and of the right shape.
 *   <li>A file appears whole or not at all; whatever fails leaves nothing.
 *   <li>A stored file is never replaced.
 * </ol>
 */
public final class WeightsLibrary {
  /** The most bytes that are fetched; a ResNet-18 with its classifier has 47 million. */
  public static final long MAX_BYTES = 200_000_000;

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CHUNK_BYTES = 1 << 16;

  private final Path folder;
  private final long maxBytes;
  private final Duration patience;

  /** @param folder made with the first weights */
  public WeightsLibrary(Path folder) {
    this(folder, MAX_BYTES, PATIENCE);
  }

  WeightsLibrary(Path folder, long maxBytes, Duration patience) {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.patience = patience;
  }

  /** One file of the library. */
  public record Stored(String name, Path file, long bytes, String sha256) {}

  /** @param already whether the library had these very bytes before; nothing was fetched then */
  public record Added(Stored weights, boolean already) {}

  /** How far fetching is. @param totalBytes where the source says so */
  public record Progress(long bytes, OptionalLong totalBytes) {}

  /**
   * Fetches, verifies and stores weights.
   *
   * @param source path of a file, or an http or https address
   * @param sha256 of its bytes, 64 hexadecimal digits
   * @param name to store it under; where empty, that of the source's file
   * @param progress told after each piece fetched
   * @throws FaultException {@link Fault#BAD_FIELD} for a source, digest or name that cannot be one, {@link Fault#WEIGHTS_UNREACHABLE},
   *     {@link Fault#WEIGHTS_DIGEST_MISMATCH}, {@link Fault#WEIGHTS_INVALID} for what is too large or no ResNet-18,
   *     {@link Fault#WEIGHTS_NAME_TAKEN}, or a fault of {@link AtomicFiles}
   */
  public Added add(String source, String sha256, Optional<String> name, Consumer<Progress> progress) {
    String wanted = requireDigest(sha256);
    WeightsSource from = WeightsSource.parse(source, patience);
    String stored = name.map(WeightsName::require).orElseGet(() -> WeightsName.of(from.fileName()));
    Path target = folder.resolve(stored + WeightsName.SUFFIX);
    try {
      if (Files.exists(target)) {
        return new Added(requireSame(stored(target), wanted), true);
      }
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, "." + stored + "-", ".part");
      temporary.toFile().deleteOnExit();
      try {
        fetch(from, wanted, temporary, progress);
        NamedWeights.requireResNet18(Safetensors.read(Files.readAllBytes(temporary), from.toString()), from.toString());
        AtomicFiles.publish(temporary, target);
      } finally {
        Files.deleteIfExists(temporary);
      }
      return new Added(new Stored(stored, target, Files.size(target), wanted), false);
    } catch (IOException e) {
      throw AtomicFiles.fault(target, e);
    }
  }

  /** Everything stored, by name, each file's digest computed afresh. */
  public List<Stored> list() throws IOException {
    List<Stored> all = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder).filter(WeightsLibrary::isStored).sorted()) {
        for (Path file : (Iterable<Path>) files::iterator) {
          all.add(stored(file));
        }
      }
    }
    return all;
  }

  private void fetch(WeightsSource from, String wanted, Path temporary, Consumer<Progress> progress) throws IOException {
    try (WeightsSource.Content content = from.open();
        DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(temporary), Sha256.digester())) {
      byte[] chunk = new byte[CHUNK_BYTES];
      long bytes = 0;
      requireSize(from, content.bytes().orElse(0));
      for (int read = read(from, content, chunk); read >= 0; read = read(from, content, chunk)) {
        bytes += read;
        requireSize(from, bytes);
        out.write(chunk, 0, read);
        progress.accept(new Progress(bytes, content.bytes()));
      }
      String found = Sha256.hex(out.getMessageDigest().digest());
      if (!found.equals(wanted)) {
        throw new FaultException(Fault.WEIGHTS_DIGEST_MISMATCH, from + " has the SHA-256 " + found + " instead of " + wanted
            + ": it is another file or was changed on the way, so nothing was stored. Check the digest and the source.");
      }
    }
  }

  /** Apart from writing, so that a broken download is not taken for a broken disk. */
  private static int read(WeightsSource from, WeightsSource.Content content, byte[] chunk) {
    try {
      return content.in().read(chunk);
    } catch (IOException e) {
      throw from.unreachable(e);
    }
  }

  private void requireSize(WeightsSource from, long bytes) {
    if (bytes > maxBytes) {
      throw new FaultException(Fault.WEIGHTS_INVALID, from + " has more than the " + maxBytes
          + " bytes that are fetched, so it is no ResNet-18 and nothing was stored. Check the address.");
    }
  }

  private static Stored requireSame(Stored stored, String wanted) {
    if (!stored.sha256().equals(wanted)) {
      throw new FaultException(Fault.WEIGHTS_NAME_TAKEN, stored.file() + " has the SHA-256 " + stored.sha256() + " instead of " + wanted
          + " and stays as it is. Give the new weights another name with --name, or delete that file first.");
    }
    return stored;
  }

  private static String requireDigest(String sha256) {
    String digest = sha256.strip().toLowerCase(Locale.ROOT);
    if (!digest.matches("[0-9a-f]{64}")) {
      throw new FaultException(Fault.BAD_FIELD, "A SHA-256 has 64 hexadecimal digits, this one does not. Take it from whoever gave you the weights.");
    }
    return digest;
  }

  private static boolean isStored(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(WeightsName.SUFFIX) && WeightsName.isValid(name.substring(0, name.length() - WeightsName.SUFFIX.length()))
        && Files.isRegularFile(file);
  }

  private static Stored stored(Path file) throws IOException {
    String name = file.getFileName().toString();
    return new Stored(name.substring(0, name.length() - WeightsName.SUFFIX.length()), file, Files.size(file), Sha256.of(file));
  }
}
