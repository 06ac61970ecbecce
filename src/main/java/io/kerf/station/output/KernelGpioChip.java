package io.kerf.station.output;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import io.kerf.config.document.GpioSettings.Edge;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * A chip through the kernel's character device, ABI v2 (Linux 5.10 and later), by {@code ioctl}. Not through libgpiod: its versions 1 and 2, of which a machine has
 * one or the other, have nothing in common, while this interface is the kernel's promise and needs no package.
 */
final class KernelGpioChip implements GpioChip {
  private static final int READ_WRITE_CLOSE_ON_EXEC = 02 | 02000000;

  private final String device;

  KernelGpioChip(String device) {
    this.device = device;
  }

  /** Of the C library. */
  private interface C extends Library {
    C INSTANCE = Native.load("c", C.class);

    int open(String path, int flags) throws LastErrorException;

    int close(int file) throws LastErrorException;

    /** JNA copies the array there and back. */
    int ioctl(int file, NativeLong request, byte[] argument) throws LastErrorException;

    int poll(byte[] files, NativeLong count, int millis) throws LastErrorException;

    NativeLong read(int file, byte[] to, NativeLong bytes) throws LastErrorException;
  }

  @Override
  public LinesOut out(int[] offsets, boolean activeLow) throws IOException {
    return new KernelLinesOut(request(GpioStructs.out(offsets, activeLow)), offsets.length);
  }

  @Override
  public LineIn in(int offset, Edge edge, Duration debounce) throws IOException {
    return new KernelLineIn(request(GpioStructs.in(offset, edge, debounce)));
  }

  private int request(byte[] request) throws IOException {
    try {
      int chip = C.INSTANCE.open(device, READ_WRITE_CLOSE_ON_EXEC);
      try {
        C.INSTANCE.ioctl(chip, new NativeLong(GpioStructs.GET_LINE), request);
        return GpioStructs.file(request);
      } finally {
        C.INSTANCE.close(chip);
      }
    } catch (LastErrorException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private record KernelLinesOut(int file, int lines) implements LinesOut {
    @Override
    public void set(long active) throws IOException {
      try {
        C.INSTANCE.ioctl(file, new NativeLong(GpioStructs.SET_VALUES), GpioStructs.values(active, lines));
      } catch (LastErrorException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      C.INSTANCE.close(file);
    }
  }

  private record KernelLineIn(int file) implements LineIn {
    @Override
    public OptionalLong await(Duration patience) throws IOException {
      try {
        if (C.INSTANCE.poll(GpioStructs.waitingFor(file), new NativeLong(1), (int) patience.toMillis()) == 0) {
          return OptionalLong.empty();
        }
        byte[] event = new byte[GpioStructs.EVENT_BYTES];
        if (C.INSTANCE.read(file, event, new NativeLong(event.length)).longValue() != event.length) {
          throw new IOException("the kernel gave half an event");
        }
        return OptionalLong.of(GpioStructs.at(event));
      } catch (LastErrorException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public void close() {
      C.INSTANCE.close(file);
    }
  }
}
