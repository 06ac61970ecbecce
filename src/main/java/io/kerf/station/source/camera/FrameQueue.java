package io.kerf.station.source.camera;

import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.PendingTriggers.Pending;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Frames that wait to be judged, bounded, as each holds native memory. Owns its frames; safe for many threads. */
final class FrameQueue {
  /** Of triggered frames: more is a line that is faster than the station. */
  static final int MOST_TRIGGERED = 4;

  private final Deque<Job> jobs = new ArrayDeque<>();
  private boolean closed;

  /** @param triggers whose parts it shows; empty where the camera runs freely */
  record Job(CameraFrame frame, List<Pending> triggers) {}

  /** The latest wins. @return whether an earlier frame gave way */
  synchronized boolean putLatest(CameraFrame frame) {
    boolean replaced = !jobs.isEmpty();
    clear();
    put(new Job(frame, List.of()));
    return replaced;
  }

  /** @return false where too many wait; then the frame is closed */
  synchronized boolean putTriggered(CameraFrame frame, List<Pending> triggers) {
    if (jobs.size() >= MOST_TRIGGERED || closed) {
      frame.close();
      return false;
    }
    put(new Job(frame, triggers));
    return true;
  }

  private void put(Job job) {
    if (closed) {
      job.frame.close();
    } else {
      jobs.add(job);
      notifyAll();
    }
  }

  /** Waits for the next one; empty once it is closed. */
  synchronized Optional<Job> take() throws InterruptedException {
    while (jobs.isEmpty() && !closed) {
      wait();
    }
    return Optional.ofNullable(jobs.poll());
  }

  /** @return the triggers whose frames are not judged any more */
  synchronized List<Pending> close() {
    closed = true;
    List<Pending> left = new ArrayList<>();
    jobs.forEach(job -> left.addAll(job.triggers));
    clear();
    notifyAll();
    return left;
  }

  private void clear() {
    jobs.forEach(job -> job.frame.close());
    jobs.clear();
  }
}
