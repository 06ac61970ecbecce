package io.kerf.station.output;

import io.kerf.config.document.GpioSettings.Edge;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Lines of a chip. The seam to the kernel. */
interface GpioChip {
  /**
   * Takes lines out, as inactive.
   *
   * @param offsets on the chip; bit n of what is set is the n-th of them
   * @param activeLow whether active is 0 V
   * @throws IOException where there is no such line, it is taken, or the station may not
   */
  LinesOut out(int[] offsets, boolean activeLow) throws IOException;

  /** Takes a line in. @param debounce how long it must be still before an edge counts */
  LineIn in(int offset, Edge edge, Duration debounce) throws IOException;

  /** Gives the lines back when closed; the kernel does where the process dies. */
  interface LinesOut extends AutoCloseable {
    /** All of them at once. @param active a bit for each */
    void set(long active) throws IOException;

    @Override
    void close();
  }

  interface LineIn extends AutoCloseable {
    /** When the edge was, by {@link System#nanoTime()}; empty where none came. @param patience the longest to wait */
    OptionalLong await(Duration patience) throws IOException;

    @Override
    void close();
  }
}
