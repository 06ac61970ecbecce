package io.kerf.cli;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.training.TrainingProcess;
import io.kerf.training.worker.StepBench;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A process that makes training steps when told to and says how long they took. */
final class StepPeer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;

  private StepPeer(ProcessBuilder builder) throws IOException {
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    out = process.inputReader();
    in = process.outputWriter();
  }

  static StepPeer own(int sizePx, int images, int threads) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx1g", "-XX:+UseSerialGC", "-Dai.djl.offline=true",
        StepBench.class.getName(), Integer.toString(sizePx), Integer.toString(images), Integer.toString(threads)));
    TrainingProcess.prepare(builder.environment(), threads);
    return new StepPeer(builder);
  }

  static StepPeer python(String python, String script, int sizePx, int images, int threads) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(python, script, Integer.toString(sizePx), Integer.toString(images), Integer.toString(threads)));
    builder.environment().putAll(Map.of("OMP_WAIT_POLICY", "PASSIVE", "OMP_NUM_THREADS", Integer.toString(threads)));
    return new StepPeer(builder);
  }

  double steps(int count) throws IOException {
    in.write("go " + count + "\n");
    in.flush();
    String answer = out.readLine();
    if (answer == null) {
      throw new FaultException(Fault.INTERNAL, "The process " + process.info().command().orElse("") + " ended without an answer. For the Python peer, torch and"
          + " torchvision must be installed.");
    }
    return Double.parseDouble(answer);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
