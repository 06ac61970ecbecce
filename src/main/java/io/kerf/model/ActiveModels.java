package io.kerf.model;

import io.kerf.fault.FaultException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The generation in use for each recipe. {@link #refresh} follows {@code active.json}; requests take leases and never wait for it.
 *
 * <ol>
 *   <li>A damaged or unloadable active bundle is never served: the generation in use stays; at start the previous bundle takes its place.
 *   <li>A new generation is loaded and warmed before it is offered; the old one is closed after its last lease.
 * </ol>
 */
public final class ActiveModels implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ActiveModels.class);

  private final Function<String, BundleStore> stores;
  private final String engine;
  private final int threads;
  private final Map<String, Generation> inUse = new ConcurrentHashMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  /**
   * @param stores the bundle store of a recipe
   * @param engine DJL's name of the engine that runs encoders
   * @param threads that one inference may use
   */
  public ActiveModels(Function<String, BundleStore> stores, String engine, int threads) {
    this.stores = stores;
    this.engine = engine;
    this.threads = threads;
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

  /** Loads what {@code active.json} names, where that is not what is in use. One at a time; keeps what it has on any failure. */
  public synchronized void refresh(String recipe) {
    BundleStore store = stores.apply(recipe);
    try {
      Optional<BundleStore.Active> active = store.active();
      if (active.isEmpty()) {
        return;
      }
      Generation current = inUse.get(recipe);
      List<String> candidates = new ArrayList<>(List.of(active.get().digest()));
      if (current == null) {
        active.get().previous().ifPresent(candidates::add);
      }
      for (String digest : candidates) {
        if (current != null && current.bundle().digest().equals(digest) || offer(recipe, store, digest)) {
          return;
        }
      }
    } catch (IOException e) {
      LOG.errorf("The active model of recipe %s cannot be read: %s. What is in use stays in use.", recipe, e.getMessage());
    }
  }

  private boolean offer(String recipe, BundleStore store, String digest) throws IOException {
    if (digest.equals(refused.get(recipe))) {
      return false;
    }
    try {
      Generation next = Generation.open(store.load(digest), engine, threads);
      Generation old = inUse.put(recipe, next);
      refused.remove(recipe);
      LOG.infof("Recipe %s now uses bundle %s (%s) on %s.", recipe, next.bundle().shortDigest(), next.bundle().manifest().provenance().encoder(), engine);
      if (old != null) {
        old.retire();
      }
      return true;
    } catch (FaultException e) {
      refused.put(recipe, digest);
      LOG.errorf("Bundle %s of recipe %s is refused: %s [%s]", digest, recipe, e.detail(), e.fault().code());
      return false;
    }
  }

  @Override
  public synchronized void close() {
    inUse.values().forEach(Generation::retire);
    inUse.clear();
  }
}
