package io.kerf.training.compiling;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kerf.encoder.tensorrt.PlanBuilder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.WorkerEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The compiling process: reads {@code order.json} in the folder it is given, leaves a plan and {@code result.json} there, and tells how it goes in JSON lines
 * on standard output. Whatever happens to it in native code happens to it alone. It ends when its standard input does: then the parent is gone.
 */
public final class CompileMain {
  private static final long HEARTBEAT_MILLIS = 2000;

  private final PrintStream out;

  CompileMain(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    System.exit(new CompileMain(out).work(Path.of(args[0]), System.in, new CompileRun(CompileMain::compile, PlanEncoders::of, Clock.systemUTC())));
  }

  private static byte[] compile(CompileOrder order, Path onnx) throws IOException {
    return new PlanBuilder(order.key().shape(), order.key().precision(), order.timings()).build(onnx);
  }

  /** @return the exit code */
  int work(Path folder, InputStream in, CompileRun run) {
    background("heartbeat", this::beat);
    background("end-with-parent", () -> endWithParent(in));
    try {
      run.run(folder, CompileRun.JSON.readValue(Files.readAllBytes(folder.resolve(CompileOrder.FILE)), CompileOrder.class), stage -> say(new WorkerEvent.Stage(stage)));
      return 0;
    } catch (FaultException e) {
      return failed(e.fault(), e.detail());
    } catch (IOException e) {
      return failed(Fault.COMPILATION_FAILED, e.getMessage());
    } catch (RuntimeException | LinkageError e) {
      return failed(Fault.COMPILATION_FAILED, "The compiling process failed: " + e + ". The last log lines tell more.");
    }
  }

  private int failed(Fault fault, String detail) {
    say(new WorkerEvent.Failed(fault.code(), detail));
    return 1;
  }

  private static void background(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT_MILLIS);
        say(new WorkerEvent.Alive());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Native code does not look up from its work, and what it makes is of no use to anybody now. */
  private static void endWithParent(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A broken pipe says the same as its end.
    }
    Runtime.getRuntime().halt(3);
  }

  private synchronized void say(WorkerEvent event) {
    try {
      out.println(CompileRun.JSON.writerFor(WorkerEvent.class).writeValueAsString(event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
