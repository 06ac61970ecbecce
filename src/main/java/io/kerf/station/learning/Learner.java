package io.kerf.station.learning;

import io.kerf.config.KerfConfig;
import io.kerf.config.KerfConfig.Learn;
import io.kerf.device.Device;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.station.learning.Job.State;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.kerf.training.Length;
import io.kerf.training.continual.Relearning;
import io.kerf.training.continual.Speed;
import io.kerf.training.continual.TrainingDecision;
import io.kerf.training.normals.RecipeImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keeps the models of all recipes up to date.
 *
 * <ol>
 *   <li>One attempt at a time, on a thread of its own; the line never waits for it.
 *   <li>Whatever becomes of an attempt, the model in use stays until a candidate has passed the gate and the trial.
 *   <li>Every attempt is kept with its outcome. One that the end of the station cut short goes on at the next start, at most {@value
 *       #MOST_STARTS} times.
 *   <li>A candidate whose parent is no longer in use is dropped.
 * </ol>
 */
public final class Learner implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Learner.class);
  private static final int MOST_STARTS = 3;
  private static final int LISTED = 30;

  private final KerfConfig.Engine engine;
  private final Function<String, Learn> settings;
  private final DataFolder folder;
  private final ActiveModels models;
  private final RecipeImages images;
  private final JobStore jobs;
  private final Device device;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Consumer<Changed> events;
  private final Planner planner;
  private final Trials trials;
  /** Parallel parts of a job, such as fitting, get one thread: the line has the others. */
  private final ForkJoinPool narrow = new ForkJoinPool(1, Learner::worker, null, false);
  private final Map<String, Asked> asked = new HashMap<>();
  /** Recipes of which it was said that nothing can be decided. */
  private final Set<String> failing = new HashSet<>();
  private Optional<Attempt> attempt = Optional.empty();
  private volatile boolean closed;

  private record Asked(Speed speed, String by) {}

  /** @param settings how the models of a recipe are kept up to date, asked each time. @param events are told of each change, on whatever thread */
  public Learner(KerfConfig.Engine engine, Function<String, Learn> settings, DataFolder folder, ActiveModels models, RecipeImages images, InspectionStore inspections, ImageDecoder decoder, JobStore jobs,
      Device device, Clock clock, LongSupplier nanos, Consumer<Changed> events) {
    this.engine = engine;
    this.settings = settings;
    this.folder = folder;
    this.models = models;
    this.images = images;
    this.jobs = jobs;
    this.device = device;
    this.clock = clock;
    this.nanos = nanos;
    this.events = events;
    this.planner = new Planner(settings, folder, images, jobs, device, clock, nanos);
    this.trials = new Trials(engine, settings, folder, models, inspections, decoder, jobs, this::end);
  }

  /** With the class loader of this program, by which libraries look for their parts. */
  private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setContextClassLoader(Learner.class.getClassLoader());
    return thread;
  }

  /** Takes up what the last stop cut short, and sweeps what belongs to nothing any more. A database that fails costs this, not the start. */
  public synchronized void start() {
    try {
      takeUp(jobs.open());
    } catch (FaultException e) {
      LOG.errorf("What was being learnt before could not be taken up: %s", e.detail());
    }
  }

  private void takeUp(List<Job> open) {
    for (Job job : open) {
      switch (job.state()) {
        case LEARNING -> takeUp(job);
        case ON_TRIAL, READY -> trials.begin(job);
        case PROMOTED, REJECTED, FAILED, CANCELLED, SUPERSEDED -> { }
      }
    }
    sweep(open);
  }

  private void takeUp(Job job) {
    Optional<Bundle> active = readable(job.recipe());
    if (job.starts() >= MOST_STARTS) {
      end(job.failed(State.FAILED, Fault.TRAINING_FAILED.code(), "The station stopped " + job.starts() + " times while it learnt, so it is left alone.", List.of(), clock.instant()), Change.STATION);
    } else if (active.isEmpty() || !active.get().digest().equals(job.parent()) || attempt.isPresent()) {
      String why = attempt.isPresent() ? "another attempt goes on instead" : "another model is in use now";
      end(job.failed(State.SUPERSEDED, Fault.TRAINING_STOPPED.code(), "The station stopped while it learnt, and " + why + ".", List.of(), clock.instant()), Change.STATION);
    } else {
      begin(active.get(), job.startedAgain());
    }
  }

  private Optional<Bundle> readable(String recipe) {
    try {
      return models.bundle(recipe);
    } catch (FaultException e) {
      LOG.errorf("The model of recipe %s cannot be read: %s", recipe, e.detail());
      return Optional.empty();
    }
  }

  private void sweep(List<Job> open) {
    if (!Files.isDirectory(folder.jobs())) {
      return;
    }
    try (Stream<Path> folders = Files.list(folder.jobs())) {
      for (Path one : (Iterable<Path>) folders::iterator) {
        if (open.stream().noneMatch(job -> job.id().equals(one.getFileName().toString()))) {
          AtomicFiles.deleteTree(one);
        }
      }
    } catch (IOException e) {
      LOG.warnf("Folders of former attempts at learning could not be swept: %s", e.getMessage());
    }
  }

  /** In memory or not: a recipe learns whether or not its parts come now. */
  private Optional<BundleStore.Listed> inUse(String recipe) {
    return models.known(recipe);
  }

  /** Quick; called for each part. */
  public void saw(StoredInspection stored) {
    planner.part();
    trials.saw(stored);
  }

  /** Decides for each recipe, and follows candidates on trial. Called every few seconds; what fails is said once until it works again. */
  public synchronized void tick(List<String> recipes) {
    for (String recipe : recipes) {
      try {
        decideFor(recipe);
        failing.remove(recipe);
      } catch (FaultException e) {
        if (failing.add(recipe)) {
          LOG.errorf("Whether recipe %s is to learn cannot be decided, so it learns nothing: %s", recipe, e.detail());
        }
      }
    }
  }

  private void decideFor(String recipe) {
    trials.follow(recipe);
    if ((settings.apply(recipe).enabled() || asked.containsKey(recipe)) && decide(recipe) instanceof TrainingDecision.Learn learn) {
      Asked by = asked.remove(recipe);
      Bundle active = models.bundle(recipe).orElseThrow();
      begin(active, Job.begun(id(), recipe, learn.speed(), by == null ? Change.STATION : by.by, learn.why(), active.digest(), clock.instant()));
    }
  }

  private TrainingDecision decide(String recipe) {
    return planner.decide(recipe, inUse(recipe).map(listed -> listed.manifest().createdAt()), attempt.isPresent(), trials.onTrial(recipe),
        Optional.ofNullable(asked.get(recipe)).map(Asked::speed));
  }

  /** Grows with time, whatever the clock does: attempts are listed by it. */
  private String id() {
    long last = jobs.lastId().map(id -> Long.parseLong(id, 36)).orElse(0L);
    return Long.toString(Math.max(clock.millis(), last + 1), 36);
  }

  private void begin(Bundle active, Job job) {
    String recipe = job.recipe();
    Learn learn = settings.apply(recipe);
    TrainingProgress progress = new TrainingProgress();
    Relearning work = new Relearning(images.normals(recipe), images.golden(recipe), store(recipe), bundle -> models.demanded(recipe, bundle), clock, progress::heard);
    int threads = learn.threads() == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : learn.threads();
    Relearning.Order order = new Relearning.Order(recipe, job.speed(), new Length.Budget(learn.budget().toMillis() / 1000.0), threads, learn.memory().asLongValue(),
        folder.jobs().resolve(job.id()));
    jobs.put(job);
    if (job.speed() == Speed.FINE_TUNE) {
      planner.tuningBegins(recipe);
    }
    Attempt running = new Attempt(job, work, progress, nanos.getAsLong());
    attempt = Optional.of(running);
    tell(job.by(), Action.LEARNING_STARTED, job, job.speed().label() + ", " + job.why());
    LOG.infof("Recipe %s begins to %s: %s.", recipe, job.speed().label(), job.why());
    Thread thread = new Thread(() -> run(running, active, order), "learner");
    thread.setDaemon(true);
    thread.start();
  }

  private BundleStore store(String recipe) {
    return new BundleStore(folder.models(recipe));
  }

  private void run(Attempt running, Bundle active, Relearning.Order order) {
    Job ended;
    try (EnergyWatch energy = new EnergyWatch(running.job(), jobs, device, nanos)) {
      ended = running.run(active, order, narrow, clock).taking(energy.wattHours());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (closed) {
      // The next start goes on with it.
      return;
    }
    delete(order.folder());
    synchronized (this) {
      attempt = Optional.empty();
      try {
        if (ended.state().over()) {
          end(ended, Change.STATION);
        } else {
          gated(ended);
        }
      } catch (FaultException e) {
        LOG.errorf("What became of an attempt at learning could not be kept, so the next start tries it again: %s", e.detail());
      }
    }
  }

  private static void delete(Path attempt) {
    try {
      AtomicFiles.deleteTree(attempt);
    } catch (IOException e) {
      LOG.warnf("The folder %s could not be deleted: %s. The next start tries again.", attempt, e.getMessage());
    }
  }

  private void gated(Job job) {
    Job.Findings findings = job.findings().orElseThrow();
    if (!findings.gate().passed()) {
      end(job.to(State.REJECTED, String.join(" ", findings.gate().objections())), Change.STATION);
      return;
    }
    Job onTrial = job.to(State.ON_TRIAL, "Passed the gate.");
    jobs.put(onTrial);
    tell(Change.STATION, Action.LEARNING_ENDED, onTrial, "passed the gate");
    trials.begin(onTrial);
  }

  private void end(Job job, String by) {
    jobs.put(job);
    Action kind = switch (job.state()) {
      case PROMOTED -> Action.CANDIDATE_PROMOTED;
      case REJECTED -> Action.CANDIDATE_REJECTED;
      case LEARNING, ON_TRIAL, READY, FAILED, CANCELLED, SUPERSEDED -> Action.LEARNING_ENDED;
    };
    tell(by, kind, job, job.state().name().toLowerCase(Locale.ROOT) + ": " + job.detail().orElse(""));
    LOG.infof("Recipe %s: %s %s. %s", job.recipe(), job.speed().label(), job.state(), job.detail().orElse(""));
  }

  private void tell(String by, Action kind, Job job, String detail) {
    events.accept(new Changed(clock.instant(), by, kind, job.recipe(), job.id(), detail));
  }

  /** Asks for an attempt, to be begun as soon as nothing stands in its way. @throws FaultException {@link Fault#LEARNING_REFUSED} */
  public synchronized void ask(String recipe, Speed speed, String by) {
    if (inUse(recipe).isEmpty()) {
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + recipe + " has no model that could learn on. Train one: kerf train <folder> --recipe " + recipe + ".");
    }
    if (attempt.isPresent()) {
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + attempt.get().job().recipe() + " is learning already. Wait for it, or cancel it.");
    }
    if (trials.onTrial(recipe)) {
      throw new FaultException(Fault.LEARNING_REFUSED, "A candidate of recipe " + recipe + " is on trial. Wait for it, promote it or discard it.");
    }
    asked.put(recipe, new Asked(speed, by));
    decideFor(recipe);
  }

  /** Whether an attempt runs, or a candidate judges beside the model in use. */
  public synchronized boolean isLearning(String recipe) {
    return attempt.filter(one -> one.job().recipe().equals(recipe)).isPresent() || trials.onTrial(recipe);
  }

  public synchronized void pause(String recipe, String by) {
    jobs.pause(recipe, by, clock.instant());
    events.accept(new Changed(clock.instant(), by, Action.LEARNING_PAUSED, recipe, "", ""));
  }

  public synchronized void resume(String recipe, String by) {
    jobs.resume(recipe);
    events.accept(new Changed(clock.instant(), by, Action.LEARNING_RESUMED, recipe, "", ""));
  }

  /** Ends what is learnt, or what was asked for. @throws FaultException {@link Fault#LEARNING_REFUSED} where there is nothing */
  public synchronized void cancel(String recipe, String by) {
    boolean waiting = asked.remove(recipe) != null;
    Optional<Attempt> running = attempt.filter(one -> one.job().recipe().equals(recipe));
    if (!waiting && running.isEmpty()) {
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + recipe + " is not learning, so there is nothing to cancel.");
    }
    running.ifPresent(one -> one.work().cancel());
    events.accept(new Changed(clock.instant(), by, Action.LEARNING_CANCELLED, recipe, running.map(one -> one.job().id()).orElse(""), ""));
  }

  /** Puts a candidate into use now, whether its trial is over or not. @throws FaultException where there is none, or it is refused */
  public synchronized Job promote(String recipe, String by) {
    return trials.promote(recipe, by);
  }

  /** Throws a candidate away. @throws FaultException where there is none */
  public synchronized Job discard(String recipe, String by) {
    return trials.discard(recipe, by);
  }

  /** What the station does about a recipe's model, for the page. */
  public synchronized LearningStatus status(String recipe) {
    Optional<LearningStatus.Running> running = attempt.filter(one -> one.job().recipe().equals(recipe))
        .map(one -> new LearningStatus.Running(one.job(), one.progress().status(), (nanos.getAsLong() - one.began()) / 1e9));
    return new LearningStatus(recipe, settings.apply(recipe).enabled(), jobs.standing(recipe, clock.instant()).by(), decide(recipe), running, trials.status(recipe),
        jobs.of(recipe, LISTED));
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      attempt.ifPresent(one -> one.work().cancel());
      trials.close();
    }
    narrow.shutdown();
  }
}
