package io.kerf.station.source.camera;

import io.kerf.config.document.CameraSettings.ImageKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A camera that sees what a test shows it, and knows how many of its frames are held. */
final class FakeCamera implements Camera {
  final AtomicInteger opened = new AtomicInteger();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger held = new AtomicInteger();
  volatile Optional<String> broken = Optional.empty();
  volatile CountDownLatch closes = new CountDownLatch(0);
  private final BlockingQueue<CameraFrame> shown = new LinkedBlockingQueue<>();

  void show(String bytes) {
    show(bytes, Duration.ZERO);
  }

  void show(String bytes, Duration age) {
    long captured = System.nanoTime() - age.toNanos();
    held.incrementAndGet();
    shown.add(new CameraFrame() {
      private boolean closed;

      @Override
      public long capturedNanos() {
        return captured;
      }

      @Override
      public byte[] encoded() {
        return bytes.getBytes(StandardCharsets.UTF_8);
      }

      @Override
      public void close() {
        if (closed) {
          throw new AssertionError("closed twice");
        }
        closed = true;
        held.decrementAndGet();
      }
    });
  }

  @Override
  public Feed open(String pipeline, ImageKind image) throws CameraFailure {
    opened.incrementAndGet();
    if (broken.isPresent()) {
      throw new CameraFailure(broken.get());
    }
    open.incrementAndGet();
    return new Feed() {
      @Override
      public Optional<CameraFrame> next(Duration patience) throws CameraFailure {
        if (broken.isPresent()) {
          throw new CameraFailure(broken.get());
        }
        try {
          return Optional.ofNullable(shown.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
          throw new CameraFailure("interrupted");
        }
      }

      @Override
      public void close() {
        try {
          closes.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        open.decrementAndGet();
      }
    };
  }
}
