package io.kerf.training;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A JVM of its own for work that may crash, hang or take memory: of the same Java and classes, at the lowest priority.
 *
 * <p>Its output is always drained, so it never blocks on it; only the last {@value #LOG_LINES} log lines are kept.
 */
public final class ChildJvm {
  private static final int LOG_LINES = 40;
  private static final int LAST_WORDS = 3;
  private static final long PAGE_BYTES = 4096;
  /** Of -1000 to 1000: where memory runs out, the system ends this process and not the one that serves. */
  private static final String FIRST_TO_GO = "800";
  /** Where the system kills a process for want of memory. */
  static final int EXIT_KILLED = 137;

  private final Process process;
  private final Deque<String> log = new ArrayDeque<>();
  private final Thread events;
  private final Thread errors;

  private ChildJvm(Process process, Predicate<String> events) {
    this.process = process;
    this.events = pump("child-events", process.inputReader(StandardCharsets.UTF_8), events);
    this.errors = pump("child-log", process.errorReader(StandardCharsets.UTF_8), line -> false);
  }

  /**
   * Starts one.
   *
   * @param options of the JVM, main class and arguments
   * @param memoryBytes that it may hold, where the system can see to that
   * @param environment that it has besides this process's
   * @param events takes a line of its standard output, on another thread, in order; false where it is for the log, as standard error is
   */
  public static ChildJvm start(List<String> options, long memoryBytes, Map<String, String> environment, Predicate<String> events) throws IOException {
    List<String> command = new ArrayList<>(MemoryScope.prefix(memoryBytes));
    Path nice = Path.of("/usr/bin/nice");
    if (Files.isExecutable(nice)) {
      command.addAll(List.of(nice.toString(), "-n", "19"));
    }
    Path ionice = Path.of("/usr/bin/ionice");
    if (Files.isExecutable(ionice)) {
      command.addAll(List.of(ionice.toString(), "-t", "-c", "3"));
    }
    Path choom = Path.of("/usr/bin/choom");
    if (Files.isExecutable(choom)) {
      command.addAll(List.of(choom.toString(), "-n", FIRST_TO_GO, "--"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"), "-Dai.djl.offline=true",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    prepare(builder.environment());
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start(), events);
  }

  /** Classes, and nothing that leaves the plant. */
  static void prepare(Map<String, String> environment) {
    // Not on the command line: ONNX Runtime 1.29 ends the process (SIGSEGV in its start) where that is some 30,000 characters long.
    environment.put("CLASSPATH", classPath());
    environment.put("ORT_DISABLE_TELEMETRY", "1");
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

  private Thread pump(String name, BufferedReader lines, Predicate<String> events) {
    Thread thread = new Thread(() -> {
      try (lines) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!events.test(line)) {
            logLine(line);
          }
        }
      } catch (IOException e) {
        logLine("the stream ended: " + e.getMessage());
      }
    }, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
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

  /** One sentence about how its log ended. */
  public String lastWords() {
    List<String> lines = lastLogLines();
    return lines.isEmpty() ? "It logged nothing." : "Its last words: " + String.join(" | ", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
  }

  /** Writes a line to its standard input. */
  public void tell(String line) {
    try {
      BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
      in.write(line + "\n");
      in.flush();
    } catch (IOException e) {
      logLine("could not be told to " + line + ": " + e.getMessage());
    }
  }

  public void kill() {
    process.destroyForcibly();
  }

  public void killAndWait() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  public long pid() {
    return process.pid();
  }

  /** Waits at most a second. @return whether it has ended, and all it said was heard */
  public boolean ended() throws InterruptedException {
    if (!process.waitFor(1, TimeUnit.SECONDS)) {
      return false;
    }
    events.join(TimeUnit.SECONDS.toMillis(5));
    errors.join(TimeUnit.SECONDS.toMillis(5));
    return true;
  }

  /** @throws IllegalThreadStateException while it runs */
  public int exit() {
    return process.exitValue();
  }

  /** 0 where the system does not tell. */
  public long residentBytes() {
    try {
      return Long.parseLong(Files.readString(Path.of("/proc", Long.toString(process.pid()), "statm")).split(" ")[1]) * PAGE_BYTES;
    } catch (IOException | RuntimeException gone) {
      return 0;
    }
  }
}
