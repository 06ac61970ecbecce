package io.kerf.fleet.protocol;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.trust.StrictJson;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an agent keeps on disk, each file replaced as a whole:
 *
 * <pre>
 * trust.json           whom it believes
 * highest.json         the highest version it has accepted, and the clock's floor
 * journal.json         the deployment under way, or the last one
 * staged               the document of that
 * last-known-good.json what was in force before it
 * waiting              an envelope that came while another was applied
 * outbox/              reports that were not taken yet
 * </pre>
 */
public final class FleetFolder {
  private static final ObjectMapper JSON = StrictJson.mapper();

  private final Path root;

  /** A document to return to. */
  record KnownGood(String version, String digest, byte[] document) {}

  private FleetFolder(Path root) {
    this.root = root;
  }

  /** Makes the folder where it is missing, and deletes what a killed process left half written. */
  public static FleetFolder open(Path root) {
    try {
      Files.createDirectories(root);
      AtomicFiles.sweep(root);
      return new FleetFolder(root);
    } catch (IOException e) {
      throw AtomicFiles.fault(root, e);
    }
  }

  public Path trust() {
    return root.resolve("trust.json");
  }

  Path outbox() {
    return root.resolve("outbox");
  }

  Optional<Seen> seen() {
    return read("highest.json", Seen.class);
  }

  void seen(Seen seen) {
    write("highest.json", seen);
  }

  Optional<Deployment> journal() {
    return read("journal.json", Deployment.class);
  }

  void journal(Deployment deployment) {
    write("journal.json", deployment);
  }

  /** @throws FaultException {@link Fault#FLEET_STAGED_DAMAGED} where it is not what was staged */
  byte[] staged(String digest) {
    Optional<byte[]> staged = bytes("staged");
    if (staged.filter(document -> Sha256.of(document).equals(digest)).isEmpty()) {
      throw new FaultException(Fault.FLEET_STAGED_DAMAGED,
          "The staged document is missing or not what was staged, so it is not applied. See the disk's health, and send the document again under a new version.");
    }
    return staged.get();
  }

  void staged(byte[] document) {
    AtomicFiles.write(root.resolve("staged"), document);
  }

  /** Empty where there is none or it is damaged. */
  Optional<KnownGood> knownGood() {
    try {
      return read("last-known-good.json", KnownGood.class).filter(good -> Sha256.of(good.document()).equals(good.digest()));
    } catch (FaultException e) {
      return Optional.empty();
    }
  }

  void knownGood(KnownGood good) {
    write("last-known-good.json", good);
  }

  Optional<byte[]> waiting() {
    return bytes("waiting");
  }

  void waiting(byte[] envelope) {
    AtomicFiles.write(root.resolve("waiting"), envelope);
  }

  void noneWaiting() {
    try {
      Files.deleteIfExists(root.resolve("waiting"));
    } catch (IOException e) {
      throw AtomicFiles.fault(root.resolve("waiting"), e);
    }
  }

  private Optional<byte[]> bytes(String name) {
    try {
      Path file = root.resolve(name);
      return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private <T> Optional<T> read(String name, Class<T> type) {
    Optional<byte[]> bytes = bytes(name);
    try {
      return bytes.isPresent() ? Optional.of(JSON.readValue(bytes.get(), type)) : Optional.empty();
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private FaultException unreadable(String name, IOException e) {
    return new FaultException(Fault.DATA_FOLDER_UNUSABLE, root.resolve(name) + " cannot be read (" + e.getClass().getSimpleName()
        + "), so this station takes nothing from its fleet; inspection goes on. See the disk's health, and restore the file from a copy.", e);
  }

  private void write(String name, Object value) {
    try {
      AtomicFiles.write(root.resolve(name), JSON.writeValueAsBytes(value));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
