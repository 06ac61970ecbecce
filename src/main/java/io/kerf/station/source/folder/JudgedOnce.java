package io.kerf.station.source.folder;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Makes that each image of a folder is judged once: claims it before, and takes it out of the way afterwards. Used by one thread. */
final class JudgedOnce implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(JudgedOnce.class);

  private final Claim.Book book;
  private final Records records;
  private final Away away;
  /** Of an image that is being judged, or was and is not out of the way. */
  private Optional<Claim> claim;

  /** Where images go that were judged. */
  interface Away {
    /** Leaves alone what has changed since it was seen. */
    void take(Sight file, String id) throws IOException;
  }

  /** @param claims file for the claim, made where it is missing */
  JudgedOnce(Path claims, Records records, Away away) throws IOException {
    this.book = Claim.Book.open(claims);
    this.records = records;
    this.away = away;
    this.claim = book.read();
  }

  /**
   * Judges an image and takes it out of the way.
   *
   * @param inspect is given the id that the inspection is to have
   * @throws FaultException why it was not judged; {@link Fault#DATA_FOLDER_UNUSABLE} where it was and cannot be taken away, see {@link #resolve}
   */
  void judge(Sight file, Consumer<String> inspect) throws IOException {
    String id = records.newId();
    claim = Optional.of(new Claim(id, file.name(), file.size(), file.modifiedMillis()));
    book.write(claim.get());
    try {
      inspect.accept(id);
    } catch (FaultException e) {
      letGoUnlessJudged(id, e);
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.errorf(e, "The image %s could not be judged", file.path());
      letGoUnlessJudged(id, new FaultException(Fault.INTERNAL, "Something failed inside the station while it judged this image (" + e + "). Its log says more."));
    }
    takeAway(file, id);
  }

  private void letGoUnlessJudged(String id, FaultException why) throws IOException {
    if (!records.has(id)) {
      forget();
      throw why;
    }
  }

  /**
   * What is to be done about a claim that is left, from before this start or as its image could not be moved; before anything else is judged. Where the image is
   * not there, the claim is kept until the next: its share may not be mounted yet.
   */
  void resolve(Inbox inbox) throws IOException {
    if (claim.isEmpty()) {
      return;
    }
    if (!records.has(claim.get().id())) {
      forget();
      return;
    }
    Optional<Sight> judged = inbox.find(claim.get()::isOf);
    if (judged.isPresent()) {
      takeAway(judged.get(), claim.get().id());
    }
  }

  private void takeAway(Sight file, String id) throws IOException {
    try {
      away.take(file, id);
    } catch (IOException e) {
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, "The image " + file.path() + " was judged and cannot be taken away (" + e.getMessage()
          + "), so nothing more of this folder is judged: see to the rights of it and of the folder for judged images, and to room on the disk.", e);
    }
    forget();
  }

  private void forget() throws IOException {
    book.clear();
    claim = Optional.empty();
  }

  @Override
  public void close() throws IOException {
    book.close();
  }
}
