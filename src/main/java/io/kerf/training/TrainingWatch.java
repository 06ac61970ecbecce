package io.kerf.training;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.Optional;

/**
 * Says when a training process must be killed: it says nothing, not even that it is alive; it does not get on; or it holds far more memory than
 * it may, since it looks at that itself but not while it loads or exports. A pure function of what was heard and of seconds that this
 * process ran: one that was itself suspended has not waited.
 */
final class TrainingWatch {
  static final int SILENT_SECONDS = 60;
  /** Longer than any stage takes on a slow board. */
  static final int STUCK_SECONDS = 1800;
  /** Above what it may, at which it would have ended itself. */
  private static final double TOLERANCE = 1.25;

  private final long memoryBytes;
  private final int silentSeconds;
  private int silent;
  private int stuck;
  private String at = "";

  /** @param memoryBytes that the process may hold */
  TrainingWatch(long memoryBytes) {
    this(memoryBytes, SILENT_SECONDS);
  }

  /** @param silentSeconds after which it is taken for dead */
  TrainingWatch(long memoryBytes, int silentSeconds) {
    this.memoryBytes = memoryBytes;
    this.silentSeconds = silentSeconds;
  }

  synchronized void heard(WorkerEvent event) {
    silent = 0;
    String now = event instanceof WorkerEvent.Progress progress ? "step " + progress.step() : event instanceof WorkerEvent.Stage stage ? stage.name() : at;
    stuck = now.equals(at) ? stuck : 0;
    at = now;
  }

  /** A second has passed. @param residentBytes of the process; 0 where that is not known. @return why it must be killed */
  synchronized Optional<FaultException> second(long residentBytes) {
    silent++;
    stuck++;
    if (residentBytes > TOLERANCE * memoryBytes) {
      return Optional.of(new FaultException(Fault.TRAINING_OUT_OF_MEMORY, "The training process held " + (residentBytes >> 20) + " MiB, more than the " + (memoryBytes >> 20)
          + " MiB it may use, and was killed. The model in use stays. Lower the images per step or the input size, or allow it more memory."));
    }
    if (silent > silentSeconds || stuck > STUCK_SECONDS) {
      return Optional.of(new FaultException(Fault.TRAINING_HUNG, "The training process " + (silent > silentSeconds ? "said nothing for " + silentSeconds + " s"
          : "did not get on for " + STUCK_SECONDS / 60 + " minutes") + (at.isEmpty() ? "" : " (last at: " + at + ")") + " and was killed. The model in use stays."));
    }
    return Optional.empty();
  }
}
