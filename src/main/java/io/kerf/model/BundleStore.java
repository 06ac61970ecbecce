package io.kerf.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.JobFolder;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The bundles of one recipe on disk: {@code <models>/<digest>/}, and {@code active.json}, the one commit point of a swap.
 *
 * <ol>
 *   <li>A bundle appears whole or not at all: files and folder are on disk before it is renamed into place.
 *   <li>A bundle is never changed, and never loaded unless every byte is the one that was published.
 *   <li>{@code active.json} names a bundle that was verified when it was activated, and the one before it, who activated it and why.
 *       {@code history.jsonl} keeps what it held before; it is written after the commit, and its loss loses no model. Its last line stands in
 *       for an {@code active.json} that is damaged.
 * </ol>
 */
public final class BundleStore {
  private static final Logger LOG = Logger.getLogger(BundleStore.class);
  static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT);
  /** One object a line. */
  static final ObjectMapper LINES = JSON.copy().disable(SerializationFeature.INDENT_OUTPUT);
  private static final String ACTIVE = "active.json";
  private static final String HEX_DIGEST = "[0-9a-f]{64}";

  private static final String FILE_NAME = "[a-z0-9][a-z0-9.-]*";
  private static final List<String> REQUIRED =
      List.of(Manifest.ENCODER_ONNX, Manifest.ENCODER_WEIGHTS, Manifest.DENSITY, Manifest.CALIBRATION, Manifest.REPORT);

  private final Path models;

  public BundleStore(Path models) {
    this.models = models;
  }

  /** A bundle as listed: its manifest is read, its files are not yet verified. */
  public record Listed(String digest, Manifest manifest, boolean active) {}

  public Path folder() {
    return models;
  }

  /** Where commands make bundles: on the file system of the store, each in a {@link JobFolder}. */
  public Path staging() {
    return models.resolve(".staging");
  }

  /** Deletes what processes that were killed left half done, and writes a damaged {@code active.json} anew. For the one that serves, when it starts. */
  public void sweep() throws IOException {
    JobFolder.sweep(staging());
    AtomicFiles.sweep(models);
    if (Files.exists(models.resolve(ACTIVE)) && committed().isEmpty()) {
      Optional<Activation> last = lastInHistory();
      LOG.errorf("%s is damaged. %s", models.resolve(ACTIVE), last.map(one -> "By the history bundle " + one.digest() + " was in use, so it is again.")
          .orElse("No history tells which model was in use: activate one."));
      last.ifPresent(one -> AtomicFiles.write(models.resolve(ACTIVE), bytes(one)));
    }
  }

  private static byte[] bytes(Activation activation) {
    try {
      return JSON.writeValueAsBytes(activation);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Publishes a staged folder as a bundle and tells its digest. The folder is gone afterwards, and what is no part of a bundle with it.
   *
   * @param staged on the same file system; holds every file of the bundle but the manifest
   * @param draft the manifest, its file list to be filled in
   */
  public String publish(Path staged, Manifest draft) throws IOException {
    List<Manifest.Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(staged).sorted()) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (REQUIRED.contains(file.getFileName().toString())) {
          entries.add(new Manifest.Entry(file.getFileName().toString(), Files.size(file), Sha256.of(file)));
        } else {
          Files.delete(file);
        }
      }
    }
    byte[] manifest = JSON.writeValueAsBytes(draft.withFiles(entries));
    String digest = Sha256.of(manifest);
    AtomicFiles.write(staged.resolve(Manifest.FILE), manifest);
    Path target = models.resolve(digest);
    Files.createDirectories(models);
    AtomicFiles.publish(staged, target);
    return digest;
  }

  /** Every bundle whose manifest can be read, newest first. */
  public List<Listed> list() throws IOException {
    if (!Files.isDirectory(models)) {
      return List.of();
    }
    Optional<String> active = active().map(Activation::digest);
    List<Listed> listed = new ArrayList<>();
    try (Stream<Path> folders = Files.list(models)) {
      for (Path folder : (Iterable<Path>) folders.filter(f -> f.getFileName().toString().matches(HEX_DIGEST))::iterator) {
        String digest = folder.getFileName().toString();
        try {
          listed.add(new Listed(digest, manifest(folder, digest), active.filter(digest::equals).isPresent()));
        } catch (FaultException damaged) {
          // Not listed: it cannot be loaded either, and loading it by name says why.
        }
      }
    }
    listed.sort(Comparator.comparing((Listed l) -> l.manifest().createdAt()).reversed());
    return listed;
  }

  /**
   * The full digest that starts with what a person typed.
   *
   * @throws FaultException {@link Fault#BUNDLE_NOT_FOUND} where none or several do
   */
  public String resolve(String prefix) throws IOException {
    List<String> matches = new ArrayList<>();
    if (Files.isDirectory(models)) {
      try (Stream<Path> folders = Files.list(models)) {
        folders.map(f -> f.getFileName().toString()).filter(n -> n.matches(HEX_DIGEST) && n.startsWith(prefix)).forEach(matches::add);
      }
    }
    if (matches.size() != 1) {
      throw new FaultException(Fault.BUNDLE_NOT_FOUND, (matches.isEmpty() ? "No bundle" : matches.size() + " bundles") + " in " + models
          + " start with '" + prefix + "'. List them with 'kerf models list' and give enough of the digest.");
    }
    return matches.get(0);
  }

  /** Which bundle is active; empty where none is. Where {@code active.json} is damaged, the history's last line tells. */
  public Optional<Activation> active() throws IOException {
    if (!Files.exists(models.resolve(ACTIVE))) {
      return Optional.empty();
    }
    Optional<Activation> active = committed();
    return active.isPresent() ? active : lastInHistory();
  }

  /** Whether a bundle lies here; whether it is whole, loading it tells. */
  public boolean has(String digest) {
    return Files.isRegularFile(models.resolve(digest).resolve(Manifest.FILE));
  }

  /** Whether a bundle was ever activated: one look at the file system. */
  public boolean hasActive() {
    return Files.exists(models.resolve(ACTIVE));
  }

  /** The active bundle; its manifest is read, its files are not yet verified. Empty where none is. @throws FaultException where its manifest is missing or damaged */
  public Optional<Listed> inUse() throws IOException {
    Optional<Activation> active = active();
    return active.isEmpty() ? Optional.empty() : Optional.of(new Listed(active.get().digest(), manifest(models.resolve(active.get().digest()), active.get().digest()), true));
  }

  private Optional<Activation> committed() throws IOException {
    try {
      return Optional.ofNullable(JSON.readValue(Files.readAllBytes(models.resolve(ACTIVE)), Activation.class)).filter(BundleStore::named);
    } catch (JacksonException damaged) {
      return Optional.empty();
    }
  }

  private Optional<Activation> lastInHistory() throws IOException {
    List<Activation> all = new ActivationHistory(models).read(Optional.empty());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1)).filter(BundleStore::named);
  }

  private static boolean named(Activation activation) {
    return activation.digest() != null && activation.digest().matches(HEX_DIGEST);
  }

  /**
   * Makes a bundle the active one, after verifying it.
   *
   * @throws FaultException where the bundle is missing or damaged; the active one stays
   */
  public void activate(String digest, Change change, Instant now) throws IOException {
    load(digest);
    commit(digest, change, now);
  }

  /** Makes a bundle that was verified just now the active one; it already being so changes nothing. */
  void commit(String digest, Change change, Instant now) throws IOException {
    Optional<Activation> before = active();
    if (before.isPresent() && before.get().digest().equals(digest)) {
      return;
    }
    Activation next = new Activation(digest, before.map(Activation::digest), now.truncatedTo(ChronoUnit.MILLIS), change.by(), change.reason());
    ActivationHistory history = new ActivationHistory(models);
    List<Activation> all = history.read(before);
    if (all.size() > history.read(Optional.empty()).size()) {
      // Who activated the one before died before its line was written; after the commit active.json no longer tells of it.
      write(history, all);
    }
    AtomicFiles.write(models.resolve(ACTIVE), bytes(next));
    all.add(next);
    write(history, all);
  }

  /** Where it fails the change stands, and active.json tells of it. */
  private static void write(ActivationHistory history, List<Activation> all) throws IOException {
    try {
      history.write(all);
    } catch (FaultException e) {
      LOG.warnf("The history of models was not written: %s", e.detail());
    }
  }

  /**
   * Makes the bundle that was in use before the active one again, after verifying it, and tells its digest.
   *
   * @throws FaultException {@link Fault#NO_PREVIOUS_BUNDLE}, or where that bundle is damaged; the active one stays
   */
  public String rollBack(Change change, Instant now) throws IOException {
    String previous = previous();
    activate(previous, change, now);
    return previous;
  }

  /** The bundle that was in use before. @throws FaultException {@link Fault#NO_PREVIOUS_BUNDLE} */
  String previous() throws IOException {
    return active().flatMap(Activation::previous).orElseThrow(() -> new FaultException(Fault.NO_PREVIOUS_BUNDLE,
        "No other bundle was in use before, so there is none to return to. Activate one by its digest."));
  }

  /** Which bundles were in use, oldest first; the last is the one in use. */
  public List<Activation> history() throws IOException {
    return new ActivationHistory(models).read(active());
  }

  /**
   * Loads a bundle of this store, every byte verified.
   *
   * @throws FaultException {@link Fault#BUNDLE_NOT_FOUND}, {@link Fault#BUNDLE_CORRUPT} naming the file, {@link Fault#BUNDLE_UNSUPPORTED}
   */
  public Bundle load(String digest) throws IOException {
    return read(models.resolve(digest));
  }

  /** Loads a bundle from its folder, every byte verified; its name must be its digest. */
  public static Bundle read(Path folder) throws IOException {
    Path named = folder.toAbsolutePath().normalize();
    if (!Files.isDirectory(named)) {
      throw new FaultException(Fault.BUNDLE_NOT_FOUND, "There is no bundle at " + folder + ". Give the folder named by a digest that 'kerf train' printed.");
    }
    String digest = named.getFileName().toString();
    Manifest manifest = manifest(named, digest);
    for (String required : REQUIRED) {
      if (manifest.files().stream().noneMatch(entry -> entry.name().equals(required))) {
        throw corrupt(digest, required);
      }
    }
    for (Manifest.Entry entry : manifest.files()) {
      verify(named, digest, entry);
    }
    PartScorer scorer = PartScorer.fromTensors(Safetensors.read(named.resolve(Manifest.DENSITY)));
    return new Bundle(digest, named, manifest, scorer, rules(named, digest));
  }

  private static ScoringRules rules(Path folder, String digest) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(folder.resolve(Manifest.CALIBRATION)), ScoringRules.class);
    } catch (JacksonException inconsistent) {
      throw corrupt(digest, Manifest.CALIBRATION);
    }
  }

  private static Manifest manifest(Path folder, String digest) throws IOException {
    Path file = folder.resolve(Manifest.FILE);
    if (!Files.isRegularFile(file)) {
      throw new FaultException(Fault.BUNDLE_CORRUPT, "Bundle " + digest + " has no " + Manifest.FILE + ". It is not loaded; activate another.");
    }
    byte[] bytes = Files.readAllBytes(file);
    if (!Sha256.of(bytes).equals(digest)) {
      throw corrupt(digest, Manifest.FILE);
    }
    int format = JSON.readTree(bytes).path("format").asInt();
    if (format != Manifest.FORMAT) {
      throw new FaultException(Fault.BUNDLE_UNSUPPORTED, "Bundle " + digest + " has format " + format + ", this version reads "
          + Manifest.FORMAT + ". Update Kerf or train again.");
    }
    return JSON.readValue(bytes, Manifest.class);
  }

  private static void verify(Path folder, String digest, Manifest.Entry entry) throws IOException {
    Path file = folder.resolve(entry.name());
    if (!entry.name().matches(FILE_NAME) || !Files.isRegularFile(file) || Files.size(file) != entry.bytes() || !Sha256.of(file).equals(entry.sha256())) {
      throw corrupt(digest, entry.name());
    }
  }

  private static FaultException corrupt(String digest, String file) {
    return new FaultException(Fault.BUNDLE_CORRUPT, "Bundle " + digest + " is damaged: " + file
        + " is not what was published. It is not loaded; activate another, or train again.");
  }
}
