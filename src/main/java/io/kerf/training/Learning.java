package io.kerf.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.config.Version;
import io.kerf.density.Calibration;
import io.kerf.density.ScoreKind;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.EncoderOutput;
import io.kerf.imaging.Fit;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.model.Manifest;
import io.kerf.pretext.UnseenDefect;
import io.kerf.storage.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT);
  private static final int CURVE_POINTS = 400;

  private final LearningSettings settings;
  private final Clock clock;
  private final Consumer<WorkerEvent> listener;
  private final List<WorkerEvent.Progress> curve = new ArrayList<>();
  private volatile TrainingProcess process;
  private final List<String> preamble;
  private volatile boolean stopped;

  /** @param preamble reasons that are known before: why this lesson */
  Learning(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener, List<String> preamble) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
    this.preamble = preamble;
  }

  /**
   * The bundle's {@code report.json}: how the training went.
   *
   * @param reasons why it scores as it does
   * @param heldOutScores of every kind, one for each held-out part, in one order
   * @param evidence area under the ROC curve on synthetic defects that no lesson teaches, by kind of score and of defect
   * @param fusedEvidence the same of the fused score, in the mean over the kinds of defects
   */
  public record Report(List<WorkerEvent.Progress> curve, WorkerEvent.Finished finished, double fitSeconds, int fit, int heldOut, double threshold,
      List<String> reasons, Map<ScoreKind, double[]> heldOutScores, Map<ScoreKind, Map<UnseenDefect, Double>> evidence,
      double fusedEvidence) {}

  @Override
  public Learnt learn(Normals normals, String recipe, BundleStore store, Path job) throws IOException {
    Calibration.requireEnough(normals.partsHeldOut(), settings.falseRejectBudget(), settings.tail());
    LearningSettings framed = settings.withOrder(framed(normals));
    TrainingOrder order = framed.order().forImages(normals.fit().stream().map(f -> f.toAbsolutePath().toString()).toList());
    process = TrainingProcess.start(job, order, this::heard);
    if (stopped) {
      process.stop();
    }
    WorkerEvent.Finished finished = process.awaitOrKill();
    long began = System.nanoTime();
    listener.accept(new WorkerEvent.Stage("fit"));
    ModelFitting.Fitted fitted = fit(normals, framed, job);
    double fitSeconds = (System.nanoTime() - began) / 1e9;
    List<String> reasons = new ArrayList<>(preamble);
    reasons.addAll(fitted.reasons());
    promise(normals, fitted.rules().calibration()).ifPresent(reasons::add);
    Report report = new Report(List.copyOf(curve), finished, fitSeconds, normals.fit().size(), normals.partsHeldOut(),
        fitted.rules().calibration().threshold(), List.copyOf(reasons), fitted.evidence().good(), fitted.evidence().byKind(),
        fitted.evidence().auroc(fitted.rules().fusion()));
    Files.write(job.resolve(Manifest.REPORT), JSON.writeValueAsBytes(report));
    Files.deleteIfExists(job.resolve(TrainingOrder.FILE));
    return new Learnt(store.publish(job, manifest(normals, recipe, framed.order(), finished, fitted, reasons)), report);
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
    try (Encoder encoder = Generation.encoder(job, framed.order().outputs(), Manifest.Tiling.DEFAULT, framed.engine(), 1)) {
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
    String encoder = order.length().trains() ? "CutPaste " + order.lesson().task().label() + ", " + finished.steps() + " steps" : "random";
    String lesson = order.length().trains() ? order.lesson().description() : "none";
    Manifest.Provenance provenance = new Manifest.Provenance(encoder, lesson, finished.steps(), finished.seconds(), order.seed(),
        order.threads(), normals.fit().size(), normals.partsHeldOut(), order.startFrom(), List.copyOf(reasons), Optional.empty(), "kerf " + Version.CURRENT);
    return new Manifest(Manifest.FORMAT, clock.instant(), recipe, order.preprocessing(),
        EncoderOutput.ordered(order.outputs()).stream().map(EncoderOutput::label).toList(), Manifest.Tiling.DEFAULT,
        fitted.rules().fusion().description(), provenance, List.of());
  }
}
