package io.kerf.station.source.folder;

import io.kerf.config.document.FolderSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Source;
import io.kerf.station.source.Judging;
import io.kerf.station.source.Tally;
import io.kerf.station.source.folder.Settling.Fate;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Judges the images of a watched folder, one after the other, oldest first.
 *
 * <ol>
 *   <li>Each image is judged once, or lies in {@code failed} with the reason: also where the process is killed at any moment. Before an image is judged, a
 *     {@link Claim} says what its inspection will be called; after a crash the records tell whether that came to be.
 *   <li>A judged image that cannot be moved is not judged again: nothing else of this folder is judged until it is out of the way, and the condition says so.
 *   <li>What is wrong with the station (a full disk, a database that fails) is no fault of an image: it stays and is tried again.
 * </ol>
 */
public final class FolderSource implements Source {
  private static final Logger LOG = Logger.getLogger(FolderSource.class);
  private static final long TRY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_MILLIS = 5000;

  private final String name;
  private final FolderSettings settings;
  private final Judging judging;
  private final Records records;
  private final Tally tally;
  private final Inbox inbox;
  private final Settling settling;
  private final Optional<Pattern> names;
  private final Shelf done;
  private final Shelf failed;
  private final JudgedOnce once;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  /**
   * @param claims file for the claim of this source, in the data folder
   * @param maxBytes of an image
   */
  public FolderSource(String name, FolderSettings settings, Judging judging, Records records, Path claims, long maxBytes) {
    this.name = name;
    this.settings = settings;
    this.judging = judging;
    this.records = records;
    Path folder = Path.of(settings.path());
    this.tally = new Tally(name, "folder", judging.clock(), "Looks into " + folder + ".");
    this.settling = new Settling(settings.settle(), settings.giveUp());
    this.names = settings.names().map(Pattern::compile);
    this.done = new Shelf(folder.resolve(settings.done()).normalize(), settings.maxBytes().orElseThrow());
    this.failed = new Shelf(folder.resolve(settings.failed()).normalize(), settings.maxBytes().orElseThrow());
    try {
      this.inbox = new Inbox(folder, settings.files(), maxBytes);
      this.once = new JudgedOnce(claims, records, this::takeAway);
    } catch (IOException e) {
      throw AtomicFiles.fault(claims, e);
    }
    this.thread = new Thread(this::run, "folder-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Status status() {
    return tally.status();
  }

  private void run() {
    while (!closed) {
      try {
        inbox.await(pass());
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.errorf(e, "Source %s failed and goes on", name);
        tally.is(State.FAILS, "Something failed inside the station while it looked into " + inbox.folder() + " (" + e + "). It tries again; the log says more.");
        pause();
      }
    }
  }

  /** Judges what can be judged now. @return how long to wait for more, in nanoseconds */
  private long pass() {
    try {
      once.resolve(inbox);
      List<Sight> files = inbox.look();
      settling.keepOnly(files);
      return judge(files);
    } catch (IOException e) {
      tally.is(State.FAILS, unusable(e));
    } catch (FaultException e) {
      tally.is(State.FAILS, e.detail());
    }
    return pause();
  }

  private long judge(List<Sight> files) {
    long wait = Inbox.LOOK_AGAIN_NANOS;
    Optional<String> trouble = Optional.empty();
    for (Sight file : files) {
      if (closed) {
        return 0;
      }
      try {
        wait = Math.min(wait, act(file, settling.fate(file, judging.nanos().getAsLong())));
      } catch (IOException e) {
        trouble = Optional.of("The file " + file.path() + " could not be read or moved (" + e.getMessage()
            + "): it stays and is tried again. See to the rights of the folder and to room on the disk.");
      }
    }
    if (trouble.isPresent()) {
      tally.is(State.FAILS, trouble.get());
      return pause();
    }
    tally.is(State.WORKS, "Watches " + inbox.folder() + ".");
    return wait;
  }

  /** @return how long nothing is to be done, in nanoseconds */
  private long act(Sight file, Fate fate) throws IOException {
    if (fate instanceof Fate.Wait waiting) {
      return waiting.nanos();
    }
    if (fate instanceof Fate.GiveUp given) {
      fail(file, given.why());
      return 0;
    }
    try {
      PartName part = PartName.of(file.name(), names);
      byte[] image = inbox.read(file);
      if (inbox.see(file.path()).filter(file::equals).isPresent()) {
        inspect(file, part, image);
      }
    } catch (NoSuchFileException takenAway) {
      return 0;
    } catch (FaultException e) {
      refuse(file, e);
    }
    return 0;
  }

  private void inspect(Sight file, PartName part, byte[] image) throws IOException {
    String recipe = judging.recipes().forPart(settings.recipe(), part.partId());
    Instant now = judging.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    Instant changed = Instant.ofEpochMilli(file.modifiedMillis());
    once.judge(file, id -> {
      judging.inspector().inspect(new Frame(Optional.of(id), image, recipe, part.partId(), part.lot(), name, changed.isAfter(now) ? now : changed));
      tally.came();
      tally.judged();
    });
  }

  /** What is said of an image that was not judged: that it may be on its way still, that it never will be one, or that the station failed. */
  private void refuse(Sight file, FaultException e) throws IOException {
    switch (e.fault()) {
      case NOT_AN_IMAGE, IMAGE_TRUNCATED, NO_BODY, INTERNAL -> settling.refused(file, e);
      case IMAGE_TOO_LARGE, IMAGE_TOO_SMALL, IMAGE_UNSUPPORTED, BAD_FIELD -> fail(file, e);
      default -> throw e;
    }
  }

  private void fail(Sight file, FaultException why) throws IOException {
    if (failed.take(file, records.newId(), why.fault().code() + "\n" + why.detail() + "\n")) {
      tally.came();
      tally.dropped();
      LOG.warnf("Source %s: a file was moved to %s (%s): %s", name, failed.folder(), why.fault().code(), why.detail());
      Optional<PartName> part = part(file);
      judging.missed().accept(new Outcome.Missed(name, part.flatMap(PartName::partId), part.flatMap(PartName::lot), why.fault().code(),
          why.detail() + " It lies in " + failed.folder() + ".", judging.clock().instant()));
    }
  }

  private Optional<PartName> part(Sight file) {
    try {
      return Optional.of(PartName.of(file.name(), names));
    } catch (FaultException unreadable) {
      return Optional.empty();
    }
  }

  private void takeAway(Sight file, String id) throws IOException {
    switch (settings.after()) {
      case MOVE -> done.take(file, id);
      case DELETE -> Shelf.delete(file);
    }
  }

  private String unusable(IOException e) {
    return e instanceof NoSuchFileException
        ? "The folder " + inbox.folder() + " is not there, so none of its parts are judged: see that it exists and that its share is mounted. It is taken up again by itself."
        : "The folder " + inbox.folder() + " cannot be read (" + e.getMessage() + "), so none of its parts are judged: see that user " + System.getProperty("user.name")
            + " may read and write it. It is taken up again by itself.";
  }

  /** After trouble. @return that the wait is over */
  private long pause() {
    try {
      closing.await(TRY_AGAIN_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
    return 0;
  }

  /** Interrupts nothing: a part that is being judged is judged, and an interrupted thread would lose the files it writes. */
  @Override
  public void close() {
    closed = true;
    closing.countDown();
    try {
      inbox.close();
      thread.join(CLOSE_MILLIS);
      if (!thread.isAlive()) {
        once.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warnf("Source %s did not end well: %s", name, e.getMessage());
    }
  }
}
