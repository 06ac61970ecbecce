package io.kerf.training;

import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Makes a bundle of good parts, once. */
public sealed interface LearningJob permits Learning, AutoLearning {

  /** @param listener hears the training process, on another thread */
  static LearningJob of(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener) {
    return settings.auto() && settings.order().length().trains() ? new AutoLearning(settings, clock, listener) : new Learning(settings, clock, listener, List.of(), Ancestry.NONE);
  }

  /**
   * The encoder of a bundle learns on, from the normals that there are now, the old ones among them. Densities and calibration are new.
   *
   * @param length how long it learns
   */
  static LearningJob goingOn(Bundle parent, Learning.Report report, Length length, Clock clock, Consumer<WorkerEvent> listener) {
    LearningSettings before = report.settings();
    TrainingOrder.Start start = new TrainingOrder.Start(parent.folder().resolve(Manifest.ENCODER_WEIGHTS).toString(), true);
    return new Learning(before.withAuto(false).withOrder(before.order().lasting(length).from(start)), clock, listener, List.of(), Ancestry.tuned(parent));
  }

  /** The encoder of a bundle stays as it is; densities and calibration are fitted to the normals that there are now. No process is started. */
  static LearningJob refitting(Bundle parent, Learning.Report report, Clock clock, Consumer<WorkerEvent> listener) {
    return new Learning(report.settings().withAuto(false), clock, listener, List.of(), Ancestry.refitted(parent));
  }

  /** The floor of any other: a random encoder that sees as {@code report}'s does. */
  static LearningJob floor(Learning.Report report, Clock clock) {
    LearningSettings before = report.settings();
    return new Learning(before.withAuto(false).withScores(List.of()).withOrder(before.order().untrained()), clock, event -> {}, List.of(), Ancestry.NONE);
  }

  /** What was learnt. */
  record Learnt(String digest, Learning.Report report) {}

  /**
   * Learns and publishes. The job folder may hold a checkpoint of an earlier, killed run: training goes on from it.
   *
   * @param job folder for the job, on the file system of {@code store}; gone afterwards, kept where training fails
   * @throws io.kerf.fault.FaultException with its code, where any step fails; nothing is published then
   */
  Learnt learn(Normals normals, String recipe, BundleStore store, Path job) throws IOException;

  /** Ends training early and makes a model of what was learnt so far. */
  void stop();

  /** Ends the job now. */
  void kill();

  /** The last lines that the training process logged, oldest first. */
  List<String> log();
}
