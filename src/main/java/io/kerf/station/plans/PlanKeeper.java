package io.kerf.station.plans;

import io.kerf.encoder.DjlEncoder;
import io.kerf.encoder.tensorrt.PlanKey;
import io.kerf.encoder.tensorrt.PlanStore;
import io.kerf.encoder.tensorrt.StoredPlan;
import io.kerf.fault.FaultException;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.Swap;
import io.kerf.station.plans.PlanState.Phase;
import io.kerf.storage.AtomicFiles;
import io.kerf.training.compiling.CompileOrder;
import io.kerf.training.compiling.CompileResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Sees to it that each model in use is compiled for this device, one after the other, while ONNX Runtime judges on.
 *
 * <ol>
 *   <li>Whatever is wrong with compiling, or with a plan while it runs, parts are judged.
 *   <li>A plan is used only once it was compared with ONNX Runtime on the station's images and agreed.
 *   <li>One that disagrees is not compiled again; what fails is tried {@value PlanAttempts#MOST} times, with longer and longer pauses.
 *   <li>Where JetPack, TensorRT, GPU or model change, there is no plan under the new key, and one is compiled.
 * </ol>
 */
public final class PlanKeeper implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(PlanKeeper.class);
  private static final int MOST_IMAGES = 32;
  /** Kept for each recipe, so that a way back needs no compiling; at least so many in all. */
  private static final int PLANS_PER_RECIPE = 2;
  private static final int FEWEST_PLANS = 8;

  /** Runs the compiling process to its end. */
  @FunctionalInterface
  public interface Compiling {
    /** @throws FaultException where there is no result */
    CompileResult compile(Path folder, CompileOrder order, Consumer<String> stages) throws IOException, InterruptedException;
  }

  /** Bundles that share an encoder share its plan. */
  private record Taken(String recipe, PlanKey key) {}

  /** What is being compiled. */
  private record Job(String recipe, long sinceNanos, OptionalDouble usualSeconds, Phase phase) {}

  private final Optional<Platform> platform;
  private final PlanState without;
  private final PlanStore plans;
  private final PlanChoice choice;
  private final ActiveModels models;
  private final Function<String, List<Path>> images;
  private final Path staging;
  private final Compiling compiling;
  private final LongSupplier nanos;
  private final PlanAttempts attempts = new PlanAttempts();
  /** Plans that were opened, or should have been. */
  private final Set<Taken> taken = new HashSet<>();
  private volatile Optional<Job> job = Optional.empty();
  private volatile Thread worker;
  private volatile int recipeCount;

  /**
   * @param without what is told where there is no platform
   * @param images of a recipe that plans are compared on
   * @param staging folder in which a plan is made
   * @param nanos rising, whatever the wall clock does
   */
  public PlanKeeper(Optional<Platform> platform, PlanState without, PlanStore plans, PlanChoice choice, ActiveModels models, Function<String, List<Path>> images, Path staging,
      Compiling compiling, LongSupplier nanos) {
    this.platform = platform;
    this.without = without;
    this.plans = plans;
    this.choice = choice;
    this.models = models;
    this.images = images;
    this.staging = staging;
    this.compiling = compiling;
    this.nanos = nanos;
  }

  /** Takes up plans that are ready, and begins to compile what has none. Does not wait. */
  public synchronized void tick(List<String> recipes) {
    if (platform.isEmpty()) {
      return;
    }
    recipeCount = recipes.size();
    for (String recipe : recipes) {
      Optional<Generation> generation = models.current(recipe);
      if (generation.isPresent() && !generation.get().engine().equals(DjlEncoder.TENSOR_RT)) {
        try {
          tend(recipe, generation.get().bundle());
        } catch (IOException e) {
          LOG.warnf("Plans of this device cannot be read: %s", e.getMessage());
        }
      }
    }
  }

  private void tend(String recipe, Bundle bundle) throws IOException {
    PlanKey key = platform.orElseThrow().key(bundle);
    Taken now = new Taken(recipe, key);
    Optional<StoredPlan> plan = choice.plan(bundle);
    if (plan.isPresent()) {
      // A swap that is refused, as while frames hold the model before, is asked for again.
      if (plan.get().known().refusal().isEmpty() && !taken.contains(now) && models.reopen(recipe) instanceof Swap.Done) {
        taken.add(now);
      }
      return;
    }
    if (taken.remove(now)) {
      failed(recipe, key, "the plan did not run and was deleted");
    }
    List<Path> seen = images.apply(recipe);
    if (job.isPresent() || seen.isEmpty() || !attempts.mayTry(key, nanos.getAsLong())) {
      return;
    }
    job = Optional.of(new Job(recipe, nanos.getAsLong(), plans.usualBuildSeconds(key), Phase.COMPILING));
    worker = new Thread(() -> compile(recipe, bundle, key, spread(seen)), "plan-keeper");
    worker.setDaemon(true);
    worker.start();
  }

  /** Some of them, evenly. */
  private static List<Path> spread(List<Path> all) {
    int count = Math.min(MOST_IMAGES, all.size());
    return IntStream.range(0, count).mapToObj(i -> all.get((int) ((long) i * all.size() / count))).toList();
  }

  private void compile(String recipe, Bundle bundle, PlanKey key, List<Path> seen) {
    LOG.infof("The encoder of bundle %s of recipe %s is compiled for %s; ONNX Runtime judges meanwhile.", bundle.shortDigest(), recipe, platform.orElseThrow().words());
    Path folder = staging.resolve("plan-" + key.digest());
    try {
      Files.createDirectories(folder);
      Files.createDirectories(plans.timings().getParent());
      CompileResult result = compiling.compile(folder, new CompileOrder(bundle.folder(), key, seen, plans.timings()), this::entered);
      plans.keep(result.known(), result.staged());
      plans.retainNewest(Math.max(FEWEST_PLANS, PLANS_PER_RECIPE * recipeCount));
      LOG.infof("Compiled in %.0f s, %s.%s", result.known().buildSeconds(), result.known().comparison(),
          result.known().refusal().map(why -> " The plan is not used: " + why + ".").orElse(""));
    } catch (FaultException e) {
      failed(recipe, key, e.detail() + " [" + e.fault().code() + "]");
    } catch (IOException e) {
      failed(recipe, key, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.errorf(e, "Compiling the model of recipe %s failed", recipe);
      failed(recipe, key, e.toString());
    } finally {
      job = Optional.empty();
      clear(folder);
    }
  }

  private void failed(String recipe, PlanKey key, String why) {
    PlanAttempts.Failures now = attempts.failed(key, nanos.getAsLong(), why);
    LOG.errorf("The model of recipe %s could not be compiled (attempt %d of %d): %s", recipe, now.failed(), PlanAttempts.MOST, why);
  }

  private static void clear(Path folder) {
    try {
      AtomicFiles.deleteTree(folder);
    } catch (IOException e) {
      LOG.warnf("%s could not be deleted: %s", folder, e.getMessage());
    }
  }

  private void entered(String stage) {
    if (stage.equals("compare")) {
      job = job.map(at -> new Job(at.recipe, at.sinceNanos, at.usualSeconds, Phase.COMPARING));
    }
  }

  /** How the model of a recipe runs. Cheap. */
  public PlanState state(String recipe) {
    if (platform.isEmpty()) {
      return without;
    }
    Optional<Generation> generation = models.current(recipe);
    if (generation.isEmpty()) {
      return new PlanState(Phase.WAITING, "There is no model to compile.");
    }
    if (generation.get().engine().equals(DjlEncoder.TENSOR_RT)) {
      return new PlanState(Phase.IN_USE, platform.get().words() + ".");
    }
    Optional<Job> running = job.filter(at -> at.recipe.equals(recipe));
    return running.map(this::words).orElseGet(() -> idle(recipe, generation.get().bundle()));
  }

  private PlanState words(Job running) {
    long seconds = (nanos.getAsLong() - running.sinceNanos) / 1_000_000_000L;
    String usual = running.usualSeconds.isPresent() ? String.format(", the last time it took %.0f s", running.usualSeconds.getAsDouble()) : "";
    return running.phase == Phase.COMPARING
        ? new PlanState(Phase.COMPARING, "The plan is compared with ONNX Runtime, which judges meanwhile.")
        : new PlanState(Phase.COMPILING, "Compiling for " + seconds + " s" + usual + ". ONNX Runtime judges meanwhile.");
  }

  private PlanState idle(String recipe, Bundle bundle) {
    try {
      Optional<String> refusal = choice.plan(bundle).flatMap(plan -> plan.known().refusal());
      if (refusal.isPresent()) {
        return new PlanState(Phase.REFUSED, "ONNX Runtime judges, as the plan does not judge alike: " + refusal.get() + ".");
      }
    } catch (IOException e) {
      return new PlanState(Phase.FAILED, "ONNX Runtime judges, as plans cannot be read: " + e.getMessage() + ".");
    }
    Optional<PlanAttempts.Failures> failures = attempts.of(platform.orElseThrow().key(bundle));
    if (failures.isPresent()) {
      return new PlanState(Phase.FAILED, "ONNX Runtime judges, as compiling failed " + failures.get().failed() + " of " + PlanAttempts.MOST + " times: " + failures.get().why());
    }
    return new PlanState(Phase.WAITING, images.apply(recipe).isEmpty() ? "ONNX Runtime judges: there is no image of this recipe that a plan could be compared on."
        : "ONNX Runtime judges until the model is compiled.");
  }

  /** Ends what is being compiled; it begins anew at the next start. */
  @Override
  public void close() {
    Thread running = worker;
    if (running != null) {
      running.interrupt();
    }
  }
}
