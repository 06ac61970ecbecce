package io.kerf.evaluation;

import io.kerf.config.Version;
import io.kerf.density.ScoreKind;
import io.kerf.evaluation.EvaluationResult.CurvePoint;
import io.kerf.evaluation.EvaluationResult.Host;
import io.kerf.evaluation.EvaluationResult.Settings;
import io.kerf.evaluation.EvaluationResult.Timings;
import io.kerf.evaluation.EvaluationResult.Training;
import io.kerf.evaluation.TestRun.Judged;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.training.Learning;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningSettings;
import io.kerf.training.Normals;
import io.kerf.training.View;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures a model on a labelled data set: learns one unless given, judges every test image as inspection would, and does the same with
 * a random encoder for the floor.
 */
public final class Evaluation {
  private final Combination asked;
  private final Dataset dataset;
  private final LearningSettings settings;
  private final Consumer<WorkerEvent> listener;
  private final Map<String, Double> stages = new LinkedHashMap<>();

  /** @param listener hears the training process */
  public Evaluation(Combination asked, Consumer<WorkerEvent> listener) {
    this.asked = asked;
    this.dataset = asked.dataset();
    this.settings = asked.settings();
    this.listener = listener;
  }

  /** What was found, and what the page shows beside it. */
  public record Findings(EvaluationResult result, ReportMaterial material, Path bundle) {
    /** Writes {@value ReportJson#FILE} last: where it is, the page is there too. */
    public void write(Path folder) throws IOException {
      HtmlReport.write(result, material, folder.resolve(HtmlReport.FILE));
      ReportJson.write(result, folder.resolve(ReportJson.FILE));
    }
  }

  /**
   * Evaluates.
   *
   * @param given the bundle to measure; learnt from the set's good parts where absent
   * @param work folder for what is learnt
   */
  public Findings run(Optional<Bundle> given, Path work) throws IOException {
    if (dataset.train().isEmpty()) {
      throw new FaultException(Fault.DATASET_INVALID, dataset.folder() + " has no train/good, so there is neither a model to learn nor a floor to"
          + " compare with. Give a set with images of good parts in train/good.");
    }
    Normals normals = timed("split", () -> Normals.split(asked.parts(), settings.falseRejectBudget(), settings.order().seed()));
    BundleStore store = new BundleStore(work.resolve("models"));
    Optional<Learning.Report> report = Optional.empty();
    Bundle bundle;
    if (given.isPresent()) {
      bundle = given.get();
    } else {
      LearningJob.Learnt learnt = timed("train", () -> LearningJob.of(settings, Clock.systemUTC(), listener).learn(normals, dataset.name(), store, work.resolve("job")));
      report = Optional.of(learnt.report());
      bundle = store.load(learnt.digest());
    }
    Bundle floor = timed("floor", () -> floor(normals, store, work));
    return judge(bundle, floor, report, normals);
  }

  private Bundle floor(Normals normals, BundleStore store, Path work) throws IOException {
    LearningSettings untrained = settings.withOrder(settings.order().untrained()).withScores(List.of(ScoreKind.POOLED));
    return store.load(LearningJob.of(untrained, Clock.systemUTC(), event -> {}).learn(normals, dataset.name(), store, work.resolve("floor")).digest());
  }

  private Findings judge(Bundle bundle, Bundle floor, Optional<Learning.Report> report, Normals normals) throws IOException {
    Scorecard card = new Scorecard(bundle.rules().calibration().falseRejectBudget(), bundle.rules().calibration().threshold(),
        bundle.rules().calibration().heldOutScores().size());
    Generation generation = Generation.open(bundle, settings.engine(), 1);
    List<Judged> judged;
    ReportMaterial material;
    Optional<Light> light = Optional.empty();
    try {
      judged = timed("judge", () -> TestRun.judge(generation, dataset, card));
      material = timed("material", () -> new MaterialMaker(generation, settings.order().seed()).make(normals.fit(), judged));
      if (asked.light()) {
        // Which parts a given bundle was calibrated on is not known.
        List<Path> heldOut = report.isPresent() ? normals.heldOut().stream().map(View::image).distinct().toList() : List.of();
        light = Optional.of(timed("light", () -> new LightTrial(generation, settings.order().seed()).run(dataset, heldOut)));
      }
    } finally {
      generation.retire();
    }
    Generation random = Generation.open(floor, settings.engine(), 1);
    try {
      timed("judgeFloor", () -> {
        TestRun.judgeFloor(random, dataset, card);
        return null;
      });
    } finally {
      random.retire();
    }
    return new Findings(result(bundle, card, report, judged, light), material, bundle.folder());
  }

  private EvaluationResult result(Bundle bundle, Scorecard card, Optional<Learning.Report> report, List<Judged> judged, Optional<Light> light)
      throws IOException {
    var provenance = bundle.manifest().provenance();
    Settings wanted = new Settings(bundle.manifest().preprocessing().sizePx(), report.isPresent() ? asked.budget() : "given bundle", provenance.seed(),
        provenance.steps() == 0 ? "random" : provenance.lesson(), bundle.manifest().density(), bundle.rules().calibration().falseRejectBudget(),
        report.isPresent() ? asked.askedAlpha() : bundle.rules().calibration().falseRejectBudget(), asked.normals(), report.isPresent() ? asked.fingerprint() : bundle.digest(),
        bundle.rules().calibration().tail().isPresent() ? "extrapolated" : "empirical");
    Training training = report.map(r -> new Training(r.finished().steps(), r.finished().seconds(),
        r.curve().stream().map(p -> new CurvePoint(p.step(), p.elapsedSeconds(), p.loss(), p.accuracy())).toList())).orElse(Training.none());
    List<EvaluationResult.Case> cases = card.cases().stream().map(EvaluationResult.Case::of).toList();
    return new EvaluationResult(dataset.name(), Clock.systemUTC().instant(), bundle.digest(), wanted, card.overall(), card.floor(),
        card.scores(bundle.rules()), Promise.of(card.cases(), bundle.rules()), card.groups(), provenance.reasons(), Hindsight.of(cases, bundle), light,
        card.classes(), training, stages, timings(judged), host(), cases);
  }

  private static Timings timings(List<Judged> judged) {
    return new Timings(median(judged, 0), median(judged, 1), median(judged, 2), median(judged, 3));
  }

  private static double median(List<Judged> judged, int stage) {
    double[] sorted = judged.stream().filter(j -> j.heat().isPresent()).map(Judged::stageMillis).sorted(Comparator.comparingDouble(m -> m[stage]))
        .mapToDouble(m -> m[stage]).toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static Host host() {
    return new Host(Runtime.getRuntime().availableProcessors(), System.getProperty("os.arch"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), Map.of("Kerf", Version.CURRENT));
  }

  private interface Stage<T> {
    T run() throws IOException;
  }

  private <T> T timed(String name, Stage<T> stage) throws IOException {
    long began = System.nanoTime();
    T result = stage.run();
    stages.put(name, (System.nanoTime() - began) / 1e9);
    return result;
  }
}
