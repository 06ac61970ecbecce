package io.kerf.station.fleet;

import io.kerf.config.KerfConfig;
import io.kerf.config.document.DocumentDifference;
import io.kerf.config.document.FleetSection;
import io.kerf.fleet.Active;
import io.kerf.fleet.DocumentProblem;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.Signals;
import io.kerf.fleet.TlsFiles;
import io.kerf.inspection.Inspection;
import io.kerf.model.ActiveModels;
import io.kerf.model.Generation;
import io.kerf.station.document.InForce;
import io.kerf.station.document.StationDocuments;
import io.kerf.storage.DataFolder;
import io.kerf.storage.DocumentFolder;
import io.kerf.storage.DocumentFolder.Version;
import io.kerf.training.normals.GoldenParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The station whose document a fleet keeps.
 *
 * <ol>
 *   <li>A document is held to what the station itself holds documents to.
 *   <li>What people changed since the fleet's document came into force is drift, and stays until the fleet sends another.
 *   <li>Golden parts that were judged right before a document must be judged right under it; they are looked at beside the line.
 * </ol>
 */
public final class StationOfAFleet implements ManagedStation {
  /** Who puts documents into force that came signed. */
  public static final String FLEET = "fleet";
  private static final String VERSION = "version ";
  private static final long LEAST_FREE_BYTES = 64L << 20;

  private final StationDocuments documents;
  private final DocumentFolder history;
  private final ActiveModels models;
  private final Supplier<String> recipe;
  private final GoldenParts golden;
  private final DataFolder folder;
  private final KerfConfig.Fleet machine;
  private final LineSignals line;
  private CompletableFuture<Optional<Boolean>> goldenRight = CompletableFuture.completedFuture(Optional.empty());
  private Kept kept = new Kept(-1, new Active(new byte[0], "", "", List.of()));

  /** @param number of the document that this was found for */
  private record Kept(long number, Active active) {}

  /** @param recipe in use, asked each time. @param nanos rising, whatever the wall clock does */
  public StationOfAFleet(StationDocuments documents, ActiveModels models, Supplier<String> recipe, GoldenParts golden, DataFolder folder, KerfConfig.Fleet machine,
      LongSupplier nanos) {
    this.documents = documents;
    this.history = new DocumentFolder(folder.document());
    this.models = models;
    this.recipe = recipe;
    this.golden = golden;
    this.folder = folder;
    this.machine = machine;
    this.line = new LineSignals(nanos);
  }

  /** Quick; called for each part. */
  public void saw(Inspection inspection) {
    line.saw(inspection);
  }

  @Override
  public List<DocumentProblem> check(byte[] document) {
    return DocumentProblem.of(document);
  }

  @Override
  public String difference(byte[] document) {
    return DocumentDifference.between(text(documents.inForce()), new String(document, StandardCharsets.UTF_8));
  }

  @Override
  public synchronized Active active() {
    InForce now = documents.inForce();
    if (kept.number != now.number()) {
      kept = new Kept(now.number(), active(now));
    }
    return new Active(kept.active.document(), kept.active.version(), model(), kept.active.drift());
  }

  private Active active(InForce now) {
    Optional<Version> last = history.history().stream().filter(version -> version.by().equals(FLEET)).findFirst();
    String version = last.map(Version::reason).filter(reason -> reason.startsWith(VERSION)).map(reason -> reason.substring(VERSION.length())).orElse("");
    List<String> drift = last.filter(fleets -> !now.digest().equals(Optional.of(fleets.digest())))
        .map(fleets -> DocumentDifference.between(fleets.text(), text(now)).lines().filter(line -> line.startsWith("+") || line.startsWith("-")).toList()).orElse(List.of());
    return new Active(text(now).getBytes(StandardCharsets.UTF_8), version, "", drift);
  }

  private String model() {
    return models.current(recipe.get()).map(generation -> generation.bundle().digest()).orElse("");
  }

  private static String text(InForce now) {
    return now.version().map(Version::text).orElse("");
  }

  /** The empty text is what was in force before there was any document: that of nothing but its form. */
  @Override
  public void apply(byte[] document, String version) {
    Set<String> right = judgedRight();
    byte[] text = document.length == 0 ? "schema: 1\n".getBytes(StandardCharsets.UTF_8) : document;
    documents.replace(text, Optional.empty(), FLEET, VERSION + version);
    line.begin();
    synchronized (this) {
      goldenRight = right.isEmpty() ? CompletableFuture.completedFuture(Optional.empty()) : CompletableFuture.supplyAsync(() -> Optional.of(judgedRight().containsAll(right)));
    }
  }

  private Set<String> judgedRight() {
    Optional<Generation.Lease> lease = models.lease(recipe.get());
    if (lease.isEmpty()) {
      return Set.of();
    }
    try (Generation.Lease model = lease.get()) {
      return golden.judgedRight(recipe.get(), model);
    }
  }

  @Override
  public Signals signals() {
    return new Signals(line.frames(), line.arriving(), line.unjudgedShare(), golden(), line.p99(), line.bound(), freeBytes(), LEAST_FREE_BYTES);
  }

  private synchronized Optional<Boolean> golden() {
    return goldenRight.isCompletedExceptionally() ? Optional.of(false) : goldenRight.getNow(Optional.empty());
  }

  private long freeBytes() {
    try {
      return folder.usableBytes();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public Endpoint endpoint() {
    FleetSection said = documents.document().fleet();
    return new Endpoint(said.broker().or(machine::broker), said.url().or(machine::url), new TlsFiles(machine.tls().ca(), machine.tls().certificate(), machine.tls().key()));
  }
}
