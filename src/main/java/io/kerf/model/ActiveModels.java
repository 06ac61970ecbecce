package io.kerf.model;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The generation in use for each recipe, and its hot swap. Requests take leases and never wait for a swap.
 *
 * <ol>
 *   <li>A bundle is verified, loaded, warmed and shown the golden parts before anything changes; then {@code active.json} is replaced, then one
 *       reference. Returning to the bundle before needs no golden parts.
 *   <li>A damaged or unloadable bundle is never served: the generation in use stays; at start the previous bundle takes its place.
 *   <li>A frame that holds a lease keeps its generation to the end. The old generation is closed after its last lease, on a thread of its own.
 *   <li>While frames hold an old generation for longer than they may, the next swap is refused; nothing is freed by force.
 *   <li>A model may be unloaded while it is not needed. It stays the recipe's model in use, known by its digest, and is loaded again on demand.
 *   <li>A bundle judges as the station {@link Demands demands} of its recipe, where it can.
 *   <li>Observers are told of each change once it is made, whoever asked for it, another process among them; not of what was changed before the start.
 * </ol>
 */
public final class ActiveModels implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ActiveModels.class);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

  private final Function<String, BundleStore> stores;
  private final EncoderSource encoders;
  private final Drain drain;
  private final GoldenCheck golden;
  private final Clock clock;
  private final Consumer<Changed> observers;
  /** What is let go of after the end is freed on the thread that lets go. */
  private final ExecutorService closer = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
    Thread thread = new Thread(task, "generation-closer");
    thread.setDaemon(true);
    return thread;
  }, (task, ended) -> task.run());
  private final Function<String, Demands> demands;
  private final Map<String, Generation> inUse = new ConcurrentHashMap<>();
  /** By recipe and digest: bundles that could not be followed, which are not tried again by themselves. */
  private final Map<String, Map<String, Swap.Refused>> refused = new ConcurrentHashMap<>();
  /** What each generation in use was opened with. */
  private final Map<String, Demands.Met> met = new ConcurrentHashMap<>();
  /** Demands with which a model could not be loaded anew. */
  private final Map<String, Demands> failing = new ConcurrentHashMap<>();
  /** Digests whose activation observers know of, whether they are loaded or not. */
  private final Map<String, String> seen = new ConcurrentHashMap<>();

  /**
   * @param stores the bundle store of a recipe
   * @param encoders loads them onto an engine
   * @param golden what a model must find that takes another's place
   * @param drainPatience how long frames may take to let go of a generation before the next swap is refused
   * @param demands of the station to the models of a recipe, asked each time one is loaded
   * @param nanos rising, whatever the wall clock does
   * @param observers are told of each change, in the thread that made it
   */
  public ActiveModels(Function<String, BundleStore> stores, EncoderSource encoders, GoldenCheck golden, Function<String, Demands> demands, Duration drainPatience, Clock clock,
      LongSupplier nanos, Consumer<Changed> observers) {
    this.stores = stores;
    this.encoders = encoders;
    this.golden = golden;
    this.demands = demands;
    this.drain = new Drain(drainPatience, nanos);
    this.clock = clock;
    this.observers = observers;
  }

  /** With no demands beyond what models have learnt. */
  public ActiveModels(Function<String, BundleStore> stores, EncoderSource encoders, GoldenCheck golden, Duration drainPatience, Clock clock, LongSupplier nanos,
      Consumer<Changed> observers) {
    this(stores, encoders, golden, recipe -> Demands.NONE, drainPatience, clock, nanos, observers);
  }

  /** With half a minute for frames to let go, and nobody to be told. */
  public ActiveModels(Function<String, BundleStore> stores, String engine, int threads) {
    this(stores, EncoderSource.on(engine, threads), GoldenCheck.NONE, Duration.ofSeconds(30), Clock.systemUTC(), System::nanoTime, changed -> {});
  }

  /** A lease on the recipe's generation; empty where it has none. */
  public Optional<Generation.Lease> lease(String recipe) {
    while (true) {
      Generation generation = inUse.get(recipe);
      if (generation == null) {
        return Optional.empty();
      }
      Optional<Generation.Lease> lease = generation.lease();
      if (lease.isPresent()) {
        return lease;
      }
      Thread.onSpinWait();
    }
  }

  /** The generation in use, to look at; it may be retired at any moment. */
  public Optional<Generation> current(String recipe) {
    return Optional.ofNullable(inUse.get(recipe));
  }

  /** Recipes whose models are in memory. */
  public Set<String> loaded() {
    return Set.copyOf(inUse.keySet());
  }

  /** The bundle that a recipe uses, whether it is in memory or not; empty where it has none, or none that can be read. */
  public Optional<BundleStore.Listed> known(String recipe) {
    Generation generation = inUse.get(recipe);
    if (generation != null) {
      return Optional.of(new BundleStore.Listed(generation.bundle().digest(), generation.bundle().manifest(), true));
    }
    try {
      return stores.apply(recipe).inUse();
    } catch (FaultException | IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The bundle that a recipe uses, as the station demands it, whether it is in memory or not; empty where it has none.
   *
   * @throws FaultException where it is not in memory and cannot be read
   */
  public Optional<Bundle> bundle(String recipe) {
    Generation generation = inUse.get(recipe);
    if (generation != null) {
      return Optional.of(generation.bundle());
    }
    BundleStore store = stores.apply(recipe);
    try {
      Optional<Activation> active = store.active();
      return active.isEmpty() ? Optional.empty() : Optional.of(demanded(recipe, store.load(active.get().digest())));
    } catch (IOException e) {
      throw new FaultException(Fault.DATA_FOLDER_UNUSABLE, unreadable(recipe, e).detail(), e);
    }
  }

  /** A bundle of a recipe as it would judge here: with the recipe's demands, where it can meet them. */
  public Bundle demanded(String recipe, Bundle bundle) {
    return demands.apply(recipe).on(bundle).bundle();
  }

  /** Demands that the model in memory cannot meet, a sentence each. */
  public List<String> unmet(String recipe) {
    return Optional.ofNullable(met.get(recipe)).map(Demands.Met::unmet).orElse(List.of());
  }

  /** Why the bundle that {@code active.json} names is not used; empty where it is, or was not asked for. */
  public Optional<Swap.Refused> refusal(String recipe) {
    Map<String, Swap.Refused> known = refused.getOrDefault(recipe, Map.of());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    try {
      return stores.apply(recipe).active().map(active -> known.get(active.digest()));
    } catch (IOException e) {
      return Optional.of(unreadable(recipe, e));
    }
  }

  /** The generation that frames of a recipe took too long to let go of; empty where there is none. */
  public Optional<Drain.Overdue> overdue(String recipe) {
    return drain.overdue(recipe);
  }

  /** Uses another bundle of the recipe from now on. One at a time; on any failure nothing has changed. */
  public Swap activate(String recipe, String digest, Change change) {
    return activate(recipe, digest, change, golden, Action.MODEL_ACTIVATED);
  }

  /** As {@link #activate(String, String, Change)}, whatever the golden parts say: a person wants it. */
  public Swap activateAnyway(String recipe, String digest, Change change) {
    return activate(recipe, digest, change, GoldenCheck.NONE, Action.MODEL_ACTIVATED);
  }

  private synchronized Swap activate(String recipe, String digest, Change change, GoldenCheck check, Action action) {
    BundleStore store = stores.apply(recipe);
    if (check != GoldenCheck.NONE && !inUse.containsKey(recipe)) {
      // What is in use is what golden parts are compared with, in memory or not.
      takeUp(recipe);
    }
    try {
      Generation current = inUse.get(recipe);
      if (current != null && current.bundle().digest().equals(digest) && store.active().map(Activation::digest).filter(digest::equals).isPresent()) {
        return new Swap.Unchanged(digest);
      }
      return swap(recipe, store, digest, check, () -> {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.commit(digest, change, now);
        return Optional.of(new Changed(now, change.by(), action, recipe, digest, change.reason()));
      });
    } catch (IOException e) {
      return unreadable(recipe, e);
    }
  }

  /** Uses the bundle that was in use before again. */
  public synchronized Swap rollBack(String recipe, Change change) {
    return rollBack(recipe, change, Action.MODEL_ROLLED_BACK);
  }

  private Swap rollBack(String recipe, Change change, Action action) {
    try {
      return activate(recipe, stores.apply(recipe).previous(), change, GoldenCheck.NONE, action);
    } catch (FaultException e) {
      return new Swap.Refused(e.fault(), e.detail());
    } catch (IOException e) {
      return unreadable(recipe, e);
    }
  }

  /** Uses the bundle that was in use before again, unless another than {@code digest} is in use by now: then somebody was faster. */
  public synchronized Swap sendBack(String recipe, String digest, Change change) {
    Optional<String> present = current(recipe).map(generation -> generation.bundle().digest());
    return present.isEmpty() || present.get().equals(digest) ? rollBack(recipe, change, Action.MODEL_SENT_BACK) : new Swap.Unchanged(present.get());
  }

  private static Swap.Refused unreadable(String recipe, IOException e) {
    return new Swap.Refused(Fault.DATA_FOLDER_UNUSABLE, "The models of recipe " + recipe + " cannot be read or written: " + e.getMessage()
        + ". What is in use stays in use.");
  }

  /** Loads what {@code active.json} names as the station starts, which is no change; where that fails, the bundle before. */
  public void open(String recipe) {
    see(recipe);
    refresh(recipe);
  }

  /** What {@code active.json} names now is no change when it is loaded. */
  public void see(String recipe) {
    try {
      stores.apply(recipe).active().ifPresent(active -> seen.put(recipe, active.digest()));
    } catch (IOException e) {
      LOG.warnf("The active model of recipe %s cannot be read: %s.", recipe, e.getMessage());
    }
  }

  /**
   * Loads what {@code active.json} names, where that is not in memory: it was not needed until now, or another process has activated it, which observers are
   * told. Keeps what it has on any failure; where it has nothing, the bundle before is loaded.
   */
  public void refresh(String recipe) {
    takeUp(recipe);
  }

  /** Lets go of a recipe's model, which stays the one in use: frames that hold it end with it, and it is loaded again when it is needed. */
  public synchronized void unload(String recipe) {
    Generation gone = inUse.remove(recipe);
    if (gone != null) {
      met.remove(recipe);
      failing.remove(recipe);
      gone.retire();
      drain.watch(recipe, gone);
    }
  }

  /** Forgets a recipe that is gone. */
  public synchronized void forget(String recipe) {
    unload(recipe);
    refused.remove(recipe);
    seen.remove(recipe);
  }

  /** Loads a model in memory anew where the recipe's demands are others by now than those it was loaded with. */
  public synchronized void meetDemands(String recipe) {
    Demands.Met now = met.get(recipe);
    Demands wanted = demands.apply(recipe);
    if (now == null || now.demands().equals(wanted) || wanted.equals(failing.get(recipe))) {
      return;
    }
    if (reopen(recipe) instanceof Swap.Refused refusal && refusal.fault() != Fault.DRAIN_OVERDUE) {
      failing.put(recipe, wanted);
      LOG.errorf("What the station document demands of recipe %s does not hold yet: %s [%s]", recipe, refusal.detail(), refusal.fault().code());
    }
  }

  /**
   * Loads the bundle in use anew, as its encoder may be had on another engine by now, and uses that from then on. No change of the model: its digest
   * stays, and nobody is told.
   */
  public synchronized Swap reopen(String recipe) {
    Generation current = inUse.get(recipe);
    if (current == null) {
      return new Swap.Refused(Fault.BUNDLE_NOT_FOUND, "Recipe " + recipe + " has no model, so there is none to load anew.");
    }
    return swap(recipe, stores.apply(recipe), current.bundle().digest(), GoldenCheck.NONE, Optional::empty);
  }

  private synchronized void takeUp(String recipe) {
    BundleStore store = stores.apply(recipe);
    try {
      Optional<Activation> active = store.active();
      Optional<String> current = Optional.ofNullable(inUse.get(recipe)).map(generation -> generation.bundle().digest());
      if (active.isEmpty() || current.filter(active.get().digest()::equals).isPresent() || follow(recipe, store, active.get().digest(), active.filter(one -> !one.digest().equals(seen.get(recipe))))
          || current.isPresent()) {
        return;
      }
      active.get().previous().ifPresent(previous -> follow(recipe, store, previous, Optional.empty()));
    } catch (IOException e) {
      LOG.errorf("The active model of recipe %s cannot be read: %s. What is in use stays in use.", recipe, e.getMessage());
    }
  }

  /** Tells once of each bundle that cannot be used. @param activation to tell of where it can */
  private boolean follow(String recipe, BundleStore store, String digest, Optional<Activation> activation) {
    if (refused.getOrDefault(recipe, Map.of()).containsKey(digest)) {
      return false;
    }
    Swap swap = swap(recipe, store, digest, GoldenCheck.NONE, () -> activation.map(one -> new Changed(Optional.ofNullable(one.activatedAt()).orElseGet(clock::instant),
        one.by(), Action.MODEL_ACTIVATED, recipe, digest, one.reason())));
    if (swap instanceof Swap.Refused why && why.fault() != Fault.DRAIN_OVERDUE) {
      refused.computeIfAbsent(recipe, name -> new ConcurrentHashMap<>()).put(digest, why);
      LOG.errorf("Bundle %s of recipe %s is refused: %s [%s]", digest, recipe, why.detail(), why.fault().code());
    }
    return !(swap instanceof Swap.Refused);
  }

  /** Makes a swap last, once the bundle is known to work; answers what is to be told of it. */
  private interface Commit {
    Optional<Changed> run() throws IOException;
  }

  private Swap swap(String recipe, BundleStore store, String digest, GoldenCheck check, Commit commit) {
    Optional<Drain.Overdue> overdue = drain.overdue(recipe);
    if (overdue.isPresent()) {
      return new Swap.Refused(Fault.DRAIN_OVERDUE, overdue.get().sentence());
    }
    Optional<Generation> opened = Optional.empty();
    Optional<Changed> changed;
    Demands.Met demanded;
    try {
      demanded = demands.apply(recipe).on(store.load(digest));
      opened = Optional.of(Generation.open(demanded.bundle(), encoders, closer));
      requireGolden(recipe, opened.get(), check);
      changed = commit.run();
    } catch (FaultException e) {
      opened.ifPresent(Generation::retire);
      return new Swap.Refused(e.fault(), e.detail());
    } catch (IOException e) {
      opened.ifPresent(Generation::retire);
      return unreadable(recipe, e);
    } catch (RuntimeException e) {
      opened.ifPresent(Generation::retire);
      throw e;
    }
    Generation next = opened.get();
    Generation old = inUse.put(recipe, next);
    Optional.ofNullable(refused.get(recipe)).ifPresent(known -> known.remove(digest));
    seen.put(recipe, digest);
    failing.remove(recipe);
    Demands.Met before = met.put(recipe, demanded);
    if (before == null || !before.unmet().equals(demanded.unmet())) {
      demanded.unmet().forEach(sentence -> LOG.warnf("Recipe %s: %s", recipe, sentence));
    }
    LOG.infof("Recipe %s now uses bundle %s (%s) on %s.", recipe, next.bundle().shortDigest(), next.bundle().manifest().provenance().encoder(), next.engine());
    if (old != null) {
      old.retire();
      drain.watch(recipe, old);
    }
    changed.ifPresent(this::tell);
    return new Swap.Done(digest, Optional.ofNullable(old).map(generation -> generation.bundle().digest()));
  }

  private void requireGolden(String recipe, Generation next, GoldenCheck check) {
    Optional<Generation.Lease> current = lease(recipe);
    if (current.isEmpty()) {
      return;
    }
    try (Generation.Lease before = current.get(); Generation.Lease after = next.lease().orElseThrow()) {
      check.objection(recipe, before, after).ifPresent(objection -> {
        throw new FaultException(Fault.GOLDEN_PART_MISSED, objection);
      });
    }
  }

  /** The swap stands whatever an observer does. */
  private void tell(Changed changed) {
    try {
      observers.accept(changed);
    } catch (RuntimeException e) {
      LOG.errorf(e, "An observer of the change of recipe %s to bundle %s failed; the change is made", changed.recipe(), changed.subject());
    }
  }

  @Override
  public synchronized void close() {
    inUse.values().forEach(Generation::retire);
    inUse.clear();
    closer.shutdown();
    try {
      if (!closer.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("A model was still being freed at the end.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
