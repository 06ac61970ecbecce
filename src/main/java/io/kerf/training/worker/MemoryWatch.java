package io.kerf.training.worker;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ends training before it takes memory that inspection needs: the heap is bounded by the JVM, PyTorch's native memory only by this. */
final class MemoryWatch {
  private static final Path STATM = Path.of("/proc/self/statm");
  private static final long PAGE_BYTES = 4096;

  private final long limitBytes;

  MemoryWatch(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Something to save before giving up. */
  interface LastWill {
    void write() throws IOException;
  }

  /** @throws FaultException {@link Fault#TRAINING_OUT_OF_MEMORY} where resident memory is above the limit */
  void check(LastWill lastWill) throws IOException {
    long resident = residentBytes();
    if (resident > limitBytes) {
      lastWill.write();
      throw new FaultException(Fault.TRAINING_OUT_OF_MEMORY, "Training holds " + (resident >> 20) + " MiB, more than the " + (limitBytes >> 20)
          + " MiB it may use. Lower the images per step or the input size, or allow it more memory.");
    }
  }

  /** 0 where the system does not tell. */
  static long residentBytes() throws IOException {
    return Files.exists(STATM) ? Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE_BYTES : 0;
  }
}
