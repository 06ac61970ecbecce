package io.kerf.inspection.store;

import io.kerf.inspection.InspectionIds;
import io.kerf.inspection.store.StoredInspection.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Images of verdicts as files: {@code <yyyy-MM-dd>/<id>.<jpg|png|…>} as received and {@code <id>.heat.png}. The day is that of the
 * identifier, in UTC, so that days and names sort as the parts were judged.
 *
 * <p>Files are not synced: they survive the death of the process, and a loss of power may cost the last ones. A file is served only
 * where it has the size on record, so a half-written one is never shown.
 */
public final class EvidenceFolder {
  private final Path root;
  private final AtomicLong bytes = new AtomicLong();
  /** Of the oldest day, in order, to be dropped; listing a day of a fast line takes as long as judging several parts. */
  private final Deque<Path> oldest = new ArrayDeque<>();
  private volatile Path madeDay;

  public EvidenceFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  /** Counts bytes that {@link #keep} will write. */
  void claim(long many) {
    bytes.addAndGet(many);
  }

  /** Takes back what was claimed and not written. */
  void unclaim(long many) {
    bytes.addAndGet(-many);
  }

  /** Writes both files or neither. Their bytes were claimed before. */
  Evidence keep(String id, byte[] image, Optional<byte[]> heatMapPng) throws IOException {
    EvidenceType type = EvidenceType.of(image);
    Path day = day(id);
    if (!day.equals(madeDay)) {
      Files.createDirectories(day);
      madeDay = day;
    }
    Path imageFile = day.resolve(id + "." + type.extension());
    Path heatMapFile = day.resolve(heatMapName(id));
    try {
      Files.write(imageFile, image);
      if (heatMapPng.isPresent()) {
        Files.write(heatMapFile, heatMapPng.get());
      }
    } catch (IOException e) {
      madeDay = null;
      Files.deleteIfExists(imageFile);
      Files.deleteIfExists(heatMapFile);
      throw e;
    }
    return new Evidence(type.mediaType(), image.length, heatMapPng.map(png -> png.length).orElse(0));
  }

  /** Takes back what {@link #keep} wrote, as far as it is there. */
  void discard(String id, Evidence evidence) throws IOException {
    delete(imageFile(id, evidence));
    delete(day(id).resolve(heatMapName(id)));
  }

  /** Whether the image is there. */
  boolean has(String id, Evidence evidence) {
    return size(imageFile(id, evidence)) == evidence.imageBytes();
  }

  /** Of the file system, for this user. */
  long freeBytes() {
    return root.toFile().getUsableSpace();
  }

  Optional<byte[]> image(String id, Evidence evidence) throws IOException {
    return read(imageFile(id, evidence), evidence.imageBytes());
  }

  Optional<byte[]> heatMap(String id, Evidence evidence) throws IOException {
    return read(day(id).resolve(heatMapName(id)), evidence.heatMapBytes());
  }

  /** What all files take, as far as counted: exact after {@link #count()}. */
  long bytes() {
    return bytes.get();
  }

  /** Counts anew, as files may have been added or removed by hand. Takes about a second for 100,000 files. */
  long count() throws IOException {
    long before = bytes.get();
    long counted = 0;
    for (Path day : days()) {
      for (Path file : files(day)) {
        counted += size(file);
      }
    }
    bytes.addAndGet(counted - before);
    return bytes.get();
  }

  /** Folders of days, oldest first. What is no day is not ours and stays. */
  List<Path> days() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      return entries.filter(entry -> entry.getFileName().toString().matches("\\d{4}-\\d\\d-\\d\\d")).sorted().toList();
    }
  }

  /** Files of one day, oldest first. */
  List<Path> files(Path day) throws IOException {
    try (Stream<Path> entries = Files.list(day)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    }
  }

  void delete(Path file) throws IOException {
    long size = size(file);
    if (Files.deleteIfExists(file)) {
      bytes.addAndGet(-size);
    }
  }

  /** Deletes the folder of a day where it is empty, but for the one that is being filled. */
  void deleteIfEmpty(Path day) throws IOException {
    if (!day.equals(madeDay) && files(day).isEmpty()) {
      Files.deleteIfExists(day);
    }
  }

  /** Deletes the oldest files until so many bytes are gone. @return how many are */
  synchronized long dropOldest(long many) throws IOException {
    long dropped = 0;
    while (dropped < many && (!oldest.isEmpty() || listOldest())) {
      Path file = oldest.removeFirst();
      dropped += size(file);
      delete(file);
      if (oldest.isEmpty()) {
        deleteIfEmpty(file.getParent());
      }
    }
    return dropped;
  }

  /** @return whether there is anything */
  private boolean listOldest() throws IOException {
    for (Path day : days()) {
      oldest.addAll(files(day));
      if (!oldest.isEmpty()) {
        return true;
      }
      deleteIfEmpty(day);
    }
    return false;
  }

  private Path imageFile(String id, Evidence evidence) {
    return day(id).resolve(id + "." + EvidenceType.ofMediaType(evidence.imageType()).extension());
  }

  private Path day(String id) {
    return root.resolve(LocalDate.ofInstant(InspectionIds.timeOf(id), ZoneOffset.UTC).toString());
  }

  private static String heatMapName(String id) {
    return id + ".heat.png";
  }

  private static Optional<byte[]> read(Path file, long size) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) != size) {
      return Optional.empty();
    }
    return Optional.of(Files.readAllBytes(file));
  }

  private static long size(Path file) {
    return file.toFile().length();
  }
}
