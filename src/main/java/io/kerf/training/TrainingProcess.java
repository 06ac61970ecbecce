package io.kerf.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.worker.WorkerMain;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The training process as its parent sees it: started at the lowest priority with its own heap limit, heard through JSON lines, stopped
 * through its standard input.
 *
 * <ol>
 *   <li>However it ends, {@link #await} tells: with the result, or a {@link FaultException} that carries its code and last log lines.
 *   <li>A process that is silent, does not get on, or holds far more memory than it may is killed: see {@link TrainingWatch}.
 *   <li>It does not outlive this JVM: the end of its standard input makes it write a checkpoint and end.
 * </ol>
 */
public final class TrainingProcess {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
  private static final int HEAP_MIB_FLOOR = 512;

  private final ChildJvm child;
  private final Consumer<WorkerEvent> listener;
  private final TrainingWatch watch;
  private volatile WorkerEvent.Finished finished;
  private volatile WorkerEvent.Failed failed;

  private TrainingProcess(Path folder, TrainingOrder order, TrainingWatch watch, Consumer<WorkerEvent> listener) throws IOException {
    this.watch = watch;
    this.listener = listener;
    Map<String, String> environment = new HashMap<>();
    prepare(environment, order.threads());
    this.child = ChildJvm.start(List.of("-Xmx" + heapMib(order) + "m", WorkerMain.class.getName(), folder.toAbsolutePath().toString()), order.memoryBytes(),
        environment, this::event);
  }

  /**
   * Starts training in a folder.
   *
   * @param folder job folder; the order is written there, the results and checkpoints stand there afterwards
   * @param listener called on another thread for each event, in order
   */
  public static TrainingProcess start(Path folder, TrainingOrder order, Consumer<WorkerEvent> listener) throws IOException {
    return start(folder, order, new TrainingWatch(order.memoryBytes()), listener);
  }

  static TrainingProcess start(Path folder, TrainingOrder order, TrainingWatch watch, Consumer<WorkerEvent> listener) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(TrainingOrder.FILE), JSON.writeValueAsBytes(order));
    return new TrainingProcess(folder, order, watch, listener);
  }

  /**
   * The environment of a process that trains.
   *
   * @param threads of PyTorch
   */
  public static void prepare(Map<String, String> environment, int threads) {
    ChildJvm.prepare(environment);
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    // Tensors of a step are freed and asked for again at once. In one arena that keeps what it has they need not be mapped and zeroed anew
    // each time: a step takes 7 % less.
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "33554432");
    environment.put("MALLOC_TRIM_THRESHOLD_", "4294967296");
    environment.put("MALLOC_TOP_PAD_", "67108864");
  }

  private static long heapMib(TrainingOrder order) {
    long framePx = (long) order.preprocessing().widthPx() * order.preprocessing().heightPx();
    long seenPx = order.lesson().cropPx().isPresent() ? (long) order.lesson().cropPx().getAsInt() * order.lesson().cropPx().getAsInt() : framePx;
    long imageMib = 3L * framePx * order.images().size() >> 20;
    long batchMib = 32L * seenPx * order.lesson().imagesPerStep() * order.lesson().task().ways() >> 20;
    return HEAP_MIB_FLOOR + imageMib + batchMib;
  }

  /** @return false where the line is none of its events */
  private boolean event(String line) {
    WorkerEvent event;
    try {
      event = JSON.readValue(line, WorkerEvent.class);
    } catch (IOException e) {
      return false;
    }
    if (event instanceof WorkerEvent.Finished done) {
      finished = done;
    } else if (event instanceof WorkerEvent.Failed fault) {
      failed = fault;
    }
    watch.heard(event);
    if (!(event instanceof WorkerEvent.Alive)) {
      listener.accept(event);
    }
    return true;
  }

  /** The last lines of its log, oldest first. */
  public List<String> lastLogLines() {
    return child.lastLogLines();
  }

  /** Asks it to end early and keep what it has; {@link #await} then tells the result as usual. */
  public void stop() {
    child.tell("stop");
  }

  /** Ends it now; its last checkpoint stays in the job folder. */
  public void kill() {
    child.kill();
  }

  public long pid() {
    return child.pid();
  }

  /**
   * Waits for the end.
   *
   * @return the result
   * @throws FaultException with the code the process gave; {@link Fault#TRAINING_FAILED} or {@link Fault#TRAINING_OUT_OF_MEMORY} where it
   *     died without one; {@link Fault#TRAINING_HUNG} or {@link Fault#TRAINING_OUT_OF_MEMORY} where it had to be killed
   */
  public WorkerEvent.Finished await() throws InterruptedException {
    while (!child.ended()) {
      Optional<FaultException> objection = watch.second(child.residentBytes());
      if (objection.isPresent()) {
        child.killAndWait();
        throw objection.get();
      }
    }
    if (failed != null) {
      Fault fault = Arrays.stream(Fault.values()).filter(f -> f.code().equals(failed.code())).findFirst().orElse(Fault.TRAINING_FAILED);
      throw new FaultException(fault, failed.detail());
    }
    // Whatever became of it afterwards: its files were written and checked before it said so.
    if (finished != null) {
      return finished;
    }
    boolean killed = child.exit() == ChildJvm.EXIT_KILLED;
    throw new FaultException(killed ? Fault.TRAINING_OUT_OF_MEMORY : Fault.TRAINING_FAILED,
        "The training process ended with " + child.exit() + (killed ? " (killed, as the system does when memory runs out)" : "")
            + " before it was done. The model in use stays. " + child.lastWords());
  }

  /** As {@link #await}, for callers that cannot be interrupted in a meaningful way: interruption kills the process. */
  public WorkerEvent.Finished awaitOrKill() {
    try {
      return await();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("waiting for the training process was interrupted"));
    }
  }
}
