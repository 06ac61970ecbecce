package io.kerf.training.compiling;

import io.kerf.encoder.DjlEncoder;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.EncoderSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The compiling process on a machine that compiles nothing: the plan is the ONNX file, and ONNX Runtime runs it. The file {@code behaviour} in its folder says
 * what goes wrong.
 */
public final class FakeCompileMain {
  private FakeCompileMain() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    String behaviour = Files.readString(folder.resolve("behaviour"));
    if (behaviour.equals("silent")) {
      Thread.sleep(600_000);
    }
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    CompileRun run = new CompileRun((order, onnx) -> compile(behaviour, folder, onnx), plan -> EncoderSource.on(DjlEncoder.ONNX_RUNTIME, 1), Clock.systemUTC());
    System.exit(new CompileMain(out).work(folder, System.in, run));
  }

  private static byte[] compile(String behaviour, Path folder, Path onnx) throws IOException {
    switch (behaviour) {
      case "abort" -> {
        System.err.println("terminate called after throwing an instance of 'nvinfer1::APIUsageError'");
        Runtime.getRuntime().halt(134);
      }
      case "refuse" -> throw new FaultException(Fault.COMPILATION_FAILED, "TensorRT: reading encoder.onnx failed: no importer registered for op");
      case "grow" -> {
        List<byte[]> held = new ArrayList<>();
        while (true) {
          byte[] more = new byte[8 << 20];
          java.util.Arrays.fill(more, (byte) 1);
          held.add(more);
          pause();
        }
      }
      case "slow" -> {
        while (true) {
          pause();
        }
      }
      default -> Files.writeString(folder.resolve("compiled-from"), onnx.toString());
    }
    return Files.readAllBytes(onnx);
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
