package io.kerf.device;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The machine that the station runs on. Cheap to ask, from any thread: what was read within the last second is told again. */
public final class Device {
  private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

  private final SystemFiles files;
  private final LongSupplier nanos;
  private Optional<DeviceReading> last = Optional.empty();
  private long readAt;

  /** @param root the folder with {@code proc}, {@code sys} and {@code etc}: {@code /}. @param nanos a ticker that never jumps */
  public Device(Path root, LongSupplier nanos) {
    this.files = new SystemFiles(root);
    this.nanos = nanos;
  }

  /** How it does, at most a second ago. Never fails: what cannot be read is absent. */
  public synchronized DeviceReading reading() {
    long now = nanos.getAsLong();
    if (last.isEmpty() || now - readAt >= FRESH_NANOS) {
      last = Optional.of(DeviceReading.read(files));
      readAt = now;
    }
    return last.get();
  }
}
