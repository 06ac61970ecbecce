package io.kerf.station.output;

import io.kerf.config.document.ModbusSettings;
import io.kerf.config.document.ModbusSettings.Follow;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Output;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.line.Trigger;
import io.kerf.station.line.Triggers;
import io.kerf.station.output.Handshake.Effect;
import io.kerf.station.output.Handshake.Event;
import io.kerf.station.output.Handshake.Phase;
import io.kerf.station.output.Handshake.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A Modbus TCP server: {@link Handshake} decides, {@link Registers} is the map, {@link ModbusPort} has the connections. One thread does what is decided; it waits
 * for no client, and nobody waits for it.
 */
final class ModbusOutput implements Output {
  private static final Logger LOG = Logger.getLogger(ModbusOutput.class);
  private static final Result NO_IMAGE = new Result(Verdict.UNJUDGED, Optional.empty(), Optional.empty(), true);
  private static final int MOST_EVENTS = 256;
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);

  private final String name;
  private final ModbusSettings settings;
  private final Triggers triggers;
  private final RecipeChoice recipes;
  private final Health health;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Thread thread;
  private final BlockingQueue<Seen> events = new ArrayBlockingQueue<>(MOST_EVENTS);
  private final AtomicInteger signals = new AtomicInteger();
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong shown = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong overruns = new AtomicLong();
  private final AtomicLong unacknowledged = new AtomicLong();
  private volatile Instant lastShownAt;
  private volatile boolean closed;
  private Handshake state = Handshake.START;
  private boolean beat;
  private long shownAt;

  /** @param at when, by {@link System#nanoTime()} */
  private record Seen(Event event, long at) {}

  ModbusOutput(String name, ModbusSettings settings, Triggers triggers, RecipeChoice recipes, Health health, Clock clock, LongSupplier nanos) {
    this.name = name;
    this.settings = settings;
    this.triggers = triggers;
    this.recipes = recipes;
    this.health = health;
    this.clock = clock;
    this.nanos = nanos;
    this.thread = new Thread(this::run, "output-" + name);
    thread.setDaemon(true);
  }

  ModbusOutput start() {
    thread.start();
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void tell(Outcome outcome) {
    told.incrementAndGet();
    if (settings.follow() == Follow.ALL) {
      offer(new Handshake.Seen(result(outcome)));
    }
  }

  /** Keeps room for the result that a PLC waits for, however much else comes. */
  private void offer(Event event) {
    int most = event instanceof Handshake.Signals ? MOST_EVENTS / 4 : event instanceof Handshake.Seen ? MOST_EVENTS / 2 : MOST_EVENTS;
    boolean taken = events.size() < most && events.offer(new Seen(event, nanos.getAsLong()));
    if (!taken && !(event instanceof Handshake.Signals)) {
      lost.incrementAndGet();
    }
  }

  private static Result result(Outcome outcome) {
    Optional<Judgement> judgement = outcome instanceof Outcome.Judged judged ? judged.inspection().judgement() : Optional.empty();
    return new Result(outcome.verdict(), judgement.map(Judgement::score), judgement.map(Judgement::pValue), outcome instanceof Outcome.Missed);
  }

  private void run() {
    while (!closed) {
      try (ModbusPort port = new ModbusPort(settings, this::signalled)) {
        port.open();
        health.works("Listens on " + settings.host() + ":" + settings.port() + " for PLCs.");
        serve(port);
      } catch (ExecutionException | RuntimeException e) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        health.fails("The port " + settings.host() + ":" + settings.port() + " cannot be listened on (" + cause.getMessage()
            + "), so PLCs get no answer. See that nothing else listens there and that the station may; it is tried again.");
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(TRY_AGAIN.toMillis());
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** By the thread of a connection. Where too much comes at once, {@link #serve} looks at how the signals are in the end. */
  private void signalled(int now) {
    signals.set(now);
    offer(new Handshake.Signals(Registers.inputs(now)));
  }

  private void serve(ModbusPort port) throws InterruptedException {
    long begun = nanos.getAsLong();
    while (!closed) {
      long now = nanos.getAsLong();
      beat = (now - begun) / HEARTBEAT.toNanos() % 2 == 1;
      if (state.phase() == Phase.DONE && now - shownAt >= settings.ackTimeout().toNanos()) {
        take(port, new Handshake.AckOverdue(), now);
      }
      show(port);
      Seen next = events.poll(untilNext(now, begun), TimeUnit.NANOSECONDS);
      if (next != null) {
        take(port, next.event(), next.at());
      } else if (!Registers.inputs(signals.get()).equals(state.last())) {
        take(port, new Handshake.Signals(Registers.inputs(signals.get())), nanos.getAsLong());
      }
    }
  }

  private long untilNext(long now, long begun) {
    long beat = HEARTBEAT.toNanos() - (now - begun) % HEARTBEAT.toNanos();
    return state.phase() == Phase.DONE ? Math.max(0, Math.min(beat, shownAt + settings.ackTimeout().toNanos() - now)) : beat;
  }

  private void take(ModbusPort port, Event event, long at) {
    Handshake.Step step = state.on(event);
    state = step.next();
    for (Effect effect : step.effects()) {
      switch (effect) {
        case TAKE_PICTURE -> fire(port, at);
        case CHANGE_RECIPE -> changeRecipe(port);
        case SHOWN -> {
          shown.incrementAndGet();
          shownAt = nanos.getAsLong();
          lastShownAt = clock.instant();
        }
        case UNACKNOWLEDGED -> unacknowledged.incrementAndGet();
        case OVERRUN -> overruns.incrementAndGet();
      }
    }
  }

  private void fire(ModbusPort port, long at) {
    show(port);
    Trigger trigger = new Trigger(Registers.partId(port::holding), Optional.empty(), name, at);
    if (settings.camera().isEmpty()) {
      offer(new Handshake.Judged(NO_IMAGE));
      health.fails("A PLC triggered, but this output names no camera: set camera in the station document.");
      return;
    }
    try {
      triggers.fire(settings.camera().get(), trigger).whenComplete((outcome, never) -> offer(new Handshake.Judged(outcome == null ? NO_IMAGE : result(outcome))));
    } catch (RuntimeException e) {
      LOG.errorf(e, "Output %s: the camera %s could not be asked", name, settings.camera().get());
      offer(new Handshake.Judged(NO_IMAGE));
    }
  }

  /** The PLC sees BUSY meanwhile. */
  private void changeRecipe(ModbusPort port) {
    show(port);
    boolean changed = true;
    try {
      recipes.useNumber(port.holding(Registers.RECIPE), name);
    } catch (RuntimeException e) {
      LOG.warnf("Output %s: the recipe was not changed: %s", name, e.getMessage());
      changed = false;
    }
    take(port, new Handshake.RecipeAnswered(changed), nanos.getAsLong());
  }

  private void show(ModbusPort port) {
    port.show(Registers.input(state, recipes.numberInUse(), shown.get(), beat, settings.wordOrder()));
  }

  @Override
  public Status status() {
    Condition condition = health.condition();
    String words = condition.words() + " Signals while not ready: " + overruns + ", results not acknowledged: " + unacknowledged + ".";
    return new Status(name, "modbus", new Condition(condition.state(), words, condition.since()), told.get(), shown.get(), 0, lost.get(), Optional.ofNullable(lastShownAt));
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
