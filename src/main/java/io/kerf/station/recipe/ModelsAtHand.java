package io.kerf.station.recipe;

import io.kerf.fault.Fault;
import io.kerf.inspection.ModelSource;
import io.kerf.model.ActiveModels;
import io.kerf.model.Generation;
import io.kerf.model.Swap;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Holds the models of some recipes in memory: the one in use always, then those that were needed last.
 *
 * <ol>
 *   <li>A part whose model is in memory waits for nothing, whatever else is loaded.
 *   <li>A part whose model is not waits until it is, for its patience after the load began at the longest; then it is {@code UNJUDGED} with {@value #LOADING}.
 *       Only so many parts wait at once; one more is {@code UNJUDGED} at once, so that they do not take the room of parts that can be judged.
 *   <li>Models are loaded one after the other on a thread of its own. What is unloaded for another is freed after its last frame.
 * </ol>
 */
public final class ModelsAtHand implements ModelSource, AutoCloseable {
  /** Code of a part whose model was not loaded in time. */
  public static final String LOADING = "model-loading";
  private static final Logger LOG = Logger.getLogger(ModelsAtHand.class);
  /** Of loads that a part waits for: another recipe's may push its own out again. */
  private static final int MOST_LOADS = 3;
  /** For a person or a PLC that puts a recipe into use. */
  private static final Duration CHANGE_PATIENCE = Duration.ofSeconds(30);

  private final ActiveModels models;
  private final Predicate<String> hasModel;
  private final Supplier<String> inUse;
  private final Limits limits;
  private final LongSupplier nanos;
  private final Semaphore waiting;
  private final ExecutorService loader = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
    Thread thread = new Thread(task, "model-loader");
    thread.setDaemon(true);
    return thread;
  });
  /** At most one of each recipe that has a model. */
  private final Map<String, Load> loads = new ConcurrentHashMap<>();
  private final Map<String, Long> lastNeeded = new ConcurrentHashMap<>();
  private final AtomicLong needs = new AtomicLong();

  private record Load(CompletableFuture<Void> done, long beganNanos) {}

  /**
   * @param loaded models in memory at once, at least 1
   * @param patience of a part
   * @param waiting parts that may wait for models at once, at least 1
   */
  public record Limits(int loaded, Duration patience, int waiting) {}

  /**
   * @param hasModel whether a model of a recipe was ever activated; asked for each part whose model is not in memory
   * @param inUse the recipe in use
   * @param nanos rising, whatever the wall clock does
   */
  public ModelsAtHand(ActiveModels models, Predicate<String> hasModel, Supplier<String> inUse, Limits limits, LongSupplier nanos) {
    this.models = models;
    this.hasModel = hasModel;
    this.inUse = inUse;
    this.limits = limits;
    this.nanos = nanos;
    this.waiting = new Semaphore(limits.waiting);
  }

  @Override
  public Lent lend(String recipe) {
    for (int attempt = 0; ; attempt++) {
      Optional<Generation.Lease> lease = models.lease(recipe);
      if (lease.isPresent()) {
        lastNeeded.put(recipe, needs.incrementAndGet());
        return new Lent.Model(lease.get());
      }
      if (!hasModel.test(recipe)) {
        return ModelSource.noModel(recipe);
      }
      Optional<Swap.Refused> refusal = attempt == 0 ? Optional.empty() : models.refusal(recipe);
      if (refusal.isPresent()) {
        return new Lent.None(refusal.get().fault().code(), refusal.get().detail());
      }
      if (attempt == MOST_LOADS || !ready(recipe)) {
        return new Lent.None(LOADING, "The model of recipe " + recipe + " is not loaded yet, so this part was not judged. Send it again in a few seconds; where recipes"
            + " change with every part, raise kerf.engine.loaded.");
      }
    }
  }

  /** Waits until the model of a recipe is in memory or cannot be, for a part's patience at the longest. For who holds a part that is not yet being judged. */
  public boolean ready(String recipe) {
    if (models.current(recipe).isPresent() || !hasModel.test(recipe)) {
      return true;
    }
    Load load = load(recipe);
    long left = limits.patience.toNanos() - (nanos.getAsLong() - load.beganNanos);
    if (left <= 0 || !waiting.tryAcquire()) {
      return load.done.isDone();
    }
    try {
      return await(load, left);
    } finally {
      waiting.release();
    }
  }

  private static boolean await(Load load, long nanos) {
    try {
      load.done.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException tooLong) {
      return false;
    } catch (ExecutionException failed) {
      LOG.error("A model could not be loaded", failed.getCause());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Load load(String recipe) {
    lastNeeded.put(recipe, needs.incrementAndGet());
    return loads.computeIfAbsent(recipe, this::begin);
  }

  private Load begin(String recipe) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      loader.execute(() -> load(recipe, done));
    } catch (RejectedExecutionException closed) {
      done.complete(null);
    }
    return new Load(done, nanos.getAsLong());
  }

  private void load(String recipe, CompletableFuture<Void> done) {
    try {
      models.refresh(recipe);
      trim();
      loads.remove(recipe);
      done.complete(null);
    } catch (RuntimeException e) {
      loads.remove(recipe);
      done.completeExceptionally(e);
    }
  }

  /** Unloads what is beyond the limit. */
  void trim() {
    for (String recipe : Residency.leaving(models.loaded(), inUse.get(), lastNeeded, limits.loaded)) {
      models.unload(recipe);
    }
    // Those that are gone from the disk are not remembered either.
    lastNeeded.keySet().retainAll(held());
  }

  /** In memory, or about to be. */
  private Set<String> held() {
    Set<String> held = new HashSet<>(models.loaded());
    held.addAll(loads.keySet());
    return held;
  }

  /** Loads a recipe's model, for whoever is about to put the recipe into use. @return why its parts will not be judged for now; empty where they will */
  public Optional<String> prepare(String recipe) {
    if (!hasModel.test(recipe)) {
      return Optional.of("Recipe " + recipe + " has no model, so its parts are UNJUDGED. Train one: kerf train <folder> --recipe " + recipe + ".");
    }
    if (models.current(recipe).isEmpty() && !await(load(recipe), CHANGE_PATIENCE.toNanos())) {
      return Optional.of("The model of recipe " + recipe + " is still being loaded.");
    }
    lastNeeded.put(recipe, needs.incrementAndGet());
    if (models.current(recipe).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(models.refusal(recipe).map(why -> why.detail() + " [" + why.fault().code() + "]")
        .orElse("The model of recipe " + recipe + " cannot be read; the log says why [" + Fault.DATA_FOLDER_UNUSABLE.code() + "]."));
  }

  /** Loads models ahead, in this order, while there is room for them. Does not wait. */
  void ahead(List<String> recipes) {
    trim();
    int held = held().size();
    for (String recipe : recipes) {
      boolean wanted = models.current(recipe).isEmpty() && !loads.containsKey(recipe) && hasModel.test(recipe) && models.refusal(recipe).isEmpty();
      if (wanted && (held < limits.loaded || recipe.equals(inUse.get()))) {
        loads.computeIfAbsent(recipe, this::begin);
        held++;
      }
    }
  }

  /** Runs after what is being loaded. */
  public void afterwards(Runnable task) {
    try {
      loader.execute(task);
    } catch (RejectedExecutionException closed) {
      // The station ends.
    }
  }

  /** What is being loaded is loaded to its end; whoever waits for more is told. */
  @Override
  public void close() {
    loader.shutdownNow();
    loads.values().forEach(load -> load.done.complete(null));
  }
}
