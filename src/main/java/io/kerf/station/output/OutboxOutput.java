package io.kerf.station.output;

import io.kerf.config.document.OutboxSettings;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Output;
import io.kerf.station.output.OutcomeTable.Cursor;
import io.kerf.station.output.OutcomeTable.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * An output whose outbox is the record.
 *
 * <ol>
 *   <li>Each outcome since the output was set up is handed over at least once, in the order of the records; after an interruption the last few may come again.
 *   <li>What {@link #tell} does is wake a thread: nothing of the receiver reaches the line.
 *   <li>Where more than {@code max-waiting} wait, the oldest are given up and counted; so is what was deleted from the record before its turn.
 *   <li>How far it is, is kept twice a second while it moves: a killed process repeats what went in the last half second and loses nothing.
 *   <li>After an interruption what has waited goes at a bounded rate ({@link Pace}).
 * </ol>
 */
final class OutboxOutput implements Output {
  private static final Logger LOG = Logger.getLogger(OutboxOutput.class);
  private static final Duration TEND_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK_WHILE_CATCHING_UP = Duration.ofMillis(20);
  private static final Duration KEEP_EVERY = Duration.ofMillis(500);
  private static final Duration LOSS_LOGGED_EVERY = Duration.ofMinutes(1);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(3);
  private static final Duration LONGEST_TEST = Duration.ofSeconds(15);

  private final String name;
  private final String kind;
  private final Set<Verdict> wanted;
  private final int maxWaiting;
  private final OutcomeTable table;
  private final Messages messages;
  private final Peer peer;
  private final Pace pace;
  private final Health health;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Wakes wakes;
  private final Thread thread;

  private final AtomicLong told = new AtomicLong();
  private final AtomicLong delivered = new AtomicLong();
  private volatile Cursor cursor;
  private volatile long newest;
  private volatile Instant lastDeliveredAt;
  private volatile boolean closed;
  private Cursor kept;
  private long keptAt;
  private boolean waiting;
  private long resumeAt;
  private Optional<Long> lossLoggedAt = Optional.empty();

  /**
   * @param kind for people
   * @param wanted verdicts that are handed over; others are passed by
   * @param wakes by which the peer says that it is back
   */
  OutboxOutput(String name, String kind, Set<Verdict> wanted, OutboxSettings settings, OutcomeTable table, Messages messages, Peer peer, Health health, Wakes wakes,
      Clock clock, LongSupplier nanos) {
    this.name = name;
    this.kind = kind;
    this.wanted = wanted;
    this.maxWaiting = settings.maxWaiting();
    this.table = table;
    this.messages = messages;
    this.peer = peer;
    this.pace = new Pace(settings.catchUpRate(), settings.catchUpDelay(), Math::random);
    this.health = health;
    this.wakes = wakes;
    this.clock = clock;
    this.nanos = nanos;
    this.thread = new Thread(this::run, "output-" + name);
    thread.setDaemon(true);
  }

  /** From here on it counts what comes, where the database lets it. */
  OutboxOutput start() {
    try {
      look();
    } catch (FaultException e) {
      health.fails(e.detail());
    }
    thread.start();
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void tell(Outcome outcome) {
    if (wanted.contains(outcome.verdict())) {
      told.incrementAndGet();
    }
    wakes.told();
  }

  /** There is something in the table that was not when it was told of. */
  void wake() {
    wakes.told();
  }

  private void run() {
    while (!closed) {
      Duration pause;
      boolean tryingAgain = false;
      try {
        Step step = step();
        pause = step.pause();
        tryingAgain = step.tryingAgain();
      } catch (RuntimeException e) {
        LOG.debugf(e, "Output %s could not be served", name);
        health.fails(e instanceof FaultException fault ? fault.detail() : "It could not be served (" + e + "). It is tried again.");
        pause = TEND_EVERY;
        tryingAgain = true;
      }
      wakes.await(pause.compareTo(TEND_EVERY) < 0 ? pause : TEND_EVERY, tryingAgain);
    }
    keep();
  }

  /** @param tryingAgain whether only the receiver's return ends the pause early */
  private record Step(Duration pause, boolean tryingAgain) {}

  private Step step() {
    peer.tend();
    long now = nanos.getAsLong();
    boolean back = wakes.isBack();
    waiting = waiting && !back && resumeAt - now > 0;
    look();
    Step next = waiting ? new Step(Duration.ofNanos(resumeAt - now), true) : handSome(now);
    keepNowAndThen(now);
    return next;
  }

  private Step handSome(long now) {
    int allowed = Math.min(pace.allowed(now, newest, cursor.told()), peer.window());
    if (newest == cursor.told()) {
      return new Step(kept.equals(cursor) ? TEND_EVERY : KEEP_EVERY, false);
    }
    return allowed == 0 ? new Step(LOOK_WHILE_CATCHING_UP, true) : hand(table.after(cursor.told(), allowed));
  }

  /** Where it is and what waits; begins with what comes from now on where it is new. */
  private void look() {
    newest = table.newest();
    if (cursor == null) {
      cursor = table.cursor(name).orElseGet(() -> new Cursor(newest, 0));
      kept = cursor;
      table.keep(name, cursor);
    }
    if (newest < cursor.told()) {
      LOG.warnf("Output %s: the database was replaced, so what had waited is not known any more; it goes on with what is recorded since", name);
      cursor = new Cursor(0, cursor.lost());
    }
    long excess = newest - cursor.told() - maxWaiting;
    if (excess > 0) {
      giveUp(cursor.told() + excess, excess, "more than " + maxWaiting + " waited (max-waiting)");
    }
  }

  private void giveUp(long upTo, long many, String why) {
    long now = nanos.getAsLong();
    if (lossLoggedAt.isEmpty() || now - lossLoggedAt.get() >= LOSS_LOGGED_EVERY.toNanos()) {
      lossLoggedAt = Optional.of(now);
      LOG.errorf("Output %s gives up outcomes: %s. They are counted as lost; the verdicts themselves are on record.", name, why);
    }
    cursor = new Cursor(upTo, cursor.lost() + many);
  }

  private Step hand(List<Entry> entries) {
    if (entries.isEmpty()) {
      cursor = new Cursor(newest, cursor.lost());
    }
    List<CompletableFuture<Delivery>> onTheirWay = new ArrayList<>();
    for (Entry entry : entries) {
      Optional<Message> message = messages.of(entry);
      onTheirWay.add(message.isEmpty() ? CompletableFuture.completedFuture(new Delivery.Refused("it was deleted from the record before its turn (retention)"))
          : wanted.contains(message.get().verdict()) ? peer.deliver(message.get()) : CompletableFuture.completedFuture(null));
    }
    for (int i = 0; i < entries.size(); i++) {
      Optional<Delivery.Later> later = settle(entries.get(i).number(), onTheirWay.get(i).join());
      if (later.isPresent()) {
        return away(later.get());
      }
    }
    pace.went(entries.size());
    return new Step(Duration.ZERO, false);
  }

  /** @param delivery null where nobody wants it */
  private Optional<Delivery.Later> settle(long number, Delivery delivery) {
    if (delivery instanceof Delivery.Later later) {
      return Optional.of(later);
    }
    if (delivery instanceof Delivery.Refused refused) {
      health.fails("An outcome was lost: " + refused.why() + ".");
      giveUp(number, 1, refused.why());
    } else {
      cursor = new Cursor(number, cursor.lost());
    }
    if (delivery instanceof Delivery.Delivered) {
      delivered.incrementAndGet();
      lastDeliveredAt = clock.instant();
      health.works("It takes outcomes.");
    }
    return Optional.empty();
  }

  private Step away(Delivery.Later later) {
    health.fails(later.why());
    pace.interrupted();
    waiting = true;
    resumeAt = nanos.getAsLong() + later.pause().toNanos();
    return new Step(later.pause(), true);
  }

  private void keepNowAndThen(long now) {
    if (!kept.equals(cursor) && now - keptAt >= KEEP_EVERY.toNanos()) {
      table.keep(name, cursor);
      kept = cursor;
      keptAt = now;
    }
  }

  private void keep() {
    try {
      if (cursor != null && !cursor.equals(kept)) {
        table.keep(name, cursor);
      }
    } catch (FaultException e) {
      LOG.warnf("Output %s: how far it is could not be kept, so the last outcomes will be told again: %s", name, e.detail());
    }
  }

  /**
   * Hands over a part that there is not, past the outbox.
   *
   * @throws FaultException {@link Fault#OUTPUT_FAILED} where it did not arrive
   */
  void test() {
    try {
      Delivery delivery = peer.deliver(messages.test(name, clock.instant())).get(LONGEST_TEST.toSeconds(), TimeUnit.SECONDS);
      if (delivery instanceof Delivery.Refused refused) {
        throw failed(refused.why());
      } else if (delivery instanceof Delivery.Later later) {
        throw failed(later.why());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("the station is stopping");
    } catch (ExecutionException | TimeoutException e) {
      throw failed("there was no answer within " + LONGEST_TEST.toSeconds() + " s");
    }
  }

  private FaultException failed(String why) {
    return new FaultException(Fault.OUTPUT_FAILED, "Output " + name + " did not take the test: " + why + ". Verdicts are recorded, and wait for it in its outbox.");
  }

  @Override
  public Status status() {
    Cursor at = cursor;
    return new Status(name, kind, health.condition(), told.get(), delivered.get(), at == null ? 0 : Math.max(0, newest - at.told()), at == null ? 0 : at.lost(),
        Optional.ofNullable(lastDeliveredAt));
  }

  @Override
  public void close() {
    closed = true;
    wakes.back();
    try {
      thread.join(LONGEST_STOP.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    peer.close();
  }
}
