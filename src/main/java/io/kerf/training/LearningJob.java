package io.kerf.training;

import io.kerf.model.BundleStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** Makes a bundle of good parts, once. */
public sealed interface LearningJob permits Learning, AutoLearning {

  /** @param listener hears the training process, on another thread */
  static LearningJob of(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener) {
    return settings.auto() && settings.order().length().trains() ? new AutoLearning(settings, clock, listener) : new Learning(settings, clock, listener, List.of());
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
}
