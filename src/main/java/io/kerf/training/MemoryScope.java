package io.kerf.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A cgroup with a limit on memory for the training process, through systemd where this user may ask it for one: root, or who has a session. The
 * user of an installed station may not, as whoever may start a scope may start it as root. There the training process stays in the cgroup of the
 * station, where its priority counts against the station's own, and the limits of the JVM, of the process itself and of {@link TrainingWatch} must do.
 */
final class MemoryScope {
  /** Its limits are in {@code jetson/kerf-training.slice}; where that is not installed systemd makes one without limits. */
  static final String SLICE = "kerf-training.slice";
  private static final Path SYSTEMD_RUN = Path.of("/usr/bin/systemd-run");
  private static final int PATIENCE_SECONDS = 5;
  private static Optional<List<String>> found;

  private MemoryScope() {}

  /** What to put before a command; empty where there is no cgroup to be had. Tried once in the life of this process. */
  static synchronized List<String> prefix(long memoryBytes) {
    if (found == null) {
      found = Files.isExecutable(SYSTEMD_RUN) ? works(memoryBytes, List.of()).or(() -> works(memoryBytes, List.of("--user"))) : Optional.empty();
    }
    return found.map(how -> scope(memoryBytes, how)).orElse(List.of());
  }

  static List<String> scope(long memoryBytes, List<String> how) {
    List<String> command = new ArrayList<>(List.of(SYSTEMD_RUN.toString(), "--scope", "--quiet", "--collect", "--slice=" + SLICE));
    command.addAll(how);
    command.addAll(List.of("--property=MemoryMax=" + memoryBytes, "--property=MemorySwapMax=0", "--property=CPUWeight=1", "--"));
    return command;
  }

  private static Optional<List<String>> works(long memoryBytes, List<String> how) {
    List<String> probe = new ArrayList<>(scope(memoryBytes, how));
    probe.add("/bin/true");
    try {
      Process process = new ProcessBuilder(probe).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0 ? Optional.of(how) : Optional.empty();
      }
      process.destroyForcibly();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }
}
