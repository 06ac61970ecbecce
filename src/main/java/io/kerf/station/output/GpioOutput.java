package io.kerf.station.output;

import io.kerf.config.document.GpioSettings;
import io.kerf.config.document.GpioSettings.TriggerLine;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Output;
import io.kerf.station.line.Trigger;
import io.kerf.station.line.Triggers;
import io.kerf.station.output.GpioChip.LineIn;
import io.kerf.station.output.GpioChip.LinesOut;
import io.kerf.station.output.GpioSignals.Event;
import io.kerf.station.output.GpioSignals.Levels;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Lines of a GPIO chip. A thread of the highest priority sets those out, as {@link GpioSignals} decides; another waits for the line in. A chip that fails is
 * opened again every two seconds, and what happens meanwhile is counted as lost: a result that comes late would be taken for that of the next part.
 */
final class GpioOutput implements Output {
  private static final int MOST_EVENTS = 64;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

  private final String name;
  private final GpioSettings settings;
  private final GpioChip chip;
  private final Triggers triggers;
  private final Health health;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Thread out;
  private final Optional<Thread> in;
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong shown = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private volatile Instant lastShownAt;
  private volatile boolean closed;
  private String outTrouble = "";
  private String inTrouble = "";
  private GpioSignals state;
  private long shownAt;

  GpioOutput(String name, GpioSettings settings, GpioChip chip, Triggers triggers, Health health, Clock clock, LongSupplier nanos) {
    this.name = name;
    this.settings = settings;
    this.chip = chip;
    this.triggers = triggers;
    this.health = health;
    this.clock = clock;
    this.nanos = nanos;
    this.state = GpioSignals.start(settings.pulse().isEmpty());
    this.out = thread("output-" + name, this::serve);
    this.in = settings.trigger().map(line -> thread("trigger-" + name, () -> listen(line)));
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.setPriority(Thread.MAX_PRIORITY);
    return thread;
  }

  GpioOutput start() {
    out.start();
    in.ifPresent(Thread::start);
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void tell(Outcome outcome) {
    told.incrementAndGet();
    if (!events.offer(new GpioSignals.Shown(outcome.verdict()))) {
      lost.incrementAndGet();
    }
  }

  private void serve() {
    while (!closed) {
      try (LinesOut lines = offsets().length == 0 ? new NoLines() : chip.out(offsets(), settings.activeLow())) {
        begin(lines);
        outIs("");
        while (!closed) {
          drive(lines);
        }
        lines.set(bits(Levels.LOW));
      } catch (IOException | RuntimeException e) {
        outIs("The chip " + settings.chip() + " cannot be driven (" + e.getMessage() + "), so its lines tell nothing. See that it is there, that no other program has "
            + "its lines and that the station's user is in the group that may use it; it is tried again.");
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private synchronized void outIs(String trouble) {
    outTrouble = trouble;
    report();
  }

  private synchronized void inIs(String trouble) {
    inTrouble = trouble;
    report();
  }

  private void report() {
    if (outTrouble.isEmpty() && inTrouble.isEmpty()) {
      health.works("Drives its lines of " + settings.chip() + ".");
    } else {
      health.fails(outTrouble.isEmpty() ? inTrouble : outTrouble);
    }
  }

  /** What happened while there was no chip is over. */
  private void begin(LinesOut lines) throws IOException {
    List<Event> missed = new ArrayList<>();
    events.drainTo(missed);
    lost.addAndGet(missed.stream().filter(GpioSignals.Shown.class::isInstance).count());
    state = GpioSignals.start(settings.pulse().isEmpty());
    lines.set(bits(state.levels()));
  }

  /** An output that only listens. */
  private record NoLines() implements LinesOut {
    @Override
    public void set(long active) {
      // There is nothing to set.
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }

  private void drive(LinesOut lines) throws IOException, InterruptedException {
    Event next = events.poll(untilNext(), TimeUnit.NANOSECONDS);
    boolean holdOver = settings.pulse().isPresent() && state.result().isPresent() && nanos.getAsLong() - shownAt >= settings.pulse().get().toNanos();
    if (holdOver) {
      take(lines, new GpioSignals.HoldOver());
    }
    if (next != null) {
      take(lines, next);
    }
  }

  private void take(LinesOut lines, Event event) throws IOException {
    GpioSignals.Step step = state.on(event);
    for (Levels levels : step.levels()) {
      lines.set(bits(levels));
    }
    state = step.next();
    if (event instanceof GpioSignals.Shown) {
      shownAt = nanos.getAsLong();
      shown.incrementAndGet();
      lastShownAt = clock.instant();
    }
  }

  private long untilNext() {
    Optional<Duration> pulse = settings.pulse();
    long most = LOOK_AGAIN.toNanos();
    return pulse.isPresent() && state.result().isPresent() ? Math.max(0, Math.min(most, pulse.get().toNanos() - (nanos.getAsLong() - shownAt))) : most;
  }

  /** In the order of {@link #bits}. */
  private int[] offsets() {
    return IntStream.concat(IntStream.concat(settings.ok().stream(), settings.ng().stream()), IntStream.concat(settings.error().stream(), settings.ready().stream()))
        .toArray();
  }

  private long bits(Levels levels) {
    long bits = 0;
    int place = 0;
    OptionalInt[] lines = {settings.ok(), settings.ng(), settings.error(), settings.ready()};
    boolean[] active = {levels.ok(), levels.ng(), levels.error(), levels.ready()};
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].isPresent()) {
        bits |= active[i] ? 1L << place : 0;
        place++;
      }
    }
    return bits;
  }

  private void listen(TriggerLine line) {
    while (!closed) {
      try (LineIn edges = chip.in(line.line(), line.edge(), line.debounce())) {
        inIs("");
        while (!closed) {
          OptionalLong at = edges.await(LOOK_AGAIN);
          at.ifPresent(nanos -> fire(line, nanos));
        }
      } catch (IOException | RuntimeException e) {
        inIs("The line " + line.line() + " of " + settings.chip() + " cannot be listened to (" + e.getMessage() + "), so no part is seen to come. It is tried again.");
        pause();
      }
    }
  }

  private void fire(TriggerLine line, long at) {
    events.offer(new GpioSignals.Triggered());
    try {
      triggers.fire(line.camera(), new Trigger(Optional.empty(), Optional.empty(), name, at)).whenComplete((outcome, never) -> events.offer(new GpioSignals.Over()));
    } catch (RuntimeException e) {
      tell(new Outcome.Missed(line.camera(), Optional.empty(), Optional.empty(), "trigger-failed", "The camera could not be asked (" + e + ").", clock.instant()));
      events.offer(new GpioSignals.Over());
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(TRY_AGAIN.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  @Override
  public Status status() {
    return new Status(name, "gpio", health.condition(), told.get(), shown.get(), 0, lost.get(), Optional.ofNullable(lastShownAt));
  }

  @Override
  public void close() {
    closed = true;
    join(out);
    in.ifPresent(GpioOutput::join);
  }

  private static void join(Thread thread) {
    try {
      thread.join(LONGEST_STOP.toMillis());
      thread.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
