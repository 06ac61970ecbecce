package io.kerf.training.compiling;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.ChildJvm;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The compiling process as its parent sees it.
 *
 * <ol>
 *   <li>However it ends, {@link #await} tells: with the result, or a {@link FaultException} that carries its code and last log lines.
 *   <li>One that is silent, takes longer or holds more memory than it may is killed.
 *   <li>It does not outlive this JVM.
 * </ol>
 */
public final class Compilation {
  /** The longest reports of a build on a board of this kind are of ten minutes. */
  static final Limits USUAL = new Limits(60, 3600, 4L << 30);
  private static final ObjectMapper JSON = CompileRun.JSON;

  /**
   * @param silentSeconds after which it is taken for dead
   * @param seconds that it may take
   * @param memoryBytes that it may hold
   */
  record Limits(int silentSeconds, int seconds, long memoryBytes) {}

  private final Path folder;
  private final Limits limits;
  private final Consumer<String> stages;
  private final ChildJvm child;
  private final AtomicInteger silent = new AtomicInteger();
  private volatile WorkerEvent.Failed failed;

  private Compilation(Path folder, List<String> command, Limits limits, Consumer<String> stages) throws IOException {
    this.folder = folder;
    this.limits = limits;
    this.stages = stages;
    List<String> whole = new ArrayList<>(List.of("-Xmx1g"));
    whole.addAll(command);
    whole.add(folder.toAbsolutePath().toString());
    this.child = ChildJvm.start(whole, limits.memoryBytes, Map.of(), this::event);
  }

  /**
   * Starts compiling in a folder.
   *
   * @param options of its JVM
   * @param stages hears what it is at, on another thread: {@code compile}, {@code compare}
   */
  public static Compilation start(Path folder, CompileOrder order, List<String> options, Consumer<String> stages) throws IOException {
    List<String> command = new ArrayList<>(options);
    command.add(CompileMain.class.getName());
    return start(folder, order, command, USUAL, stages);
  }

  /** @param command options of its JVM and main class */
  static Compilation start(Path folder, CompileOrder order, List<String> command, Limits limits, Consumer<String> stages) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve(CompileOrder.FILE), JSON.writeValueAsBytes(order));
    return new Compilation(folder, command, limits, stages);
  }

  private boolean event(String line) {
    try {
      WorkerEvent event = JSON.readValue(line, WorkerEvent.class);
      silent.set(0);
      if (event instanceof WorkerEvent.Stage stage) {
        stages.accept(stage.name());
      } else if (event instanceof WorkerEvent.Failed fault) {
        failed = fault;
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  long pid() {
    return child.pid();
  }

  /**
   * Waits for the end; an interruption kills it.
   *
   * @throws FaultException with the code that the process gave; {@link Fault#COMPILATION_FAILED} where it died without one or had to be killed
   */
  public CompileResult await() throws InterruptedException, IOException {
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      child.kill();
      throw e;
    }
    if (failed != null) {
      Fault fault = Arrays.stream(Fault.values()).filter(f -> f.code().equals(failed.code())).findFirst().orElse(Fault.COMPILATION_FAILED);
      throw new FaultException(fault, failed.detail());
    }
    Path result = folder.resolve(CompileResult.FILE);
    if (child.exit() != 0 || !Files.isRegularFile(result)) {
      throw failure("The compiling process ended with " + child.exit() + " before it was done");
    }
    return JSON.readValue(Files.readAllBytes(result), CompileResult.class);
  }

  private void awaitEnd() throws InterruptedException {
    for (int second = 0; !child.ended(); second++) {
      silent.incrementAndGet();
      String objection = objection(second, child.residentBytes());
      if (!objection.isEmpty()) {
        child.killAndWait();
        throw failure("The compiling process " + objection + " and was killed");
      }
    }
  }

  private String objection(int second, long residentBytes) {
    if (silent.get() > limits.silentSeconds) {
      return "said nothing for " + limits.silentSeconds + " s";
    }
    if (second > limits.seconds) {
      return "was not done after " + limits.seconds / 60 + " minutes";
    }
    return residentBytes > limits.memoryBytes ? "held more than the " + (limits.memoryBytes >> 20) + " MiB it may use" : "";
  }

  private FaultException failure(String what) {
    return new FaultException(Fault.COMPILATION_FAILED, what + ". ONNX Runtime goes on judging. " + child.lastWords());
  }
}
