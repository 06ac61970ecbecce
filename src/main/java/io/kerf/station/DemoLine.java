package io.kerf.station;

import io.kerf.fault.FaultException;
import io.kerf.inspection.Frame;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspector;
import io.kerf.inspection.Verdict;
import io.kerf.model.ActiveModels;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Swap;
import io.kerf.station.StationStatus.Collecting;
import io.kerf.station.StationStatus.DemoTruth;
import io.kerf.station.StationStatus.Phase;
import io.kerf.station.demo.PartRenderer;
import io.kerf.station.demo.RenderedPart;
import io.kerf.station.learning.TrainingProgress;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Origin;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.jboss.logging.Logger;

/**
 * The line that runs while no station is configured: a simulated camera whose parts take the same road as real ones.
 *
 * <p>Collects good parts, learns from them, then judges parts of which some are spoiled; it knows which, and counts how the verdicts
 * compare. A model it finds from an earlier run is used as it is.
 */
final class DemoLine implements Runnable {
  static final String RECIPE = "demo";
  private static final Logger LOG = Logger.getLogger(DemoLine.class);
  private static final int WIDTH_PX = 512;
  private static final int HEIGHT_PX = 384;

  /**
   * @param parts good parts to collect before learning
   * @param defectShare share of parts that are spoiled once it judges
   */
  record Pace(int parts, Duration collectEvery, Duration judgeEvery, double defectShare) {}

  private final Inspector inspector;
  private final ActiveModels models;
  private final BundleStore store;
  private final RecipeImages images;
  private final Path staging;
  private final LearningSettings settings;
  private final Pace pace;
  private final Clock clock;
  private final PartRenderer camera;
  private final Random chance;
  private final TrainingProgress progress = new TrainingProgress();
  private volatile Phase phase = Phase.COLLECTING;
  private volatile String failure = "";
  private volatile int collected;
  private volatile boolean trained;
  private volatile DemoTruth truth = new DemoTruth(0, 0, 0, 0);
  private volatile LearningJob learning;
  private volatile boolean closed;

  DemoLine(Inspector inspector, ActiveModels models, BundleStore store, RecipeImages images, Path staging, LearningSettings settings, Pace pace, Clock clock) {
    this.inspector = inspector;
    this.models = models;
    this.store = store;
    this.images = images;
    this.staging = staging;
    this.settings = settings;
    this.pace = pace;
    this.clock = clock;
    this.camera = new PartRenderer(settings.order().seed() ^ clock.millis(), WIDTH_PX, HEIGHT_PX);
    this.chance = new Random(clock.millis());
  }

  @Override
  public void run() {
    try {
      if (models.known(RECIPE).isEmpty()) {
        collect();
        learn();
      }
      phase = Phase.JUDGING;
      while (!closed) {
        judge();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (FaultException e) {
      fail(e.detail());
    } catch (IOException | RuntimeException e) {
      fail("The demo line failed: " + e);
    }
  }

  private void fail(String message) {
    if (!closed) {
      LOG.errorf("The demo line stops: %s", message);
      failure = message;
      phase = Phase.FAILED;
    }
  }

  private void collect() throws InterruptedException {
    NormalPool normals = images.normals(RECIPE);
    collected = normals.all().size();
    while (collected < pace.parts() && !closed) {
      long began = System.nanoTime();
      RenderedPart part = camera.next(false);
      Inspection inspection = inspect(part);
      Origin origin = new Origin(Optional.of(inspection.id()), Optional.empty(), OptionalDouble.empty(), inspection.capturedAt(), Change.STATION);
      normals.add(inspection.id(), Standing.ORIGINAL, part.jpeg(), "jpg", origin, images.thumbnail(part.jpeg()));
      collected++;
      pause(pace.collectEvery(), began);
    }
  }

  private void learn() throws IOException {
    phase = Phase.TRAINING;
    List<GoodPart> parts = images.normals(RECIPE).all().stream().filter(normal -> normal.standing() != Standing.PRESUMED)
        .map(normal -> new GoodPart(normal.image(), normal.origin().lot())).toList();
    learning = LearningJob.of(settings, clock, progress::heard);
    trained = true;
    Normals split = Normals.split(parts, settings.falseRejectBudget(), settings.order().seed());
    LearningJob.Learnt learnt = learning.learn(split, RECIPE, store, staging.resolve("demo-" + clock.millis()));
    Swap swap = models.activate(RECIPE, learnt.digest(), new Change(Change.STATION, "learnt from the first " + parts.size() + " parts"));
    if (swap instanceof Swap.Refused refused) {
      throw new FaultException(refused.fault(), refused.detail());
    }
  }

  private void judge() throws InterruptedException {
    long began = System.nanoTime();
    RenderedPart part = camera.next(chance.nextDouble() < pace.defectShare());
    Inspection inspection = inspect(part);
    DemoTruth before = truth;
    boolean ng = inspection.verdict() == Verdict.NG;
    boolean ok = inspection.verdict() == Verdict.OK;
    truth = part.defective()
        ? new DemoTruth(before.goodOk(), before.goodNg(), before.badOk() + (ok ? 1 : 0), before.badNg() + (ng ? 1 : 0))
        : new DemoTruth(before.goodOk() + (ok ? 1 : 0), before.goodNg() + (ng ? 1 : 0), before.badOk(), before.badNg());
    pause(pace.judgeEvery(), began);
  }

  private Inspection inspect(RenderedPart part) {
    Instant now = clock.instant();
    return inspector.inspect(new Frame(part.jpeg(), RECIPE, Optional.of(part.partId()), Optional.of("demo"), "demo", now));
  }

  private static void pause(Duration every, long began) throws InterruptedException {
    long left = every.toMillis() - (System.nanoTime() - began) / 1_000_000;
    if (left > 0) {
      Thread.sleep(left);
    }
  }

  /** Ends the line; a training process that runs is ended with it. */
  void close() {
    closed = true;
    LearningJob running = learning;
    if (running != null) {
      running.kill();
    }
  }

  Phase phase() {
    return phase;
  }

  String message() {
    return switch (phase) {
      case COLLECTING -> "Collecting good parts from the simulated camera. Nothing is judged yet.";
      case TRAINING -> "Learning from " + collected + " good parts on this machine. Parts are judged as soon as the model is ready.";
      case JUDGING -> "Judging simulated parts. Some are spoiled on purpose.";
      case WAITING -> "Waiting.";
      case FAILED -> failure;
    };
  }

  Optional<Collecting> collecting() {
    return phase == Phase.COLLECTING ? Optional.of(new Collecting(collected, pace.parts())) : Optional.empty();
  }

  Optional<StationStatus.Training> training() {
    return trained ? Optional.of(progress.status()) : Optional.empty();
  }

  Optional<DemoTruth> truth() {
    return phase == Phase.JUDGING ? Optional.of(truth) : Optional.empty();
  }
}
