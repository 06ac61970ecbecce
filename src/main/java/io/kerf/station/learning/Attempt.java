package io.kerf.station.learning;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.station.learning.Job.State;
import io.kerf.storage.AtomicFiles;
import io.kerf.training.continual.Relearning;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.jboss.logging.Logger;

/**
 * An attempt that runs.
 *
 * @param began by the ticker, in nanoseconds
 */
record Attempt(Job job, Relearning work, TrainingProgress progress, long began) {
  private static final Logger LOG = Logger.getLogger(Attempt.class);

  /**
   * Learns, and tells what became of it: a job with a candidate and the gate's findings, or one that failed or was cancelled.
   *
   * @param pool takes the parallel parts of it
   * @throws InterruptedException where the thread is to end
   */
  Job run(Bundle active, Relearning.Order order, ForkJoinPool pool, Clock clock) throws InterruptedException {
    try {
      Relearning.Judged judged = pool.submit(() -> work.learn(active, order)).get();
      return job.made(judged.digest(), new Job.Findings(judged.gate(), judged.learntFrom(), judged.heldOut(), judged.doubtful()), clock.instant());
    } catch (ExecutionException e) {
      if (work.cancelled()) {
        return job.failed(State.CANCELLED, Fault.TRAINING_STOPPED.code(), "Cancelled. The model in use stays.", List.of(), clock.instant());
      }
      FaultException fault = fault(e, order);
      return job.failed(State.FAILED, fault.fault().code(), fault.detail(), work.log(), clock.instant());
    }
  }

  /** The pool wraps what is thrown in it, once or twice. */
  private static FaultException fault(Throwable thrown, Relearning.Order order) {
    Throwable root = thrown;
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof FaultException fault) {
        return fault;
      }
      if (cause instanceof IOException failed) {
        return AtomicFiles.fault(order.folder(), failed);
      }
      root = cause;
    }
    LOG.error("An attempt at learning failed", thrown);
    return new FaultException(Fault.TRAINING_FAILED, "Learning failed: " + root + ". The model in use stays.", thrown);
  }
}
