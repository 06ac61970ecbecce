package io.kerf.station.source.camera;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.CameraSettings.Mode;
import io.kerf.fault.Fault;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Source;
import io.kerf.station.line.Trigger;
import io.kerf.station.source.Judging;
import io.kerf.station.source.Tally;
import io.kerf.station.source.camera.Camera.CameraFrame;
import io.kerf.station.source.camera.CameraHealth.Sight;
import io.kerf.station.source.camera.PendingTriggers.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Judges frames of a camera, as they come or for each trigger one.
 *
 * <ol>
 *   <li>A frame is judged at once or not at all: the latest wins, and one that is older than {@code stale-after} when its turn comes is dropped.
 *   <li>A trigger gets the first frame that was captured at or after it and the delay, never an earlier one; or the outcome that there was none in time.
 *   <li>A camera that fails or falls silent is opened anew until frames come. Where a driver hangs while it is closed, at most {@value #MOST_HANGING} are left
 *     hanging at a time.
 * </ol>
 *
 * <p>Three threads: one opens the camera and takes its frames, one watches that, one judges. Of the frames that came, those that nobody asked for (not due yet, not
 * triggered) are neither judged nor dropped.
 */
public final class CameraSource implements Source {
  private static final int MOST_HANGING = 2;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration LEAST_BACK_OFF = Duration.ofMillis(500);
  private static final Duration MOST_BACK_OFF = Duration.ofSeconds(5);

  private final String name;
  private final CameraSettings settings;
  private final Judging judging;
  private final Camera camera;
  private final Tally tally;
  private final PendingTriggers pending = new PendingTriggers();
  private final FrameQueue queue = new FrameQueue();
  private final FrameJudge judge;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread watching;
  private final Thread judges;
  private final List<CaptureRun> hanging = new ArrayList<>();
  private volatile Moments moments = new Moments(Optional.empty(), Optional.empty(), Optional.empty());
  private volatile boolean everWorked;

  /**
   * When frames came, by {@link Judging#nanos()}; replaced as one by the thread that takes frames.
   *
   * @param fresh the last one that was not too old, since the camera was opened
   * @param tooOld age of the last one, where it was too old
   * @param due capture time of the last one that was to be judged
   */
  private record Moments(Optional<Long> fresh, Optional<Duration> tooOld, Optional<Long> due) {}

  public CameraSource(String name, CameraSettings settings, Judging judging, Camera camera) {
    this.name = name;
    this.settings = settings;
    this.judging = judging;
    this.camera = camera;
    this.tally = new Tally(name, "camera", judging.clock(), "Opens the camera.");
    this.judge = new FrameJudge(name, settings, judging, tally);
    this.watching = thread("watch-", this::watch);
    this.judges = thread("judge-", this::judge);
  }

  private Thread thread(String prefix, Runnable work) {
    Thread thread = new Thread(work, prefix + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Status status() {
    return tally.status();
  }

  /** See {@link io.kerf.station.line.Triggers#fire}. Patience is for the frame; once that is there, its verdict is waited for. */
  public CompletableFuture<Outcome> trigger(Trigger trigger) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    long from = trigger.nanos() + settings.delay().toNanos();
    Pending asked = new Pending(trigger, from, from + settings.timeout().toNanos(), outcome);
    if (settings.mode() != Mode.TRIGGERED) {
      judge.missed(asked, Fault.NOT_TRIGGERED, "The camera " + name + " runs freely, so a trigger means nothing to it: have the station document say mode: triggered.");
    } else if (closing.getCount() == 0) {
      judge.missed(asked, Fault.SHUTTING_DOWN, "The camera " + name + " is being closed: this part was not judged.");
    } else if (!pending.add(asked)) {
      judge.missed(asked, Fault.BUSY, PendingTriggers.MOST + " parts wait for a frame of camera " + name + " already, so this one was not judged: triggers come faster than frames.");
    } else {
      long left = Math.max(0, asked.untilNanos() - judging.nanos().getAsLong());
      CompletableFuture<Void> patience = new CompletableFuture<Void>().completeOnTimeout(null, left, TimeUnit.NANOSECONDS);
      patience.thenRunAsync(this::expire);
      outcome.whenComplete((known, never) -> patience.cancel(false));
    }
    return outcome;
  }

  private void expire() {
    pending.expired(judging.nanos().getAsLong()).forEach(late -> judge.missed(late, Fault.NO_FRAME, "No frame of camera " + name + " came within "
        + settings.timeout().toMillis() + " ms of trigger and delay, so the part was not judged. " + tally.status().condition().words()));
  }

  /** On the thread of the camera. */
  private void came(CameraFrame frame) {
    tally.came();
    long captured = frame.capturedNanos();
    long age = judging.nanos().getAsLong() - captured;
    Moments before = moments;
    if (age > settings.staleAfter().toNanos()) {
      moments = new Moments(before.fresh, Optional.of(Duration.ofNanos(age)), before.due);
      tally.dropped();
      frame.close();
      return;
    }
    everWorked = true;
    boolean due = settings.mode() == Mode.FREE_RUNNING && before.due.map(last -> captured - last >= settings.every().toNanos()).orElse(true);
    moments = new Moments(Optional.of(judging.nanos().getAsLong()), Optional.empty(), due ? Optional.of(captured) : before.due);
    if (settings.mode() == Mode.TRIGGERED) {
      triggered(frame, pending.shownBy(captured));
    } else if (!due) {
      frame.close();
    } else if (queue.putLatest(frame)) {
      tally.dropped();
    }
  }

  private void triggered(CameraFrame frame, List<Pending> triggers) {
    if (triggers.isEmpty()) {
      frame.close();
    } else if (!queue.putTriggered(frame, triggers)) {
      tally.dropped();
      triggers.forEach(asked -> judge.missed(asked, Fault.BUSY, FrameQueue.MOST_TRIGGERED + " frames of camera " + name
          + " wait to be judged already, so this part was not: the line is faster than the station."));
    }
  }

  private void judge() {
    try {
      for (Optional<FrameQueue.Job> job = queue.take(); job.isPresent(); job = queue.take()) {
        judge.judge(job.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    Duration backOff = LEAST_BACK_OFF;
    Optional<String> failure = Optional.empty();
    try {
      while (closing.getCount() > 0) {
        moments = new Moments(Optional.empty(), Optional.empty(), moments.due);
        CaptureRun run = new CaptureRun(name, camera, settings, this::came);
        failure = watch(run, failure);
        backOff = moments.fresh.isPresent() ? LEAST_BACK_OFF : backOff;
        run.end();
        if (!run.awaitEnd(CLOSING)) {
          hanging.add(run);
        }
        closing.await(backOff.toNanos(), TimeUnit.NANOSECONDS);
        backOff = shorter(backOff.multipliedBy(2), MOST_BACK_OFF);
        awaitRoom();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Watches a camera until it is to be opened anew, or the source is closed.
   *
   * @param before why it gave no frames when it was open before
   * @return why it gives no frames
   */
  private Optional<String> watch(CaptureRun run, Optional<String> before) throws InterruptedException {
    long opened = judging.nanos().getAsLong();
    while (!closing.await(LOOK.toNanos(), TimeUnit.NANOSECONDS)) {
      Moments seen = moments;
      long now = judging.nanos().getAsLong();
      Optional<String> failure = run.failure();
      Sight sight = new Sight(everWorked, Duration.ofNanos(now - opened), seen.fresh.map(at -> Duration.ofNanos(now - at)), seen.tooOld, failure.or(() -> before), failure.isPresent());
      CameraHealth health = CameraHealth.of(sight, settings.silence());
      tally.is(health.state(), health.words());
      if (health.anew()) {
        return failure;
      }
    }
    return Optional.empty();
  }

  /** Bounds what hangs in drivers. */
  private void awaitRoom() throws InterruptedException {
    hanging.removeIf(run -> !run.isAlive());
    while (hanging.size() >= MOST_HANGING && closing.getCount() > 0) {
      tally.is(State.FAILS, "The driver of the camera hangs, so no part is judged by it. Unplug it and plug it in again; where that does not help, start the station again.");
      closing.await(MOST_BACK_OFF.toNanos(), TimeUnit.NANOSECONDS);
      hanging.removeIf(run -> !run.isAlive());
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  @Override
  public void close() {
    closing.countDown();
    List<Pending> left = new ArrayList<>(pending.all());
    left.addAll(queue.close());
    left.forEach(asked -> judge.missed(asked, Fault.SHUTTING_DOWN, "The camera " + name + " was closed before this part was judged."));
    try {
      TimeUnit.MILLISECONDS.timedJoin(judges, CLOSING.toMillis());
      TimeUnit.MILLISECONDS.timedJoin(watching, CLOSING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
