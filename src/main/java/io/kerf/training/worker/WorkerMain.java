package io.kerf.training.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.encoder.NamedWeights;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Safetensors;
import io.kerf.storage.Tensor;
import io.kerf.training.TrainingOrder;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The training process: reads {@code order.json} in the folder it is given, leaves {@code encoder.safetensors} and {@code encoder.onnx}
 * there, and tells how it goes in JSON lines on standard output. Logs go to standard error. It may be killed at any moment: started
 * again on the same folder it goes on from its checkpoint.
 */
public final class WorkerMain {
  /** Written and checked. */
  static final int EXIT_DONE = 0;
  /** A fault; the last line says which. */
  static final int EXIT_FAILED = 1;
  /** The parent is gone or asked to terminate; a checkpoint was kept. */
  static final int EXIT_ABANDONED = 3;

  private static final Duration HEARTBEAT = Duration.ofSeconds(2);
  private static final int CHECKED_IMAGES = 8;
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

  private final Path folder;
  private final PrintStream out;

  private WorkerMain(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    System.exit(new WorkerMain(Path.of(args[0]), out).work());
  }

  /** Tells that the process runs, whatever its work is at. */
  private void beat() {
    Thread beating = new Thread(() -> {
      try {
        while (true) {
          Thread.sleep(HEARTBEAT.toMillis());
          say(new WorkerEvent.Alive());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }, "heartbeat");
    beating.setDaemon(true);
    beating.start();
  }

  private int work() {
    beat();
    try {
      TrainingOrder order = JSON.readValue(Files.readAllBytes(folder.resolve(TrainingOrder.FILE)), TrainingOrder.class);
      return train(order, StopSignal.listeningTo(System.in));
    } catch (FaultException e) {
      return failed(e.fault(), e.detail());
    } catch (OutOfMemoryError e) {
      return failed(Fault.TRAINING_OUT_OF_MEMORY, "The training process's heap is full: " + e.getMessage() + ". Train on fewer or smaller images.");
    } catch (IOException | RuntimeException | LinkageError e) {
      return failed(Fault.TRAINING_FAILED, "The training process failed: " + e + ". The last log lines tell more.");
    }
  }

  private int failed(Fault fault, String detail) {
    say(new WorkerEvent.Failed(fault.code(), detail));
    return EXIT_FAILED;
  }

  private int train(TrainingOrder order, StopSignal stop) throws IOException {
    say(new WorkerEvent.Stage("load"));
    NormalImages normals = NormalImages.load(order);
    try (PretextTraining training = new PretextTraining(order, normals, folder)) {
      say(new WorkerEvent.Stage("train"));
      PretextTraining.Outcome outcome = training.run(stop, new MemoryWatch(order.memoryBytes()), this::say);
      if (outcome.stopped() == StopSignal.State.ABANDON) {
        return EXIT_ABANDONED;
      }
      if (outcome.steps() == 0 && order.length().trains()) {
        return failed(Fault.TRAINING_STOPPED, "Training was stopped before its first step. Nothing was made.");
      }
      say(new WorkerEvent.Stage("export"));
      double error = export(order, training, normals);
      say(new WorkerEvent.Finished(outcome.steps(), outcome.seconds(), outcome.stepSeconds(), outcome.augmentationShare(), error,
          outcome.stopped() == StopSignal.State.FINISH_EARLY));
      // Only now: a death before that was heard would have the whole training begin anew.
      training.forgetCheckpoint();
      return EXIT_DONE;
    }
  }

  private double export(TrainingOrder order, PretextTraining training, NormalImages normals) throws IOException {
    Map<String, Tensor> weights = NamedWeights.copyOut(training.encoder().namedParameters());
    AtomicFiles.write(folder.resolve("encoder.safetensors"), Safetensors.write(weights, Map.of("format", "pt")));
    AtomicFiles.write(folder.resolve("encoder.onnx"), OnnxExport.bytes(weights, order.outputs()));
    float[][] images = IntStream.range(0, Math.min(CHECKED_IMAGES, normals.count()))
        .mapToObj(i -> normals.standardised(i * normals.count() / Math.min(CHECKED_IMAGES, normals.count()), order.preprocessing())).toArray(float[][]::new);
    return ExportCheck.relativeError(training.manager(), folder, order, images);
  }

  private synchronized void say(WorkerEvent event) {
    try {
      out.println(JSON.writerFor(WorkerEvent.class).writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
