package io.kerf.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.config.Version;
import io.kerf.density.Calibration;
import io.kerf.density.Density;
import io.kerf.density.DensityEstimator;
import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.Encoder;
import io.kerf.encoder.Encoding;
import io.kerf.imaging.ImageQuality;
import io.kerf.imaging.Picture;
import io.kerf.imaging.Preprocessing;
import io.kerf.imaging.QualityLimits;
import io.kerf.model.BundleStore;
import io.kerf.model.Manifest;
import io.kerf.model.PartJudge;
import io.kerf.model.ScoringRules;
import io.kerf.storage.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The main job: from good parts to a published bundle.
 *
 * <pre>
 * good parts ─► split ─► fit ──► training process ─► encoder.onnx ─► embeddings ─► density ─┐
 *                    └► held out ───────────────────────────────────► scores ─► calibration ─┴─► bundle
 * </pre>
 */
public final class Learning {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules()
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT);
  private static final int CURVE_POINTS = 400;
  private static final double LEAST_HEAT = 1e-6;

  private final LearningSettings settings;
  private final Clock clock;
  private final Consumer<WorkerEvent> listener;
  private final List<WorkerEvent.Progress> curve = new ArrayList<>();
  private volatile TrainingProcess process;
  private volatile boolean stopped;

  /** @param listener hears the training process, on another thread */
  public Learning(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener) {
    this.settings = settings;
    this.clock = clock;
    this.listener = listener;
  }

  /** The bundle's {@code report.json}: how the training went. */
  public record Report(List<WorkerEvent.Progress> curve, WorkerEvent.Finished finished, double fitSeconds, int fit, int heldOut, double threshold) {}

  /** What was learnt. */
  public record Learnt(String digest, Report report) {}

  /**
   * Learns and publishes. The job folder may hold a checkpoint of an earlier, killed run: training goes on from it.
   *
   * @param job folder for the job, on the file system of {@code store}; gone afterwards, kept where training fails
   * @throws io.kerf.fault.FaultException with its code, where any step fails; nothing is published then
   */
  public Learnt learn(Normals normals, String recipe, BundleStore store, Path job) throws IOException {
    TrainingOrder order = settings.pretext().forImages(normals.fit().stream().map(f -> f.toAbsolutePath().toString()).toList());
    Calibration.requireEnough(normals.heldOut().size(), settings.falseRejectBudget(), settings.tail());
    process = TrainingProcess.start(job, order, this::heard);
    if (stopped) {
      process.stop();
    }
    WorkerEvent.Finished finished = process.awaitOrKill();
    long began = System.nanoTime();
    listener.accept(new WorkerEvent.Stage("fit"));
    Fitted fitted = fit(normals, job);
    ScoringRules rules = fitted.rules();
    double fitSeconds = (System.nanoTime() - began) / 1e9;
    Report report = new Report(List.copyOf(curve), finished, fitSeconds, normals.fit().size(), normals.heldOut().size(), rules.calibration().threshold());
    Files.write(job.resolve(Manifest.REPORT), JSON.writeValueAsBytes(report));
    Files.deleteIfExists(job.resolve(TrainingOrder.FILE));
    return new Learnt(store.publish(job, manifest(normals, recipe, finished, fitted.density())), report);
  }

  /** Ends training early and makes a model of what was learnt so far. */
  public void stop() {
    stopped = true;
    if (process != null) {
      process.stop();
    }
  }

  /** Ends the job now. */
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

  /** @param density in words */
  private record Fitted(ScoringRules rules, String density) {}

  private Fitted fit(Normals normals, Path job) throws IOException {
    Preprocessing preprocessing = settings.pretext().preprocessing();
    try (Encoder encoder = DjlEncoder.load(job, settings.engine(), preprocessing.sizePx(), 1)) {
      float[][] embeddings = new float[normals.fit().size()][];
      ImageQuality[] qualities = new ImageQuality[embeddings.length];
      IntStream.range(0, embeddings.length).parallel().forEach(i -> {
        Picture framed = preprocessing.frame(Normals.read(normals.fit().get(i), preprocessing));
        qualities[i] = ImageQuality.of(framed);
        embeddings[i] = encode(framed, encoder, preprocessing).embedding();
      });
      Density density = DensityEstimator.fit(embeddings, settings.density());
      double[] scores = new double[normals.heldOut().size()];
      double[] hottest = new double[scores.length];
      IntStream.range(0, scores.length).parallel().forEach(i -> {
        Encoding encoding = encode(preprocessing.frame(Normals.read(normals.heldOut().get(i), preprocessing)), encoder, preprocessing);
        scores[i] = density.score(encoding.embedding());
        hottest[i] = largest(PartJudge.heat(density, encoding, preprocessing.sizePx()));
      });
      Calibration calibration = Calibration.of(scores, settings.falseRejectBudget(), settings.tail(), heatScale(hottest));
      ScoringRules rules = new ScoringRules(calibration, QualityLimits.learn(List.of(qualities)));
      Files.write(job.resolve(Manifest.DENSITY), Safetensors.write(density.tensors(), Map.of()));
      Files.write(job.resolve(Manifest.CALIBRATION), JSON.writeValueAsBytes(rules));
      return new Fitted(rules, density.description());
    }
  }

  private static Encoding encode(Picture framed, Encoder encoder, Preprocessing preprocessing) {
    preprocessing.standardise(framed.planes());
    return encoder.encode(framed.planes())[0];
  }

  private static double largest(float[] values) {
    double max = 0;
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The hottest place of a held-out good part, at its 95 % quantile: what is hotter than that stands out on the overlay. */
  private static double heatScale(double[] hottest) {
    double[] rising = hottest.clone();
    Arrays.sort(rising);
    return Math.max(LEAST_HEAT, rising[(int) Math.min(rising.length - 1, Math.ceil(0.95 * rising.length))]);
  }

  private Manifest manifest(Normals normals, String recipe, WorkerEvent.Finished finished, String density) {
    TrainingOrder order = settings.pretext();
    int size = order.preprocessing().sizePx();
    int side = (size + 31) / 32;
    String encoder = order.length().trains() ? "CutPaste " + order.task().label() + ", " + finished.steps() + " steps" : "random";
    Manifest.Provenance provenance = new Manifest.Provenance(encoder, order.task().label(), finished.steps(), finished.seconds(), order.seed(),
        order.threads(), normals.fit().size(), normals.heldOut().size(), order.startFrom(), Optional.empty(), "kerf " + Version.CURRENT);
    return new Manifest(Manifest.FORMAT, clock.instant(), recipe, order.preprocessing(),
        List.of(new Manifest.Output("embedding", List.of(0, Encoder.CHANNELS)), new Manifest.Output("features", List.of(0, Encoder.CHANNELS, side, side))),
        density, provenance, List.of());
  }
}
