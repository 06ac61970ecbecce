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
import io.kerf.encoder.NamedWeights;
import io.kerf.encoder.ResNet18;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.pretext.PretextSampler;
import io.kerf.storage.Safetensors;
import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Learns the pretext task: SGD with momentum, a linear warm-up and one cosine to zero (the paper, section 4.1).
 *
 * <p>Where the length is a budget, the cosine follows the time spent stepping. Owns native memory until closed.
 */
final class PretextTraining implements AutoCloseable {
  static final String ENGINE = "PyTorch";
  /** After fewer steps than this, batch normalisation's running statistics (0.9 a step) still remember their start. */
  private static final int STEPS_TO_SETTLE = 60;

  private final TrainingOrder order;
  private final NormalImages normals;
  private final Model model;
  private final PretextNet net;
  private final Trainer trainer;
  private final Checkpoint checkpoint;
  private float learningRate;

  PretextTraining(TrainingOrder order, NormalImages normals, Path folder) {
    this.order = order;
    this.normals = normals;
    this.checkpoint = new Checkpoint(folder, order.lesson());
    Engine.getEngine(ENGINE).setRandomSeed((int) order.seed());
    int size = order.preprocessing().sizePx();
    net = new PretextNet(order.headWidths(), order.task().classes());
    model = Model.newInstance("pretext", Device.cpu(), ENGINE);
    model.setBlock(net);
    Optimizer sgd = Optimizer.sgd().setLearningRateTracker((Tracker) update -> learningRate).optMomentum(TrainingOrder.MOMENTUM)
        .optWeightDecays((float) order.weightDecay()).build();
    trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss()).optOptimizer(sgd).optDevices(new Device[] {Device.cpu()}));
    trainer.initialize(new Shape(1, 3, size, size));
    order.startFrom().map(Path::of).ifPresent(
        file -> NamedWeights.copyIn(net.encoder().namedParameters(), Safetensors.read(file), file.toString()));
  }

  /** How a run ended. */
  record Outcome(long steps, double seconds, double stepSeconds, double augmentationShare, StopSignal.State stopped) {}

  /** Goes on from the checkpoint if there is one, until the length is reached or the signal says stop. */
  Outcome run(StopSignal stop, MemoryWatch memory, Consumer<WorkerEvent> events) throws IOException {
    Checkpoint.Position start = checkpoint.read(net.namedParameters()).orElse(new Checkpoint.Position(0, 0));
    events.accept(new WorkerEvent.Started(ENGINE + " " + Engine.getEngine(ENGINE).getVersion(), order.threads(), normals.count(), start.step()));
    Batches batches = batches();
    Stepping clock = new Stepping(order, start);
    double checkpointAt = start.seconds() + order.checkpointSeconds();
    while (!clock.done() && stop.state() == StopSignal.State.RUN) {
      clock.begin();
      batches.draw(clock.step());
      clock.drawn();
      learningRate = (float) clock.learningRate();
      StepResult result = step(batches);
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
      settle(batches, clock.step(), events);
    }
    return clock.outcome(stop.state());
  }

  ResNet18 encoder() {
    return net.encoder();
  }

  NDManager manager() {
    return model.getNDManager();
  }

  void forgetCheckpoint() throws IOException {
    checkpoint.delete();
  }

  record StepResult(double loss, double accuracy) {}

  Batches batches() {
    return new Batches(order, normals, new PretextSampler(order.task(), order.preprocessing().sizePx(), order.augmentation()));
  }

  StepResult step(Batches batches) {
    try (NDManager local = trainer.getManager().newSubManager()) {
      NDArray images = batch(local, batches);
      NDArray labels = local.create(batches.labels());
      StepResult result;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDArray logits = trainer.forward(new NDList(images)).singletonOrThrow();
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), new NDList(logits));
        collector.backward(loss);
        double accuracy = logits.argMax(1).toType(DataType.INT32, false).eq(labels).toType(DataType.FLOAT32, false).mean().getFloat();
        result = new StepResult(loss.getFloat(), accuracy);
      }
      if (!Double.isFinite(result.loss)) {
        throw new FaultException(Fault.TRAINING_FAILED, "The loss is no longer a number: training diverged. Lower the learning rate (now "
            + order.learningRate() + ") or start from other weights.");
      }
      trainer.step();
      return result;
    }
  }

  private NDArray batch(NDManager local, Batches batches) {
    int size = order.preprocessing().sizePx();
    return local.create(batches.pixels(), new Shape(batches.labels().length, 3, size, size), DataType.FLOAT32);
  }

  /** Forward passes in training mode after a very short training, so that the running statistics match the weights. */
  private void settle(Batches batches, long steps, Consumer<WorkerEvent> events) {
    if (!order.length().trains() || steps >= STEPS_TO_SETTLE) {
      return;
    }
    events.accept(new WorkerEvent.Stage("settle"));
    for (long step = steps; step < STEPS_TO_SETTLE; step++) {
      batches.draw(step);
      try (NDManager local = trainer.getManager().newSubManager()) {
        net.encoder().forward(new ParameterStore(local, false), new NDList(batch(local, batches)), true);
      }
    }
  }

  @Override
  public void close() {
    trainer.close();
    model.close();
  }
}
