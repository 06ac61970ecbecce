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
      Encoded fit = encode(normals.fit(), encoder, preprocessing);
      Density density = DensityEstimator.fit(fit.embeddings(), settings.density());
      Encoded heldOut = encode(normals.heldOut(), encoder, preprocessing);
      double[] scores = Arrays.stream(heldOut.embeddings()).mapToDouble(density::score).toArray();
      double heatScale = heatScale(density, heldOut, preprocessing.sizePx());
      Calibration calibration = Calibration.of(scores, settings.falseRejectBudget(), settings.tail(), heatScale);
      ScoringRules rules = new ScoringRules(calibration, QualityLimits.learn(fit.qualities()));
      Files.write(job.resolve(Manifest.DENSITY), Safetensors.write(density.tensors(), Map.of()));
      Files.write(job.resolve(Manifest.CALIBRATION), JSON.writeValueAsBytes(rules));
      return new Fitted(rules, density.description());
    }
  }

  private record Encoded(Encoding[] encodings, List<ImageQuality> qualities) {
    float[][] embeddings() {
      return Arrays.stream(encodings).map(Encoding::embedding).toArray(float[][]::new);
    }
  }

  private static Encoded encode(List<Path> files, Encoder encoder, Preprocessing preprocessing) {
    ImageQuality[] qualities = new ImageQuality[files.size()];
    Encoding[] encodings = new Encoding[files.size()];
    IntStream.range(0, files.size()).parallel().forEach(i -> {
      Picture framed = preprocessing.frame(Normals.read(files.get(i), preprocessing));
      qualities[i] = ImageQuality.of(framed);
      preprocessing.standardise(framed.planes());
      encodings[i] = encoder.encode(framed.planes())[0];
    });
    return new Encoded(encodings, List.of(qualities));
  }

  /** The hottest place of a held-out good part, at its 95 % quantile: what is hotter than that stands out on the overlay. */
  private static double heatScale(Density density, Encoded heldOut, int sizePx) {
    double[] hottest = Arrays.stream(heldOut.encodings()).parallel().mapToDouble(encoding -> {
      double max = 0;
      for (float value : PartJudge.heat(density, encoding, sizePx)) {
        max = Math.max(max, value);
      }
      return max;
    }).sorted().toArray();
    return Math.max(1e-6, hottest[(int) Math.min(hottest.length - 1, Math.ceil(0.95 * hottest.length))]);
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
