package io.kerf.training.worker;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.kerf.encoder.EncoderNet;
import io.kerf.encoder.NamedWeights;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Safetensors;
import io.kerf.training.Lesson;
import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Learns a lesson: a linear warm-up and one cosine to zero (the paper, section 4.1).
 *
 * <p>Where the length is a budget, the cosine follows the time spent stepping. Weights from elsewhere are fine-tuned in the paper's two
 * phases: the heads alone, then everything at a small rate, batch normalisation frozen throughout. Owns native memory until closed.
 */
final class PretextTraining implements AutoCloseable {
  static final String ENGINE = "PyTorch";
  /** After fewer steps than this, batch normalisation's running statistics (0.9 a step) still remember their start. */
  private static final int STEPS_TO_SETTLE = 60;
  private static final double HEADS_ALONE_SHARE = 10.0 / 74;
  /** From 0.03 to 1e-4 (the paper, section 4.1, on pretrained networks). */
  private static final double FINE_TUNING_RATE = 1e-4 / 0.03;

  /** Enough to take up what is new, too little to forget what is old. */
  private static final double GOING_ON_RATE = 0.3;

  private final TrainingOrder order;
  private final NormalImages normals;
  private final Model model;
  private final PretextNet net;
  private final Trainer trainer;
  private final Checkpoint checkpoint;
  private final Batches batches;
  private float learningRate;
  private boolean backboneTrains = true;

  PretextTraining(TrainingOrder order, NormalImages normals, Path folder) {
    this.order = order;
    this.normals = normals;
    this.checkpoint = new Checkpoint(folder, order.fingerprint());
    Engine.getEngine(ENGINE).setRandomSeed((int) order.seed());
    Lesson lesson = order.lesson();
    batches = new Batches(order, normals);
    net = new PretextNet(lesson.objective(), lesson.headWidths(), lesson.task().classes());
    model = Model.newInstance("pretext", Device.cpu(), ENGINE);
    model.setBlock(net);
    trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(optimizer(lesson)).optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(1, 3, batches.heightPx(), batches.widthPx()));
    order.startFrom().ifPresent(start -> NamedWeights.copyIn(start.whole() ? net.encoder().namedParameters() : net.encoder().backboneParameters(),
        Safetensors.read(Path.of(start.file())), start.file()));
  }

  private Optimizer optimizer(Lesson lesson) {
    Tracker rate = update -> learningRate;
    return switch (lesson.optimiser()) {
      case SGD -> Optimizer.sgd().setLearningRateTracker(rate).optMomentum(TrainingOrder.MOMENTUM).optWeightDecays((float) lesson.weightDecay()).build();
      case ADAMW -> Optimizer.adamW().optLearningRateTracker(rate).optWeightDecays((float) lesson.weightDecay()).build();
    };
  }

  /** How a run ended. */
  record Outcome(long steps, double seconds, double stepSeconds, double augmentationShare, StopSignal.State stopped) {}

  /** Goes on from the checkpoint if there is one, until the length is reached or the signal says stop. */
  Outcome run(StopSignal stop, MemoryWatch memory, Consumer<WorkerEvent> events) throws IOException {
    Checkpoint.Position start = checkpoint.read(net.namedParameters()).orElse(new Checkpoint.Position(0, 0));
    events.accept(new WorkerEvent.Started(ENGINE + " " + Engine.getEngine(ENGINE).getVersion(), order.threads(), normals.count(), start.step()));
    Stepping clock = new Stepping(order, start);
    double checkpointAt = start.seconds() + order.checkpointSeconds();
    while (!clock.done() && stop.state() == StopSignal.State.RUN) {
      clock.begin();
      batches.draw(clock.step());
      clock.drawn();
      learningRate = (float) (clock.learningRate() * phase(clock));
      StepResult result = step();
      clock.end(result);
      memory.check(() -> checkpoint.write(net.namedParameters(), clock.position()));
      clock.report().ifPresent(events);
      if (clock.position().seconds() >= checkpointAt) {
        checkpoint.write(net.namedParameters(), clock.position());
        checkpointAt = clock.position().seconds() + order.checkpointSeconds();
      }
    }
    if (stop.state() == StopSignal.State.ABANDON) {
      checkpoint.write(net.namedParameters(), clock.position());
    } else {
      settle(clock.step(), events);
    }
    return clock.outcome(stop.state());
  }

  /**
   * By what the rate is scaled: 1 from random weights, {@value #GOING_ON_RATE} where learning goes on with an encoder. With weights from
   * elsewhere the heads learn alone for the first share of the time (10 of 74 epochs in the paper), then everything at a small rate.
   */
  private double phase(Stepping clock) {
    if (order.startFrom().isEmpty()) {
      return 1;
    }
    if (order.startFrom().get().whole()) {
      return GOING_ON_RATE;
    }
    boolean headsAlone = clock.share() < HEADS_ALONE_SHARE;
    if (backboneTrains == headsAlone) {
      backboneTrains = !headsAlone;
      net.encoder().trainBackbone(backboneTrains);
    }
    return headsAlone ? 1 : FINE_TUNING_RATE;
  }

  EncoderNet encoder() {
    return net.encoder();
  }

  NDManager manager() {
    return model.getNDManager();
  }

  void forgetCheckpoint() throws IOException {
    checkpoint.delete();
  }

  /** @param accuracy share named right; where only places are named, the mean of the shares of altered and of untouched ones */
  record StepResult(double loss, double accuracy) {}

  Batches batches() {
    return batches;
  }

  /** One step on what the batches hold. */
  StepResult step() {
    try (NDManager local = trainer.getManager().newSubManager()) {
      NDArray images = batch(local);
      StepResult result;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList outputs = trainer.forward(new NDList(images));
        PretextLoss loss = new PretextLoss(order.lesson().objective(), batches, local, trainer.getLoss());
        NDArray total = loss.of(outputs);
        collector.backward(total);
        result = new StepResult(total.getFloat(), loss.accuracy(outputs));
      }
      if (!Double.isFinite(result.loss)) {
        throw new FaultException(Fault.TRAINING_FAILED, "The loss is no longer a number: training diverged. Lower the learning rate (now "
            + order.lesson().learningRate() + ") or start from other weights.");
      }
      trainer.step();
      return result;
    }
  }

  private NDArray batch(NDManager local) {
    return local.create(batches.pixels(), new Shape(batches.count(), 3, batches.heightPx(), batches.widthPx()), DataType.FLOAT32);
  }

  /** Forward passes in training mode after a very short training, so that the running statistics match the weights. */
  private void settle(long steps, Consumer<WorkerEvent> events) {
    if (!order.length().trains() || order.startFrom().isPresent() || steps >= STEPS_TO_SETTLE) {
      return;
    }
    events.accept(new WorkerEvent.Stage("settle"));
    for (long step = steps; step < STEPS_TO_SETTLE; step++) {
      batches.draw(step);
      try (NDManager local = trainer.getManager().newSubManager()) {
        net.forward(new ParameterStore(local, false), new NDList(batch(local)), true);
      }
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
