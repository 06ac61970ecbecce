package io.kerf.people;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps the {@link Roster} as {@code people/people.json}, readable by the station's user alone. A running station and commands change it one after the other:
 * each change is made to what is in the file at that moment, under a lock.
 */
public final class RosterFile {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Path file;

  /** @param data the data folder; {@code people/} in it is made with the first change */
  public RosterFile(Path data) {
    this.folder = data.resolve("people");
    this.file = folder.resolve("people.json");
  }

  /** {@code people/}, which may not be there yet. */
  public Path folder() {
    return folder;
  }

  /** By what a change shows; empty where there is no file. */
  record Stamp(Object key, FileTime modified, long size) {}

  Optional<Stamp> stamp() {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new Stamp(found.fileKey(), found.lastModifiedTime(), found.size()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What is in the file now. Never throws: what cannot be read is damaged. */
  public RosterState read() {
    try {
      return new RosterState.Claimed(Objects.requireNonNull(JSON.readValue(Files.readAllBytes(file), Roster.class), "null in JSON"));
    } catch (NoSuchFileException e) {
      return new RosterState.Unclaimed();
    } catch (IOException | RuntimeException e) {
      return new RosterState.Damaged(file + " cannot be read (" + e.getClass().getSimpleName() + "), so it lets nobody in: until it is mended nobody can log in, and after a "
          + "restart no token counts either. On the machine, \"kerf people add NAME --role admin\" sets the file aside and begins with that person.");
    }
  }

  /**
   * Changes what is in the file.
   *
   * @throws FaultException {@link Fault#UNCLAIMED}, {@link Fault#PEOPLE_DAMAGED}, what the change throws, or what {@link AtomicFiles#write} throws; nothing is changed then
   */
  public Roster change(UnaryOperator<Roster> change) {
    return locked(() -> {
      RosterState state = read();
      if (state instanceof RosterState.Damaged damaged) {
        throw new FaultException(Fault.PEOPLE_DAMAGED, damaged.sentence());
      }
      if (state instanceof RosterState.Claimed claimed) {
        return write(change.apply(claimed.roster()));
      }
      throw new FaultException(Fault.UNCLAIMED, "Nobody has claimed this station yet, so there is nobody to be changed. Claim it first: by its page, or with \"kerf people add NAME --role admin\".");
    });
  }

  /** Writes the first book. @throws FaultException {@link Fault#ALREADY_CLAIMED} where there is one, damaged or not */
  public Roster begin(Account admin) {
    return locked(() -> {
      if (!(read() instanceof RosterState.Unclaimed)) {
        throw new FaultException(Fault.ALREADY_CLAIMED, "Somebody has claimed this station before. Log in, or ask an admin; on the machine \"kerf people list\" says who they are.");
      }
      return write(Roster.first(admin));
    });
  }

  /**
   * Sets a damaged file aside and begins anew; the old one stays beside the new one under another name. At no moment is there none: a running station would be
   * there to be claimed.
   *
   * @throws FaultException {@link Fault#ALREADY_CLAIMED} where it is not damaged
   */
  public Roster beginAnew(Account admin, Clock clock) {
    return locked(() -> {
      if (!(read() instanceof RosterState.Damaged)) {
        throw new FaultException(Fault.ALREADY_CLAIMED, file + " can be read again, so it was not set aside and nothing was changed.");
      }
      Roster roster = Roster.first(admin);
      try {
        Files.createLink(folder.resolve("people.json.damaged-" + WHEN.format(clock.instant())), file);
      } catch (IOException e) {
        throw AtomicFiles.fault(file, e);
      }
      return write(roster);
    });
  }

  private Roster write(Roster roster) {
    try {
      AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(roster));
      keepOwner(file, folder);
      return roster;
    } catch (IOException e) {
      throw AtomicFiles.fault(file, e);
    }
  }

  private synchronized Roster locked(Supplier<Roster> action) {
    try {
      prepare();
      Path lockFile = folder.resolve("lock");
      try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.lock();
        keepOwner(lockFile, folder);
        return action.get();
      }
    } catch (IOException e) {
      throw AtomicFiles.fault(file, e);
    }
  }

  /** Makes {@code people/} where it is missing, for the station's user alone. */
  void prepare() throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path data = Files.createDirectories(folder.toAbsolutePath().getParent());
    Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    keepOwner(folder, data);
  }

  /** What root writes by command must be read by the station, which runs as somebody else. */
  private static void keepOwner(Path made, Path like) throws IOException {
    UserPrincipal owner = Files.getOwner(like);
    if (!Files.getOwner(made).equals(owner)) {
      Files.setOwner(made, owner);
    }
  }
}
