package io.kerf.fleet.trust;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The trust document in force, in {@code trust.json} of the fleet's folder.
 *
 * <ol>
 *   <li>The first one is put there at installation, or taken from a file that the settings name; from then on only its own successors take its place.
 *   <li>Successors may come in any order: those ahead of the next one, up to {@value #AHEAD} versions, are kept in memory until the way to them is whole.
 * </ol>
 */
public final class TrustStore {
  static final int AHEAD = 64;

  private final Path file;
  private final NavigableMap<Long, SignedTrust> ahead = new TreeMap<>();
  private SignedTrust current;

  private TrustStore(Path file, SignedTrust current) {
    this.file = file;
    this.current = current;
  }

  /**
   * @param first to begin with where the folder has none yet
   * @throws FaultException {@link Fault#FLEET_TRUST_MISSING} where there is none at all, {@link Fault#FLEET_TRUST_INVALID} where it is damaged
   */
  public static TrustStore open(Path file, Optional<Path> first) throws IOException {
    if (Files.exists(file)) {
      return new TrustStore(file, SignedTrust.read(Files.readAllBytes(file)).requireOwnThreshold());
    }
    Path given = first.filter(Files::exists).orElseThrow(() -> new FaultException(Fault.FLEET_TRUST_MISSING, "This station has no trust document, so it believes no fleet: "
        + "put the one that kerf fleet trust has made into " + file + ", or name it in kerf.fleet.trust. Inspection goes on meanwhile."));
    SignedTrust trust = SignedTrust.read(Files.readAllBytes(given)).requireOwnThreshold();
    AtomicFiles.write(file, trust.bytes());
    return new TrustStore(file, trust);
  }

  public TrustDocument current() {
    return current.document();
  }

  /**
   * Takes a successor and those that wait behind it.
   *
   * @return whether the trust in force has changed; not where it is known already or lies ahead
   * @throws FaultException {@link Fault#FLEET_TRUST_INVALID} where it may not follow
   */
  public boolean offer(byte[] bytes) {
    SignedTrust offered = SignedTrust.read(bytes);
    long version = offered.document().version();
    long known = current().version();
    if (version <= known) {
      return false;
    }
    if (version > known + AHEAD) {
      throw SignedTrust.invalid("it is version " + version + ", more than " + AHEAD + " ahead of " + known + "; send those between first");
    }
    if (version > known + 1) {
      ahead.put(version, offered);
      return false;
    }
    take(offered.requireFollows(current()));
    walk();
    return true;
  }

  /** One that waited and may not follow after all is dropped: whoever holds the roots sends the right one. */
  private void walk() {
    for (SignedTrust next = ahead.remove(current().version() + 1); next != null; next = ahead.remove(current().version() + 1)) {
      if (!next.mayFollow(current())) {
        break;
      }
      take(next);
    }
    ahead.headMap(current().version(), true).clear();
  }

  private void take(SignedTrust next) {
    AtomicFiles.write(file, next.bytes());
    current = next;
  }
}
