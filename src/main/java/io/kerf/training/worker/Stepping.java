package io.kerf.training.worker;

import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import java.util.Arrays;
import java.util.Optional;

/** Keeps the time of a training run: the schedule's position, the learning rate there, and what to report. */
final class Stepping {
  private static final double REPORT_SECONDS = 0.5;
  /** Loss and accuracy are reported as a mean over about this many steps. */
  private static final double SMOOTHING_STEPS = 10;
  private static final int TIMED_STEPS = 512;

  private final TrainingOrder order;
  private final double[] stepSeconds = new double[TIMED_STEPS];
  private final long firstStep;
  private long step;
  private double seconds;
  private double drawingSeconds;
  private double secondsHere;
  private long begun;
  private long drawnAt;
  private double loss = Double.NaN;
  private double accuracy;
  private double reportAt;

  Stepping(TrainingOrder order, Checkpoint.Position start) {
    this.order = order;
    this.firstStep = start.step();
    this.step = start.step();
    this.seconds = start.seconds();
  }

  boolean done() {
    return order.length().share(step, seconds) >= 1;
  }

  /** Of the whole that is done, 0…1. */
  double share() {
    return Math.min(1, order.length().share(step, seconds));
  }

  long step() {
    return step;
  }

  void begin() {
    begun = System.nanoTime();
  }

  void drawn() {
    drawnAt = System.nanoTime();
  }

  /** η = η₀ · min(1, (t+1)/warm-up) · ½(1 + cos(π · share)). */
  double learningRate() {
    double share = share();
    double warmUp = order.lesson().warmUpSteps() == 0 ? 1 : Math.min(1, (step + 1.0) / order.lesson().warmUpSteps());
    return order.lesson().learningRate() * warmUp * 0.5 * (1 + Math.cos(Math.PI * share));
  }

  void end(PretextTraining.StepResult result) {
    double took = (System.nanoTime() - begun) / 1e9;
    stepSeconds[(int) ((step - firstStep) % TIMED_STEPS)] = took;
    drawingSeconds += (drawnAt - begun) / 1e9;
    seconds += took;
    secondsHere += took;
    step++;
    double weight = Double.isNaN(loss) ? 1 : 1 / SMOOTHING_STEPS;
    loss = (1 - weight) * (Double.isNaN(loss) ? 0 : loss) + weight * result.loss();
    accuracy = (1 - weight) * accuracy + weight * result.accuracy();
  }

  Checkpoint.Position position() {
    return new Checkpoint.Position(step, seconds);
  }

  /** Twice a second and at the end. */
  Optional<WorkerEvent> report() {
    if (secondsHere < reportAt && !done()) {
      return Optional.empty();
    }
    reportAt = secondsHere + REPORT_SECONDS;
    double share = share();
    double rate = (step - firstStep) * (double) order.lesson().imagesPerStep() * order.lesson().task().ways() / secondsHere;
    return Optional.of(new WorkerEvent.Progress(step, share, loss, accuracy, rate, seconds, seconds * (1 - share) / share));
  }

  PretextTraining.Outcome outcome(StopSignal.State stopped) {
    int timed = (int) Math.min(TIMED_STEPS, step - firstStep);
    double[] sorted = Arrays.copyOf(stepSeconds, timed);
    Arrays.sort(sorted);
    return new PretextTraining.Outcome(step, seconds, timed == 0 ? 0 : sorted[timed / 2], secondsHere == 0 ? 0 : drawingSeconds / secondsHere,
        stopped);
  }
}
