package io.kerf.inspection.store;

import io.kerf.storage.Reserve;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Room for images within their limits, and on a disk that is full, so that parts are judged and recorded on: first the oldest images of verdicts go,
 * then the reserve.
 *
 * <p>Images never take more than their bytes, nor eat into what must stay free, but for those being written at that moment. Once it had to give something up
 * on a full disk, that counts as full until there is room for the reserve and as much again.
 */
final class Room {
  private static final Logger LOG = Logger.getLogger(Room.class);
  /** So many that not every part waits for it. */
  private static final long GIVEN_UP_AT_ONCE = 4 << 20;

  private final EvidenceFolder evidence;
  private final Optional<Reserve> reserve;
  private final Supplier<RetentionPolicy> policy;
  private volatile boolean full;
  private volatile boolean belowLeastFree;

  /** @param reserve none where nothing is set aside */
  Room(EvidenceFolder evidence, Optional<Reserve> reserve, Supplier<RetentionPolicy> policy) {
    this.evidence = evidence;
    this.reserve = reserve;
    this.policy = policy;
  }

  /** Whether no image is wanted at all. */
  boolean keepsNone() {
    return policy.get().maxBytes() == 0;
  }

  /** Whether images may be kept that take so many bytes, which then count as taken. Gives up some of the oldest for them where that helps. */
  synchronized boolean admits(long bytes) throws IOException {
    RetentionPolicy now = policy.get();
    if (bytes > now.maxBytes()) {
      return false;
    }
    long tooMany = evidence.bytes() + bytes - now.maxBytes();
    if (tooMany > 0) {
      evidence.dropOldest(atOnce(tooMany, now.maxBytes(), bytes));
    }
    long missing = now.leastFreeBytes() + bytes - evidence.freeBytes();
    if (now.leastFreeBytes() > 0 && missing > 0) {
      evidence.dropOldest(atOnce(missing, now.leastFreeBytes(), bytes));
      belowLeastFree = evidence.freeBytes() < now.leastFreeBytes() + bytes;
    } else {
      belowLeastFree = false;
    }
    if (belowLeastFree || evidence.bytes() + bytes > now.maxBytes()) {
      return false;
    }
    evidence.claim(bytes);
    return true;
  }

  /** A twentieth of a limit, so that not every part waits for it, and never so much that one waits long: {@link Retention} does the rest. */
  private static long atOnce(long missing, long limit, long bytes) {
    return Math.min(Math.max(missing, limit / 20), GIVEN_UP_AT_ONCE + bytes);
  }

  /** Gives up the oldest images. @return whether there were any */
  synchronized boolean dropOldestEvidence() {
    tell();
    try {
      return evidence.dropOldest(GIVEN_UP_AT_ONCE) > 0;
    } catch (IOException e) {
      LOG.errorf("Old images of verdicts could not be deleted: %s", e.getMessage());
      return false;
    }
  }

  /** Gives up images or, where there are none left, the reserve. @return whether there was anything */
  synchronized boolean make() {
    return dropOldestEvidence() || releaseReserve();
  }

  private boolean releaseReserve() {
    try {
      boolean released = reserve.isPresent() && reserve.get().release();
      if (released) {
        LOG.errorf("The disk is full and no image of a verdict is left to delete: verdicts go on from a reserve of %d bytes.", reserve.get().bytes());
      }
      return released;
    } catch (IOException e) {
      LOG.errorf("The reserve could not be given up: %s", e.getMessage());
      return false;
    }
  }

  private void tell() {
    if (!full) {
      full = true;
      LOG.error("The disk is full: the oldest images of verdicts are deleted, so that parts are judged and recorded on. Make room on that disk.");
    }
  }

  /** Sets the reserve aside where there is room for it. To be called now and then. */
  synchronized void restore() {
    if (reserve.isEmpty() || reserve.get().whole() && !full) {
      return;
    }
    try {
      long needed = reserve.get().whole() ? reserve.get().bytes() : 2 * reserve.get().bytes();
      if (Files.getFileStore(evidence.root()).getUsableSpace() >= needed) {
        if (!reserve.get().whole()) {
          reserve.get().fill();
        }
        if (full) {
          LOG.info("There is room on the disk again.");
        }
        full = false;
      }
    } catch (IOException e) {
      LOG.debugf(e, "The reserve was not set aside");
    }
  }

  /** What it means for the station that the disk is full; empty where it is not. */
  Optional<String> shortage() {
    if (!full) {
      return belowLeastFree ? Optional.of("Less is free on the disk than must stay free (kerf.evidence.least-free, " + policy.get().leastFreeBytes()
          + " bytes): images of verdicts are not kept, verdicts are. Make room on it.") : Optional.empty();
    }
    boolean untouched = reserve.isEmpty() || reserve.get().whole();
    return Optional.of(untouched ? "The disk is full: the oldest images of verdicts are deleted, so that parts are judged and recorded on. Make room on it."
        : "The disk is full and no image of a verdict is left to delete: verdicts go on from a reserve, and no part is judged when it is used up. Make room on the disk now.");
  }
}
