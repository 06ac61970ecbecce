package io.kerf.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** File systems for one test. Only root may mount; for others a test that needs one is skipped. */
public final class Mounts implements AutoCloseable {
  private final Deque<Path> mounted = new ArrayDeque<>();

  /** An empty file system in memory. */
  public Path small(Path folder, int megabytes) throws IOException, InterruptedException {
    mount(Files.createDirectories(folder), "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
    return folder;
  }

  /** From now on nothing new can be opened for writing in a folder. */
  public void readOnly(Path folder) throws IOException, InterruptedException {
    mount(folder, "--bind", folder.toString(), folder.toString());
    run("mount", "-o", "remount,ro,bind", folder.toString());
  }

  private void mount(Path folder, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/mount")) && run(command.toArray(String[]::new)) == 0, "mounting needs root");
    mounted.push(folder);
  }

  /** Takes the latest mount away. */
  public void undo() throws IOException, InterruptedException {
    run("umount", "-l", mounted.pop().toString());
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    while (!mounted.isEmpty()) {
      undo();
    }
  }
}
