package io.kerf.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.worker.WorkerMain;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The training process as its parent sees it: started at the lowest priority with its own heap limit, heard through JSON lines, stopped
 * through its standard input.
 *
 * <ol>
 *   <li>However it ends, {@link #await} tells: with the result, or a {@link FaultException} that carries its code and last log lines.
 *   <li>A process that is silent, does not get on, or holds far more memory than it may is killed: see {@link TrainingWatch}.
 *   <li>It does not outlive this JVM: the end of its standard input makes it write a checkpoint and end.
 *   <li>Its output is always drained, so it never blocks on it; only the last {@value #LOG_LINES} log lines are kept.
 * </ol>
 */
public final class TrainingProcess {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();
  private static final int LOG_LINES = 40;
  private static final int HEAP_MIB_FLOOR = 512;
  private static final long PAGE_BYTES = 4096;
  private static final int EXIT_OUT_OF_MEMORY_KILLED = 137;

  private final Process process;
  private final Consumer<WorkerEvent> listener;
  private final Deque<String> log = new ArrayDeque<>();
  private final Thread events;
  private final Thread errors;
  private final TrainingWatch watch;
  private volatile WorkerEvent.Finished finished;
  private volatile WorkerEvent.Failed failed;

  private TrainingProcess(Process process, TrainingWatch watch, Consumer<WorkerEvent> listener) {
    this.process = process;
    this.watch = watch;
    this.listener = listener;
    this.events = pump("training-events", process.inputReader(StandardCharsets.UTF_8), this::event);
    this.errors = pump("training-log", process.errorReader(StandardCharsets.UTF_8), this::logLine);
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
    ProcessBuilder builder = new ProcessBuilder(command(folder, order));
    prepare(builder.environment(), order.threads());
    return new TrainingProcess(builder.start(), watch, listener);
  }

  /**
   * The environment of a process that trains.
   *
   * @param threads of PyTorch
   */
  public static void prepare(Map<String, String> environment, int threads) {
    // Not on the command line: ONNX Runtime 1.29 ends the process (SIGSEGV in its start) where that is some 30,000 characters long.
    environment.put("CLASSPATH", classPath());
    environment.put("ORT_DISABLE_TELEMETRY", "1");
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    // Tensors of a step are freed and asked for again at once. In one arena that keeps what it has they need not be mapped and zeroed anew
    // each time: a step takes 7 % less.
    environment.put("MALLOC_ARENA_MAX", "1");
    environment.put("MALLOC_MMAP_THRESHOLD_", "33554432");
    environment.put("MALLOC_TRIM_THRESHOLD_", "4294967296");
    environment.put("MALLOC_TOP_PAD_", "67108864");
  }

  private static List<String> command(Path folder, TrainingOrder order) {
    List<String> command = new ArrayList<>(MemoryScope.prefix(order.memoryBytes()));
    Path nice = Path.of("/usr/bin/nice");
    if (Files.isExecutable(nice)) {
      command.addAll(List.of(nice.toString(), "-n", "19"));
    }
    Path ionice = Path.of("/usr/bin/ionice");
    if (Files.isExecutable(ionice)) {
      command.addAll(List.of(ionice.toString(), "-t", "-c", "3"));
    }
    long framePx = (long) order.preprocessing().widthPx() * order.preprocessing().heightPx();
    long seenPx = order.lesson().cropPx().isPresent() ? (long) order.lesson().cropPx().getAsInt() * order.lesson().cropPx().getAsInt() : framePx;
    long imageMib = 3L * framePx * order.images().size() >> 20;
    long batchMib = 32L * seenPx * order.lesson().imagesPerStep() * order.lesson().task().ways() >> 20;
    command.addAll(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx" + (HEAP_MIB_FLOOR + imageMib + batchMib) + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
        "-Djava.awt.headless=true", "-Dai.djl.offline=true", "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        WorkerMain.class.getName(), folder.toAbsolutePath().toString()));
    return command;
  }

  /** The class path of this JVM, or of the packaged application it was started from. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    Path jar = Path.of(own.split(File.pathSeparator)[0]).toAbsolutePath();
    if (!jar.getFileName().toString().equals("quarkus-run.jar")) {
      return Arrays.stream(own.split(File.pathSeparator)).map(p -> Path.of(p).toAbsolutePath().toString())
          .reduce((a, b) -> a + File.pathSeparator + b).orElseThrow();
    }
    Path app = jar.getParent();
    return String.join(File.pathSeparator, app.resolve("app") + "/*", app.resolve("lib/main") + "/*", app.resolve("lib/boot") + "/*");
  }

  private Thread pump(String name, BufferedReader lines, Consumer<String> sink) {
    Thread thread = new Thread(() -> {
      try (lines) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          sink.accept(line);
        }
      } catch (IOException e) {
        logLine("the stream ended: " + e.getMessage());
      }
    }, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void event(String line) {
    WorkerEvent event;
    try {
      event = JSON.readValue(line, WorkerEvent.class);
    } catch (IOException e) {
      logLine(line);
      return;
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
  }

  private void logLine(String line) {
    synchronized (log) {
      if (log.size() == LOG_LINES) {
        log.removeFirst();
      }
      log.addLast(line);
    }
  }

  /** The last lines of its log, oldest first. */
  public List<String> lastLogLines() {
    synchronized (log) {
      return List.copyOf(log);
    }
  }

  /** Asks it to end early and keep what it has; {@link #await} then tells the result as usual. */
  public void stop() {
    try {
      BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
      in.write("stop\n");
      in.flush();
    } catch (IOException e) {
      logLine("could not be asked to stop: " + e.getMessage());
    }
  }

  /** Ends it now; its last checkpoint stays in the job folder. */
  public void kill() {
    process.destroyForcibly();
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Waits for the end.
   *
   * @return the result
   * @throws FaultException with the code the process gave; {@link Fault#TRAINING_FAILED} or {@link Fault#TRAINING_OUT_OF_MEMORY} where it
   *     died without one; {@link Fault#TRAINING_HUNG} or {@link Fault#TRAINING_OUT_OF_MEMORY} where it had to be killed
   */
  public WorkerEvent.Finished await() throws InterruptedException {
    while (!process.waitFor(1, TimeUnit.SECONDS)) {
      Optional<FaultException> objection = watch.second(residentBytes());
      if (objection.isPresent()) {
        process.destroyForcibly().waitFor();
        throw objection.get();
      }
    }
    int exit = process.exitValue();
    events.join(TimeUnit.SECONDS.toMillis(5));
    errors.join(TimeUnit.SECONDS.toMillis(5));
    if (failed != null) {
      Fault fault = Arrays.stream(Fault.values()).filter(f -> f.code().equals(failed.code())).findFirst().orElse(Fault.TRAINING_FAILED);
      throw new FaultException(fault, failed.detail());
    }
    if (exit == 0 && finished != null) {
      return finished;
    }
    List<String> lines = lastLogLines();
    String last = lines.isEmpty() ? "It logged nothing." : "Its last words: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    throw new FaultException(exit == EXIT_OUT_OF_MEMORY_KILLED ? Fault.TRAINING_OUT_OF_MEMORY : Fault.TRAINING_FAILED,
        "The training process ended with " + exit + (exit == EXIT_OUT_OF_MEMORY_KILLED ? " (killed, as the system does when memory runs out)" : "")
            + " before it was done. The model in use stays. " + last);
  }

  /** 0 where the system does not tell. */
  private long residentBytes() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm")).split(" ")[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException gone) {
      return 0;
    }
  }

  /** As {@link #await}, for callers that cannot be interrupted in a meaningful way: interruption kills the process. */
  public WorkerEvent.Finished awaitOrKill() {
    try {
      return await();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new java.io.InterruptedIOException("waiting for the training process was interrupted"));
    }
  }
}
