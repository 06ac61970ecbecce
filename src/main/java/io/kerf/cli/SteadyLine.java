package io.kerf.cli;

import io.kerf.cli.StationClient.Judged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Parts that come at a fixed rate whatever the station does, as a belt brings them: each is due at its time, and what it waits because
 * those before it are late counts as its own time.
 */
final class SteadyLine implements AutoCloseable {
  private static final int THREADS = 16;

  private final StationClient station;
  private final List<byte[]> images;
  private final long periodNanos;
  private final long begun = System.nanoTime();
  private final AtomicInteger next = new AtomicInteger();
  private final Queue<Part> parts = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile int window;
  private volatile boolean ended;

  /** @param perSecond parts */
  SteadyLine(StationClient station, List<byte[]> images, double perSecond) {
    this.station = station;
    this.images = images;
    this.periodNanos = (long) (1e9 / perSecond);
  }

  /**
   * One part that was sent.
   *
   * @param image which of the images
   * @param window in which it was due
   * @param millis from when it was due until its answer
   * @param answer empty where it was not answered with a verdict
   * @param error what it was answered instead
   */
  record Part(int image, int window, double millis, Optional<Judged> answer, String error) {}

  SteadyLine start() {
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(this::send, "line-" + i);
      threads.add(thread);
      thread.start();
    }
    return this;
  }

  /** Parts due from now on belong to this window. */
  void window(int number) {
    window = number;
  }

  private void send() {
    while (!ended) {
      int number = next.getAndIncrement();
      long due = begun + number * periodNanos;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      if (!ended) {
        parts.add(send(number % images.size(), window, due));
      }
    }
  }

  private Part send(int image, int dueIn, long due) {
    Optional<Judged> answer = Optional.empty();
    String error = "";
    try {
      answer = Optional.of(station.inspect(images.get(image)));
    } catch (IOException e) {
      error = String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      error = "interrupted";
      Thread.currentThread().interrupt();
    }
    return new Part(image, dueIn, (System.nanoTime() - due) / 1e6, answer, error);
  }

  /** Lets the parts on their way come to their end. @return all of them */
  List<Part> end() throws InterruptedException {
    close();
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(parts);
  }

  @Override
  public void close() {
    ended = true;
  }
}
