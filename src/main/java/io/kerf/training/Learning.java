package io.kerf.training;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.config.Version;
import io.kerf.density.Calibration;
import io.kerf.density.ScoreKind;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.model.Manifest;
import io.kerf.pretext.UnseenDefect;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The main job: from good parts to a published bundle.
 *
 * <pre>
 * good parts ─► split ─► fit ──► training process ─► encoder.onnx ─► densities ─┐
 *                    └► held out ──► scores by densities without them ─► choice, calibration ─► bundle
 * </pre>
 */
public final class Learning implements LearningJob {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(SerializationFeature.INDENT_OUTPUT);
  private static final int CURVE_POINTS = 400;

  private final LearningSettings settings;
  private final Clock clock;
  private final Consumer<WorkerEvent> listener;
  private final List<WorkerEvent.Progress> curve = new ArrayList<>();
  private volatile TrainingProcess process;
  private final List<String> preamble;
  private final Ancestry ancestry;
  private volatile boolean stopped;

  /** @param preamble reasons that are known before: why this lesson */
  Learning(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener, List<String> preamble, Ancestry ancestry) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.preamble = preamble;
    this.ancestry = ancestry;
  }

  /**
   * The bundle's {@code report.json}: how the training went.
   *
   * @param settings how it was learnt, in the frame that the parts were seen in; without the parts
   * @param parts which parts are on which side
   * @param reasons why it scores as it does
   * @param heldOutScores of every kind, one for each held-out part, in one order
   * @param evidence area under the ROC curve on synthetic defects that no lesson teaches, by kind of score and of defect
   * @param keptBack fused scores of the parts held out that do not calibrate, in the order of {@code parts.keptBack}
   * @param fusedEvidence the same of the fused score, in the mean over the kinds of defects
   */
  public record Report(LearningSettings settings, Parts parts, List<WorkerEvent.Progress> curve, WorkerEvent.Finished finished, double fitSeconds, int fit, int heldOut, double threshold,
      List<String> reasons, Map<ScoreKind, double[]> heldOutScores, Map<ScoreKind, Map<UnseenDefect, Double>> evidence,
      double[] keptBack, double fusedEvidence) {

    /** The same, as if it had been learnt by other settings. */
    public Report withSettings(LearningSettings other) {
      return new Report(other, parts, curve, finished, fitSeconds, fit, heldOut, threshold, reasons, heldOutScores, evidence, keptBack, fusedEvidence);
    }

    /**
     * Reads what a bundle says of its making.
     *
     * @return empty where it was made by a version that did not keep it
     */
    public static Optional<Report> of(Bundle bundle) throws IOException {
      Report report = JSON.readValue(Files.readAllBytes(bundle.folder().resolve(Manifest.REPORT)), Report.class);
      return report.settings == null || report.parts == null ? Optional.empty() : Optional.of(report);
    }
  }

  /**
   * Good parts by the SHA-256 of their image files.
   *
   * @param fit that encoder and densities learnt from; of an encoder that was kept or learnt on, those it had learnt from before among them
   * @param heldOut those that calibrate, in the order of the held-out scores
   * @param keptBack those held out that do not
   */
  public record Parts(List<String> fit, List<String> heldOut, List<String> keptBack) {
    static Parts of(Normals normals) {
      List<String> heldOut = digests(normals.images());
      return new Parts(digests(normals.fit()), heldOut.subList(0, normals.calibrating()), heldOut.subList(normals.calibrating(), heldOut.size()));
    }

    private static List<String> digests(List<Path> images) {
      return images.stream().parallel().map(image -> {
        try {
          return Sha256.of(image);
        } catch (IOException e) {
          throw new FaultException(Fault.NOT_FOUND, image + " cannot be read: " + e + ". Check that it is still there.", e);
        }
      }).toList();
    }
  }

  @Override
  public Learnt learn(Normals normals, String recipe, BundleStore store, Path job) throws IOException {
    Calibration.requireEnough(normals.partsHeldOut(), settings.falseRejectBudget(), settings.tail());
    LearningSettings framed = settings.withOrder(framed(normals));
    WorkerEvent.Finished finished = ancestry.encoderKept() ? kept(job) : trained(normals, framed.order(), job);
    long began = System.nanoTime();
    listener.accept(new WorkerEvent.Stage("fit"));
    ModelFitting.Fitted fitted = fit(normals, framed, job);
    double fitSeconds = (System.nanoTime() - began) / 1e9;
    List<String> reasons = new ArrayList<>(preamble);
    reasons.addAll(fitted.reasons());
    promise(normals, fitted.rules().calibration()).ifPresent(reasons::add);
    Report report = new Report(framed.withProportional(false), Parts.of(normals), List.copyOf(curve), finished, fitSeconds, normals.fit().size(), normals.partsHeldOut(),
        fitted.rules().calibration().threshold(), List.copyOf(reasons), fitted.evidence().good(), fitted.evidence().byKind(),
        fitted.keptBack(), fitted.evidence().auroc(fitted.rules().fusion()));
    Files.write(job.resolve(Manifest.REPORT), JSON.writeValueAsBytes(report));
    Files.deleteIfExists(job.resolve(TrainingOrder.FILE));
    return new Learnt(store.publish(job, manifest(normals, recipe, framed.order(), finished, fitted, reasons)), report);
  }

  private WorkerEvent.Finished trained(Normals normals, TrainingOrder order, Path job) throws IOException {
    process = TrainingProcess.start(job, order.forImages(normals.fit().stream().map(f -> f.toAbsolutePath().toString()).toList()), this::heard);
    if (stopped) {
      process.stop();
    }
    return process.awaitOrKill();
  }

  /** Takes the parent's encoder over as it is, and tells what was told of it. */
  private WorkerEvent.Finished kept(Path job) throws IOException {
    Bundle parent = ancestry.parent().orElseThrow();
    Files.createDirectories(job);
    for (String file : List.of(Manifest.ENCODER_ONNX, Manifest.ENCODER_WEIGHTS)) {
      Files.copy(parent.folder().resolve(file), job.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    return JSON.readValue(Files.readAllBytes(parent.folder().resolve(Manifest.REPORT)), Report.class).finished();
  }

  private Set<EncoderOutput> outputs() {
    return ancestry.encoderKept() ? ancestry.parent().orElseThrow().manifest().encoderOutputs() : settings.order().outputs();
  }

  /** What the promise rests on, where that is not what was asked for. */
  private Optional<String> promise(Normals normals, Calibration calibration) {
    if (normals.viewsOnly()) {
      return Optional.of("With " + normals.fit().size() + " good part" + (normals.fit().size() == 1 ? "" : "s") + " nothing can be promised of others: the threshold is set by "
          + calibration.heldOutScores().size() + " disturbed views of what was learnt. Expect good parts to be rejected until there are more.");
    }
    if (calibration.falseRejectBudget() > settings.falseRejectBudget()) {
      return Optional.of(String.format(Locale.ROOT, "%d held-out good parts show a false-reject budget of %.3g %% at the tightest, not the %.3g %% asked for.",
          calibration.heldOutScores().size(), 100 * calibration.falseRejectBudget(), 100 * settings.falseRejectBudget()));
    }
    return Optional.empty();
  }

  /** The order with a frame in the proportions of the parts' pictures, where that is wanted. */
  private TrainingOrder framed(Normals normals) {
    Preprocessing wanted = settings.order().preprocessing();
    if (!settings.proportional() || wanted.fit() != Fit.SQUASH) {
      return settings.order();
    }
    Picture first = Normals.read(normals.fit().get(0), wanted);
    return settings.order().through(wanted.proportionedTo(first.width(), first.height()));
  }

  private ModelFitting.Fitted fit(Normals normals, LearningSettings framed, Path job) throws IOException {
    try (Encoder encoder = Generation.encoder(job, outputs(), Manifest.Tiling.DEFAULT, framed.engine(), 1)) {
      ModelFitting.Fitted fitted = new ModelFitting(normals, framed, encoder).fit();
      Files.write(job.resolve(Manifest.DENSITY), Safetensors.write(fitted.scorer().tensors(), Map.of()));
      Files.write(job.resolve(Manifest.CALIBRATION), JSON.writeValueAsBytes(fitted.rules()));
      return fitted;
    }
  }

  @Override
  public void stop() {
    stopped = true;
    if (process != null) {
      process.stop();
    }
  }

  @Override
  public void kill() {
    if (process != null) {
      process.kill();
    }
  }

  @Override
  public List<String> log() {
    return process == null ? List.of() : process.lastLogLines();
  }

  private void heard(WorkerEvent event) {
    if (event instanceof WorkerEvent.Progress progress) {
      if (curve.size() == CURVE_POINTS) {
        thinOut();
      }
      curve.add(progress);
    }
    listener.accept(event);
  }

  private void thinOut() {
    List<WorkerEvent.Progress> half = IntStream.range(0, curve.size()).filter(i -> i % 2 == 1).mapToObj(curve::get).toList();
    curve.clear();
    curve.addAll(half);
  }

  private Manifest manifest(Normals normals, String recipe, TrainingOrder order, WorkerEvent.Finished finished, ModelFitting.Fitted fitted,
      List<String> reasons) {
    String encoder = encoderInWords(order, finished);
    String lesson = order.length().trains() ? order.lesson().description() : "none";
    Manifest.Provenance provenance = new Manifest.Provenance(encoder, lesson, finished.steps(), finished.seconds(), order.seed(),
        order.threads(), normals.fit().size(), normals.partsHeldOut(), order.startFrom().filter(start -> !start.whole()).map(TrainingOrder.Start::file), List.copyOf(reasons),
        ancestry.parent().map(Bundle::digest), "kerf " + Version.CURRENT);
    return new Manifest(Manifest.FORMAT, clock.instant(), recipe, order.preprocessing(),
        EncoderOutput.ordered(outputs()).stream().map(EncoderOutput::label).toList(), Manifest.Tiling.DEFAULT,
        fitted.rules().fusion().description(), provenance, List.of());
  }

  private String encoderInWords(TrainingOrder order, WorkerEvent.Finished finished) {
    if (ancestry.encoderKept()) {
      return ancestry.parent().orElseThrow().manifest().provenance().encoder();
    }
    String learnt = order.length().trains() ? "CutPaste " + order.lesson().task().label() + ", " + finished.steps() + " steps" : "random";
    return learnt + ancestry.parent().map(parent -> " after those of " + parent.shortDigest()).orElse("");
  }
}
