package io.kerf.device;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether this machine has an NVIDIA GPU: its driver's device nodes, on PCs and on Jetson boards. */
public final class Accelerator {
  private static final List<Path> DEVICE_NODES = List.of(Path.of("/dev/nvidia0"), Path.of("/dev/nvhost-gpu"), Path.of("/dev/nvgpu/igpu0"));

  private Accelerator() {}

  public static boolean present() {
    return DEVICE_NODES.stream().anyMatch(Files::exists);
  }
}
