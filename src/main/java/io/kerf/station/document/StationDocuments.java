package io.kerf.station.document;

import io.kerf.config.document.DocumentProblem;
import io.kerf.config.document.DocumentReader;
import io.kerf.config.document.DocumentReader.Reading;
import io.kerf.config.document.StationDocument;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DocumentFolder;
import io.kerf.storage.DocumentFolder.Version;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The station document in force.
 *
 * <ol>
 *   <li>Only a document without a single problem comes into force; until then the one before stays, and {@link #safeMode()} says why.
 *   <li>It is durable before anything follows it: after a crash the one before or the new one is in force, never a mixture.
 *   <li>What is written into the file by hand is taken up within a second or two, as is what was written while the station stood still.
 *   <li>A file that is gone changes nothing: the document in force stays.
 * </ol>
 */
public final class StationDocuments {
  private static final Logger LOG = Logger.getLogger(StationDocuments.class);
  /** Who writes the file directly. */
  static final String FILE = "file";

  private final DocumentFolder folder;
  private final Clock clock;
  private final Consumer<DocumentApplied> appliers;
  private final Consumer<Changed> observers;
  private volatile InForce inForce = InForce.NOTHING;
  private volatile Optional<SafeMode> safeMode = Optional.empty();
  private Optional<String> lookedAt = Optional.empty();
  private boolean announced;
  private volatile boolean opened;

  /**
   * Why what is written is not in force.
   *
   * @param digest of what is written
   * @param problems at least one
   */
  public record SafeMode(String digest, List<DocumentProblem> problems) {
    /** For people, in one sentence. */
    public String sentence() {
      String more = problems.size() == 1 ? "" : " And " + (problems.size() - 1) + " more.";
      return "The station document that was written last is not valid and not in force; the one before is. " + problems.get(0).toString().replaceFirst("[^.?!]$", "$0.") + more;
    }
  }

  /** @param appliers bring what runs into line. @param observers are told of the change, for the audit trail */
  public StationDocuments(DocumentFolder folder, Clock clock, Consumer<DocumentApplied> appliers, Consumer<Changed> observers) {
    this.folder = folder;
    this.clock = clock;
    this.appliers = appliers;
    this.observers = observers;
  }

  public InForce inForce() {
    return inForce;
  }

  public StationDocument document() {
    return inForce.document();
  }

  /** Why what is written is not in force; empty where it is. */
  public Optional<SafeMode> safeMode() {
    return safeMode;
  }

  /** Loads the document that was in force, and what was written since. Nobody is told before {@link #announce()}. */
  public synchronized void open() {
    try {
      folder.inForce().ifPresent(this::load);
    } catch (FaultException e) {
      LOG.errorf("The station document that was in force cannot be loaded: %s", e.detail());
    }
    look();
    opened = true;
  }

  /** Whether {@link #open()} has run: until then what is in force is not known. */
  public boolean isOpen() {
    return opened;
  }

  /** One that a version before this held for valid may not be any more: what it says is not in force then, but it is not lost. */
  private void load(Version version) {
    Reading reading = DocumentReader.read(version.text().getBytes(StandardCharsets.UTF_8));
    if (reading instanceof Reading.Good good) {
      inForce = new InForce(Optional.of(version), good.document());
    } else if (reading instanceof Reading.Bad bad) {
      refuse(version.digest(), bad.problems());
    }
  }

  /** Brings everything into line with what was opened. */
  public synchronized void announce() {
    announced = true;
    apply(StationDocument.EMPTY);
  }

  /** Takes up what was written into the file, where that is another than at the last look. */
  public synchronized void look() {
    try {
      Optional<byte[]> written = folder.read();
      if (written.isPresent()) {
        takeUp(written.get());
      }
    } catch (IOException | FaultException e) {
      LOG.errorf("The station document cannot be read: %s. The one in force stays.", e.getMessage());
    }
  }

  private void takeUp(byte[] text) {
    String digest = Sha256.of(text);
    if (lookedAt.filter(digest::equals).isPresent()) {
      return;
    }
    lookedAt = Optional.of(digest);
    if (inForce.digest().filter(digest::equals).isPresent()) {
      safeMode = Optional.empty();
      return;
    }
    Reading reading = DocumentReader.read(text);
    if (reading instanceof Reading.Good good) {
      putInForce(new String(text, StandardCharsets.UTF_8), good.document(), FILE, "");
    } else if (reading instanceof Reading.Bad bad) {
      refuse(digest, bad.problems());
    }
  }

  private void refuse(String digest, List<DocumentProblem> problems) {
    safeMode = Optional.of(new SafeMode(digest, problems));
    LOG.errorf("The station document is not valid, the one before stays in force: %s", problems.stream().map(DocumentProblem::toString).toList());
    observers.accept(new Changed(clock.instant(), FILE, Action.DOCUMENT_REFUSED, "", digest, problems.get(0).toString()));
  }

  /** What is wrong with a text; empty where it could be put into force. Changes nothing. */
  public static List<DocumentProblem> problems(byte[] text) {
    return DocumentReader.read(text) instanceof Reading.Bad bad ? bad.problems() : List.of();
  }

  /**
   * Puts a document into force.
   *
   * @param instead digest of the document that whoever asks believes in force; whatever is where empty
   * @throws FaultException {@link Fault#DOCUMENT_INVALID} with everything that is wrong, {@link Fault#DOCUMENT_CHANGED} where another is in force; nothing has
   *     changed then
   */
  public synchronized InForce replace(byte[] text, Optional<String> instead, String by, String reason) {
    if (instead.isPresent() && !instead.get().equals(inForce.digest().orElse(""))) {
      throw new FaultException(Fault.DOCUMENT_CHANGED, "Another document came into force meanwhile (number " + inForce.number()
          + inForce.version().map(version -> ", by " + version.by()).orElse("") + "). Look at what changed, and make your change in that one.");
    }
    Reading reading = DocumentReader.read(text);
    if (reading instanceof Reading.Bad bad) {
      throw new FaultException(Fault.DOCUMENT_INVALID, String.join("; ", bad.problems().stream().map(DocumentProblem::toString).toList())
          + ". The document in force stays.");
    }
    folder.write(text);
    lookedAt = Optional.of(Sha256.of(text));
    putInForce(new String(text, StandardCharsets.UTF_8), ((Reading.Good) reading).document(), by, reason);
    return inForce;
  }

  private void putInForce(String text, StationDocument document, String by, String reason) {
    StationDocument before = inForce.document();
    Version version = folder.commit(text, by, reason, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    inForce = new InForce(Optional.of(version), document);
    safeMode = Optional.empty();
    LOG.infof("Station document %d (%s) by %s is in force.", version.number(), version.digest().substring(0, 12), by);
    observers.accept(new Changed(version.at(), by, Action.DOCUMENT_CHANGED, "", version.digest(), "number " + version.number() + (reason.isEmpty() ? "" : ": " + reason)));
    if (announced) {
      apply(before);
    }
  }

  /** The document stands whatever becomes of one of those that follow it. */
  private void apply(StationDocument before) {
    try {
      appliers.accept(new DocumentApplied(before, inForce));
    } catch (RuntimeException e) {
      LOG.errorf(e, "Not everything follows station document %d", inForce.number());
    }
  }
}
