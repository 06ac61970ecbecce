package io.kerf.station.learning;

import io.kerf.config.KerfConfig;
import io.kerf.config.KerfConfig.Learn;
import io.kerf.device.Thermals;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Generation;
import io.kerf.model.Swap;
import io.kerf.station.learning.Job.State;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Changed;
import io.kerf.storage.Changed.Action;
import io.kerf.storage.DataFolder;
import io.kerf.training.Length;
import io.kerf.training.continual.Relearning;
import io.kerf.training.continual.Schedule;
import io.kerf.training.continual.ShadowTrial;
import io.kerf.training.continual.Situation;
import io.kerf.training.continual.Speed;
import io.kerf.training.continual.TrainingDecision;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.RecipeImages;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.function.Consumer;
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
  private static final Duration DAY = Duration.ofDays(1);
  private static final int LISTED = 30;

  private final KerfConfig config;
  private final Schedule schedule;
  private final DataFolder folder;
  private final ActiveModels models;
  private final RecipeImages images;
  private final InspectionStore inspections;
  private final ImageDecoder decoder;
  private final JobStore jobs;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Consumer<Changed> events;
  private final Thermals thermals = new Thermals(Path.of("/sys"));
  private final LineRate rate;
  /** Parallel parts of a job, such as fitting, get one thread: the line has the others. */
  private final ForkJoinPool narrow = new ForkJoinPool(1, Learner::worker, null, false);
  /** Read by the line, which must not wait. */
  private final Map<String, Trial> trials = new ConcurrentHashMap<>();
  private final Map<String, Asked> asked = new HashMap<>();
  /** When attempts began by the ticker, so that a clock that jumps makes no more of them than a day may have. */
  private final Map<String, List<Long>> begun = new HashMap<>();
  private Optional<Attempt> attempt = Optional.empty();
  private volatile boolean closed;

  private record Asked(Speed speed, String by) {}

  /** An attempt that runs. */
  private record Attempt(Job job, Relearning work, TrainingProgress progress, long began) {}

  /** A candidate that passed the gate. */
  private record Trial(Job job, double falseRejectBudget, Optional<Shadow> shadow) {}

  /** @param events are told of each change, on whatever thread */
  public Learner(KerfConfig config, DataFolder folder, ActiveModels models, RecipeImages images, InspectionStore inspections, ImageDecoder decoder, JobStore jobs, Clock clock,
      LongSupplier nanos, Consumer<Changed> events) {
    this.config = config;
    this.schedule = schedule(config.learn());
    this.folder = folder;
    this.models = models;
    this.images = images;
    this.inspections = inspections;
    this.decoder = decoder;
    this.jobs = jobs;
    this.clock = clock;
    this.nanos = nanos;
    this.events = events;
    this.rate = new LineRate(nanos);
  }

  /** @throws FaultException {@link Fault#BAD_CONFIGURATION} where the time table or the window is none */
  public static Schedule schedule(Learn learn) {
    return new Schedule(learn.cron().equals("off") ? Optional.empty() : Optional.of(Schedule.parseCron(learn.cron())), learn.fineTuneAfter(), learn.refitAfter(),
        Schedule.Window.parse(learn.window()), learn.attemptsPerDay(), learn.timePerDay(), learn.busyPartsPerMinute(), learn.hottestCelsius(),
        learn.leastFree().asLongValue());
  }

  /** With the class loader of this program, by which libraries look for their parts. */
  private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
    thread.setContextClassLoader(Learner.class.getClassLoader());
    return thread;
  }

  /** Takes up what the last stop cut short, and sweeps what belongs to nothing any more. */
  public synchronized void start() {
    List<Job> open = jobs.open();
    for (Job job : open) {
      switch (job.state()) {
        case LEARNING -> takeUp(job);
        case ON_TRIAL, READY -> tryOut(job);
        case PROMOTED, REJECTED, FAILED, CANCELLED, SUPERSEDED -> { }
      }
    }
    sweep(open);
  }

  private void takeUp(Job job) {
    Optional<Bundle> active = inUse(job.recipe());
    if (job.starts() >= MOST_STARTS) {
      end(job.failed(State.FAILED, Fault.TRAINING_FAILED.code(), "The station stopped " + job.starts() + " times while it learnt, so it is left alone.", List.of(), clock.instant()));
    } else if (active.isEmpty() || !active.get().digest().equals(job.parent()) || attempt.isPresent()) {
      end(job.failed(State.SUPERSEDED, Fault.TRAINING_STOPPED.code(), "The station stopped while it learnt, and another model is in use now.", List.of(), clock.instant()));
    } else {
      begin(active.get(), job.startedAgain());
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

  private Optional<Bundle> inUse(String recipe) {
    return models.current(recipe).map(Generation::bundle);
  }

  /** Quick; called for each part. */
  public void saw(StoredInspection stored) {
    rate.part();
    Optional.ofNullable(trials.get(stored.inspection().recipe())).flatMap(Trial::shadow).ifPresent(judging -> judging.saw(stored));
  }

  /** Decides for each recipe, and follows candidates on trial. Called every few seconds. */
  public synchronized void tick(List<String> recipes) {
    for (String recipe : recipes) {
      follow(recipe);
      if ((config.learn().enabled() || asked.containsKey(recipe)) && decide(recipe) instanceof TrainingDecision.Learn learn) {
        Asked by = asked.remove(recipe);
        Bundle active = inUse(recipe).orElseThrow();
        begin(active, Job.begun(id(), recipe, learn.speed(), by == null ? Change.STATION : by.by, learn.why(), active.digest(), clock.instant()));
      }
    }
  }

  /** Grows with time, whatever the clock does: attempts are listed by it. */
  private String id() {
    long last = jobs.lastId().map(id -> Long.parseLong(id, 36)).orElse(0L);
    return Long.toString(Math.max(clock.millis(), last + 1), 36);
  }

  private TrainingDecision decide(String recipe) {
    Instant now = clock.instant();
    JobStore.Standing standing = jobs.standing(recipe, now);
    List<Job> last = jobs.of(recipe, LISTED);
    Optional<Instant> tuned = last.stream().filter(job -> job.speed() == Speed.FINE_TUNE).map(Job::startedAt).findFirst();
    Optional<Instant> learnt = last.stream().map(Job::startedAt).findFirst();
    Optional<Instant> made = inUse(recipe).map(bundle -> bundle.manifest().createdAt());
    List<Job> today = last.stream().filter(job -> !job.startedAt().isAfter(now) && job.startedAt().isAfter(now.minus(DAY))).toList();
    List<Job> tunedToday = today.stream().filter(job -> job.speed() == Speed.FINE_TUNE).toList();
    Duration trained = tunedToday.stream().map(job -> Duration.between(job.startedAt(), job.endedAt().orElse(now))).reduce(Duration.ZERO, Duration::plus);
    Situation situation = new Situation(now, ZoneId.systemDefault(), standing.by().isPresent(), made.isPresent(), newSince(recipe, latest(tuned, made)),
        newSince(recipe, latest(learnt, made)), tuned.orElse(standing.since()), Math.max(tunedToday.size(), begunToday(recipe)), trained, attempt.isPresent(),
        trials.containsKey(recipe), rate.perMinute(), thermals.hottest(), freeBytes(), Optional.ofNullable(asked.get(recipe)).map(Asked::speed));
    return TrainingDecision.of(schedule, situation);
  }

  private static Instant latest(Optional<Instant> one, Optional<Instant> other) {
    Instant a = one.orElse(Instant.MIN);
    Instant b = other.orElse(Instant.MIN);
    return a.isAfter(b) ? a : b;
  }

  private int newSince(String recipe, Instant time) {
    return (int) images.normalsOf(recipe).map(NormalPool::all).orElse(List.of()).stream()
        .filter(normal -> normal.standing() != Standing.DOUBTFUL && normal.standing() != Standing.ORIGINAL && normal.origin().addedAt().isAfter(time)).count();
  }

  private int begunToday(String recipe) {
    long now = nanos.getAsLong();
    List<Long> all = begun.computeIfAbsent(recipe, name -> new ArrayList<>());
    all.removeIf(began -> now - began > DAY.toNanos());
    return all.size();
  }

  private long freeBytes() {
    try {
      return folder.usableBytes();
    } catch (IOException e) {
      return 0;
    }
  }

  private void begin(Bundle active, Job job) {
    Learn learn = config.learn();
    String recipe = job.recipe();
    TrainingProgress progress = new TrainingProgress();
    Relearning work = new Relearning(images.normals(recipe), images.golden(recipe), store(recipe), clock, progress::heard);
    int threads = learn.threads() == 0 ? Math.max(1, Runtime.getRuntime().availableProcessors() / 2) : learn.threads();
    Relearning.Order order = new Relearning.Order(recipe, job.speed(), new Length.Budget(learn.budget().toMillis() / 1000.0), threads, learn.memory().asLongValue(),
        folder.jobs().resolve(job.id()));
    jobs.put(job);
    if (job.speed() == Speed.FINE_TUNE) {
      begun.computeIfAbsent(recipe, name -> new ArrayList<>()).add(nanos.getAsLong());
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
    Job job = running.job;
    Optional<Job> made = Optional.empty();
    Optional<Job> failed = Optional.empty();
    try {
      Relearning.Judged judged = narrow.submit(() -> running.work.learn(active, order)).get();
      made = Optional.of(job.made(judged.digest(), new Job.Findings(judged.gate(), judged.learntFrom(), judged.heldOut(), judged.doubtful()), clock.instant()));
    } catch (ExecutionException e) {
      failed = Optional.of(failed(running, e.getCause()));
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
      failed.ifPresent(this::end);
      made.ifPresent(this::gated);
    }
  }

  private Job failed(Attempt running, Throwable cause) {
    List<String> log = running.work.log();
    if (running.work.cancelled()) {
      return running.job.failed(State.CANCELLED, Fault.TRAINING_STOPPED.code(), "Cancelled. The model in use stays.", List.of(), clock.instant());
    }
    Throwable root = cause.getCause() instanceof FaultException fault ? fault : cause;
    if (root instanceof FaultException fault) {
      return running.job.failed(State.FAILED, fault.fault().code(), fault.detail(), log, clock.instant());
    }
    LOG.error("An attempt at learning failed", cause);
    return running.job.failed(State.FAILED, Fault.TRAINING_FAILED.code(), "Learning failed: " + cause + ". The model in use stays.", log, clock.instant());
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
      end(job.to(State.REJECTED, String.join(" ", findings.gate().objections())));
      return;
    }
    Job onTrial = job.to(State.ON_TRIAL, "Passed the gate.");
    jobs.put(onTrial);
    tell(Change.STATION, Action.LEARNING_ENDED, onTrial, "passed the gate");
    tryOut(onTrial);
  }

  /** Loads a candidate beside the model in use. */
  private void tryOut(Job job) {
    Trial before = trials.remove(job.recipe());
    if (before != null) {
      before.shadow.ifPresent(Shadow::close);
      drop(before.job, State.SUPERSEDED, "A newer candidate takes its place.");
    }
    try {
      Bundle candidate = store(job.recipe()).load(job.candidate().orElseThrow());
      Optional<Shadow> shadow = config.learn().shadowParts() == 0 || job.state() == State.READY ? Optional.empty()
          : Optional.of(new Shadow(candidate, config.engine().name(), config.engine().threads(), job.parent(), inspections, decoder));
      trials.put(job.recipe(), new Trial(job, candidate.rules().calibration().falseRejectBudget(), shadow));
      follow(job.recipe());
    } catch (FaultException e) {
      end(job.failed(State.FAILED, e.fault().code(), e.detail(), List.of(), job.endedAt().orElse(clock.instant())));
    } catch (IOException e) {
      end(job.failed(State.FAILED, Fault.DATA_FOLDER_UNUSABLE.code(), "The candidate cannot be read: " + e.getMessage() + ".", List.of(), job.endedAt().orElse(clock.instant())));
    }
  }

  private void follow(String recipe) {
    Trial trial = trials.get(recipe);
    if (trial == null) {
      return;
    }
    if (inUse(recipe).filter(bundle -> bundle.digest().equals(trial.job.parent())).isEmpty()) {
      dismiss(trial, State.SUPERSEDED, "Another model came into use meanwhile.");
      return;
    }
    if (trial.job.state() == State.READY) {
      return;
    }
    ShadowTrial.Finding finding = ShadowTrial.of(trial.shadow.map(Shadow::counts).orElse(ShadowTrial.Counts.NONE), config.learn().shadowParts(), trial.falseRejectBudget);
    if (finding instanceof ShadowTrial.Failed failed) {
      dismiss(trial, State.REJECTED, failed.sentence());
    } else if (finding instanceof ShadowTrial.Passed passed) {
      passed(trial, passed.sentence());
    }
  }

  private void passed(Trial trial, String sentence) {
    switch (config.learn().promotion()) {
      case AUTOMATIC -> promote(trial, Change.STATION, sentence);
      case BY_HAND -> {
        Job ready = trial.job.to(State.READY, sentence + " It waits for a person.");
        jobs.put(ready);
        trials.put(ready.recipe(), new Trial(ready, trial.falseRejectBudget, trial.shadow));
      }
    }
  }

  private Job promote(Trial trial, String by, String sentence) {
    Job job = trial.job;
    Swap swap = models.activate(job.recipe(), job.candidate().orElseThrow(), new Change(by, job.speed().label() + ", " + job.why()));
    if (swap instanceof Swap.Refused refused && refused.fault() == Fault.DRAIN_OVERDUE) {
      return job;
    }
    trials.remove(job.recipe());
    trial.shadow.ifPresent(Shadow::close);
    if (swap instanceof Swap.Refused refused) {
      return drop(job, State.REJECTED, refused.detail());
    }
    Job promoted = job.to(State.PROMOTED, sentence);
    jobs.put(promoted);
    tell(by, Action.CANDIDATE_PROMOTED, promoted, Bundle.shortened(job.candidate().get()));
    LOG.infof("Recipe %s uses candidate %s from now on. %s", job.recipe(), Bundle.shortened(job.candidate().get()), sentence);
    return promoted;
  }

  private Job dismiss(Trial trial, State state, String why) {
    trials.remove(trial.job.recipe());
    trial.shadow.ifPresent(Shadow::close);
    return drop(trial.job, state, why);
  }

  /** A candidate that is not wanted goes from the disk as well. */
  private Job drop(Job job, State state, String why) {
    delete(store(job.recipe()).folder().resolve(job.candidate().orElseThrow()));
    Job dropped = job.to(state, why);
    end(dropped);
    return dropped;
  }

  private void end(Job job) {
    jobs.put(job);
    Action kind = job.state() == State.REJECTED ? Action.CANDIDATE_REJECTED : Action.LEARNING_ENDED;
    tell(Change.STATION, kind, job, job.state().name().toLowerCase(Locale.ROOT) + ": " + job.detail().orElse(""));
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
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + attempt.get().job.recipe() + " is learning already. Wait for it, or cancel it.");
    }
    if (trials.containsKey(recipe)) {
      throw new FaultException(Fault.LEARNING_REFUSED, "A candidate of recipe " + recipe + " is on trial. Wait for it, promote it or discard it.");
    }
    asked.put(recipe, new Asked(speed, by));
    tick(List.of(recipe));
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
    Optional<Attempt> running = attempt.filter(one -> one.job.recipe().equals(recipe));
    if (!waiting && running.isEmpty()) {
      throw new FaultException(Fault.LEARNING_REFUSED, "Recipe " + recipe + " is not learning, so there is nothing to cancel.");
    }
    running.ifPresent(one -> one.work.cancel());
    events.accept(new Changed(clock.instant(), by, Action.LEARNING_CANCELLED, recipe, running.map(one -> one.job.id()).orElse(""), ""));
  }

  /** Puts a candidate into use now, whether its trial is over or not. @throws FaultException where there is none, or it is refused */
  public synchronized Job promote(String recipe, String by) {
    Job job = promote(trial(recipe), by, "Promoted by " + by + ".");
    if (job.state() != State.PROMOTED) {
      throw new FaultException(Fault.LEARNING_REFUSED, job.state().over() ? job.detail().orElse("") : models.overdue(recipe).map(held -> held.sentence()).orElse("Try again."));
    }
    return job;
  }

  /** Throws a candidate away. @throws FaultException where there is none */
  public synchronized Job discard(String recipe, String by) {
    return dismiss(trial(recipe), State.REJECTED, "Discarded by " + by + ".");
  }

  private Trial trial(String recipe) {
    return Optional.ofNullable(trials.get(recipe)).orElseThrow(() -> new FaultException(Fault.LEARNING_REFUSED, "Recipe " + recipe + " has no candidate now."));
  }

  /** What the station does about a recipe's model, for the page. */
  public synchronized LearningStatus status(String recipe) {
    Optional<Attempt> here = attempt.filter(one -> one.job.recipe().equals(recipe));
    Optional<Trial> trial = Optional.ofNullable(trials.get(recipe));
    TrainingDecision decision = decide(recipe);
    JobStore.Standing standing = jobs.standing(recipe, clock.instant());
    return new LearningStatus(recipe, config.learn().enabled(), standing.by(), decision, here.map(one -> new LearningStatus.Running(one.job, one.progress.status(),
        (nanos.getAsLong() - one.began) / 1e9)), trial.map(one -> new LearningStatus.Candidate(one.job, config.learn().shadowParts(),
        one.shadow.map(Shadow::counts).orElse(ShadowTrial.Counts.NONE), one.shadow.map(Shadow::differences).orElse(List.of()))), jobs.of(recipe, LISTED));
  }

  @Override
  public void close() {
    closed = true;
    synchronized (this) {
      attempt.ifPresent(one -> one.work.cancel());
      trials.values().forEach(trial -> trial.shadow.ifPresent(Shadow::close));
    }
    narrow.shutdown();
  }
}
