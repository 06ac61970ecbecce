package io.kerf.station.output;

import io.kerf.config.document.GpioSettings.Edge;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers how its lines were set, and when. */
final class FakeChip implements GpioChip {
  record Set(long active, long nanos) {}

  final List<Set> sets = new CopyOnWriteArrayList<>();
  final BlockingQueue<Long> edges = new LinkedBlockingQueue<>();
  volatile String requested = "";
  volatile boolean broken;

  @Override
  public LinesOut out(int[] offsets, boolean activeLow) throws IOException {
    check();
    requested = Arrays.toString(offsets) + (activeLow ? " active low" : "");
    return new LinesOut() {
      @Override
      public void set(long active) throws IOException {
        check();
        sets.add(new Set(active, System.nanoTime()));
      }

      @Override
      public void close() {
        requested = "";
      }
    };
  }

  @Override
  public LineIn in(int offset, Edge edge, Duration debounce) throws IOException {
    check();
    return new LineIn() {
      @Override
      public OptionalLong await(Duration patience) throws IOException {
        check();
        try {
          Long edge = edges.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
          return edge == null ? OptionalLong.empty() : OptionalLong.of(edge);
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  private void check() throws IOException {
    if (broken) {
      throw new IOException("unplugged");
    }
  }

  List<Long> levels() {
    return sets.stream().map(Set::active).toList();
  }
}
