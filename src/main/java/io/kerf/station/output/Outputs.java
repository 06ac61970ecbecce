package io.kerf.station.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kerf.config.document.OutputsSection;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Output;
import io.kerf.station.line.RecipeChoice;
import io.kerf.station.line.Triggers;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The outputs of the station document.
 *
 * <ol>
 *   <li>{@link #tell} returns within a fraction of a millisecond and throws nothing, whatever any receiver does.
 *   <li>An output that fails costs no other anything.
 *   <li>{@link #reconcile} leaves alone what has not changed.
 *   <li>What is judged is in the outboxes as soon as it is on record. A part that was missed has no record; it is entered by a thread of its own, a few
 *       milliseconds later, and a process that is killed meanwhile loses it.
 * </ol>
 */
public final class Outputs implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Outputs.class);
  private static final int MOST_MISSED = 1000;
  private static final long PRUNE_EVERY_SECONDS = 5;
  private static final int PRUNES_AT_ONCE = 20;

  private final OutcomeTable table;
  private final Messages messages;
  private final Making making;
  private final ExecutorService executor;
  private final BlockingQueue<Outcome.Missed> missed = new ArrayBlockingQueue<>(MOST_MISSED);
  private final AtomicLong missedLost = new AtomicLong();
  private final Thread entering = new Thread(this::enter, "outputs-record");
  private volatile Map<String, Running> running = Map.of();
  private volatile boolean closed;

  /** Makes an output of its settings and starts it. */
  interface Making {
    Output make(String station, String name, Object settings);
  }

  /** @param as what it was made of */
  private record Running(Output output, Wanted as) {}

  private record Wanted(String station, Object settings) {}

  /**
   * @param json the one that the web answers with
   * @param ids gives identifiers as inspections have
   * @param nanos rising, whatever the wall clock does
   */
  public static Outputs of(DataSource source, InspectionStore inspections, ObjectMapper json, Supplier<String> ids, Triggers triggers, RecipeChoice recipes, Clock clock,
      LongSupplier nanos) {
    OutcomeTable table = new OutcomeTable(source);
    Messages messages = new Messages(inspections::byId, json, ids);
    ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
      Thread thread = new Thread(task, "outputs-commands");
      thread.setDaemon(true);
      return thread;
    });
    OutputMaker maker = new OutputMaker(table, messages, json, triggers, recipes, Secrets.ofThisProcess(), executor, clock, nanos);
    return new Outputs(table, messages, maker::make, executor);
  }

  Outputs(OutcomeTable table, Messages messages, Making making, ExecutorService executor) {
    this.table = table;
    this.messages = messages;
    this.making = making;
    this.executor = executor;
    entering.setDaemon(true);
  }

  /** Begins to tidy up what outputs have passed. Needs the database. */
  public Outputs start() {
    entering.start();
    return this;
  }

  /**
   * Brings what runs into line with the document.
   *
   * @param station its identifier, for topics
   */
  public synchronized void reconcile(String station, OutputsSection section) {
    Map<String, Wanted> wanted = new LinkedHashMap<>();
    section.all().forEach((name, settings) -> wanted.put(name, new Wanted(station, settings)));
    OutputPlan plan = OutputPlan.of(running.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().as())), wanted);
    Map<String, Running> next = new LinkedHashMap<>(running);
    stop(plan.stop().stream().map(next::remove).toList());
    forget(wanted.keySet());
    for (String name : plan.start()) {
      try {
        next.put(name, new Running(making.make(station, name, wanted.get(name).settings()), wanted.get(name)));
      } catch (RuntimeException e) {
        LOG.errorf(e, "Output %s could not be started; the others run", name);
      }
    }
    running = Map.copyOf(next);
  }

  private void stop(Collection<Running> ended) {
    running = running.entrySet().stream().filter(one -> !ended.contains(one.getValue())).collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    CompletableFuture.allOf(ended.stream().map(one -> CompletableFuture.runAsync(() -> close(one.output()), task -> new Thread(task, "output-close").start()))
        .toArray(CompletableFuture[]::new)).join();
  }

  private static void close(Output output) {
    try {
      output.close();
    } catch (Exception e) {
      LOG.warnf(e, "Output %s did not end in an orderly way", output.name());
    }
  }

  private void forget(Collection<String> wanted) {
    try {
      table.forgetAllBut(wanted);
    } catch (FaultException e) {
      LOG.warnf("Outputs that are gone could not be forgotten: %s", e.detail());
    }
  }

  /** Tells all of them of a part. */
  public void tell(Outcome outcome) {
    Map<String, Running> now = running;
    if (outcome instanceof Outcome.Missed lost && now.values().stream().anyMatch(one -> one.output() instanceof OutboxOutput) && !missed.offer(lost)) {
      missedLost.incrementAndGet();
    }
    for (Running one : now.values()) {
      try {
        one.output().tell(outcome);
      } catch (RuntimeException e) {
        LOG.errorf(e, "Output %s could not be told of a part", one.output().name());
      }
    }
  }

  private void enter() {
    while (!closed) {
      try {
        Outcome.Missed next = missed.poll(PRUNE_EVERY_SECONDS, TimeUnit.SECONDS);
        if (next != null) {
          table.add(messages.text(next));
          running.values().forEach(one -> {
            if (one.output() instanceof OutboxOutput outbox) {
              outbox.wake();
            }
          });
        } else {
          tidy();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warnf("What outputs are told could not be written or tidied up: %s", e.getMessage());
      }
    }
  }

  private void tidy() throws InterruptedException {
    long outboxes = running.values().stream().filter(one -> one.output() instanceof OutboxOutput).count();
    for (int i = 0; i < PRUNES_AT_ONCE && table.prune(outboxes); i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** By name. */
  public List<Output.Status> statuses() {
    return running.values().stream().map(one -> one.output().status()).sorted(Comparator.comparing(Output.Status::name)).toList();
  }

  /** Parts without a record that could not be entered into the outboxes: more than {@value #MOST_MISSED} came at once. */
  public long missedLost() {
    return missedLost.get();
  }

  /**
   * Hands a part to an output that there is not, marked as a test.
   *
   * @throws FaultException {@link Fault#NOT_FOUND} where there is no such output, {@link Fault#OUTPUT_UNTESTABLE} where that could move the line, {@link
   *     Fault#OUTPUT_FAILED} where it did not arrive
   */
  public void test(String name) {
    Running one = running.get(name);
    if (one == null) {
      throw new FaultException(Fault.NOT_FOUND, "There is no output " + name + ". Outputs stand in the station document.");
    }
    if (!(one.output() instanceof OutboxOutput outbox)) {
      throw new FaultException(Fault.OUTPUT_UNTESTABLE, "Output " + name + " drives a machine, which could move by a test. Let it judge a part, with the line in a safe state.");
    }
    outbox.test();
  }

  /** Ends all of them, before the database closes. */
  @Override
  public synchronized void close() {
    closed = true;
    entering.interrupt();
    stop(List.copyOf(running.values()));
    executor.shutdown();
  }
}
