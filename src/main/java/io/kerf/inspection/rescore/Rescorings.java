package io.kerf.inspection.rescore;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.BundleStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The rescorings of a station: one at a time, on a thread of its own, and the last {@value #KEPT} to look at. They end with the station, and
 * it remembers none after a restart.
 */
public final class Rescorings implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Rescorings.class);
  public static final int KEPT = 10;
  /** An image takes a fraction of it. */
  private static final Duration END_PATIENCE = Duration.ofSeconds(5);

  private final Rescorer rescorer;
  private final Function<String, BundleStore> bundles;
  private final Supplier<String> ids;
  private final List<Rescoring> all = new CopyOnWriteArrayList<>();
  private boolean closed;

  /** @param bundles the bundle store of a recipe. @param ids gives a new one at each call */
  public Rescorings(Rescorer rescorer, Function<String, BundleStore> bundles, Supplier<String> ids) {
    this.rescorer = rescorer;
    this.bundles = bundles;
    this.ids = ids;
  }

  /**
   * Begins a rescoring.
   *
   * @throws FaultException {@link Fault#RESCORING_RUNNING} while another runs, {@link Fault#SHUTTING_DOWN}, or as {@link Rescorer#prepare} says
   */
  public synchronized Rescoring start(RescoringOrder order) throws IOException {
    if (closed) {
      throw new FaultException(Fault.SHUTTING_DOWN, "The station is stopping, so no rescoring begins. Ask again when it is back.");
    }
    Optional<Rescoring> running = all.stream().filter(Rescoring::isRunning).findFirst();
    if (running.isPresent()) {
      throw new FaultException(Fault.RESCORING_RUNNING, running.get().words() + ", and one runs at a time. Wait for its end or cancel it, then ask again.");
    }
    RescoringRun run = rescorer.prepare(ids.get(), order, bundles.apply(order.recipe()));
    all.add(0, run.rescoring());
    if (all.size() > KEPT) {
      all.remove(KEPT);
    }
    Thread thread = new Thread(run, "rescoring");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
    LOG.infof("Rescoring %s of %s was asked for by %s.", run.rescoring().id(), order.words(), order.by());
    return run.rescoring();
  }

  /** Newest first. */
  public List<Rescoring> recent() {
    return List.copyOf(all);
  }

  public Optional<Rescoring> byId(String id) {
    return all.stream().filter(one -> one.id().equals(id)).findFirst();
  }

  /** Ends a rescoring and waits until it has; one that has ended stays as it is. Empty where there is none of that identifier. */
  public Optional<Rescoring> cancel(String id) {
    Optional<Rescoring> rescoring = byId(id);
    rescoring.ifPresent(Rescorings::end);
    return rescoring;
  }

  private static void end(Rescoring rescoring) {
    rescoring.cancel();
    try {
      if (!rescoring.awaitEnd(END_PATIENCE)) {
        LOG.warnf("Rescoring %s has not ended yet; it does after the image it is at.", rescoring.id());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends what runs and begins nothing any more. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    all.stream().filter(Rescoring::isRunning).forEach(Rescorings::end);
  }
}
