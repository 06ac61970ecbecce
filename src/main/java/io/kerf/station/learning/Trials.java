package io.kerf.station.learning;

import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.ActiveModels;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Change;
import io.kerf.model.Swap;
import io.kerf.station.learning.Job.State;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.DataFolder;
import io.kerf.training.continual.ShadowTrial;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Candidates that passed the gate, at most one of each recipe, up to the swap or to their end. Not safe for several threads, but for {@link #saw}. */
final class Trials {
  private static final Logger LOG = Logger.getLogger(Trials.class);

  private final KerfConfig.Engine engine;
  private final Function<String, KerfConfig.Learn> settings;
  private final DataFolder folder;
  private final ActiveModels models;
  private final InspectionStore inspections;
  private final ImageDecoder decoder;
  private final JobStore jobs;
  private final BiConsumer<Job, String> ended;
  /** Read by the line, which must not wait. */
  private final Map<String, Trial> trials = new ConcurrentHashMap<>();

  private record Trial(Job job, double falseRejectBudget, Optional<Shadow> shadow) {}

  /** @param ended takes each candidate that is promoted or dropped, and who did it */
  Trials(KerfConfig.Engine engine, Function<String, KerfConfig.Learn> settings, DataFolder folder, ActiveModels models, InspectionStore inspections,
      ImageDecoder decoder, JobStore jobs, BiConsumer<Job, String> ended) {
    this.engine = engine;
    this.settings = settings;
    this.folder = folder;
    this.models = models;
    this.inspections = inspections;
    this.decoder = decoder;
    this.jobs = jobs;
    this.ended = ended;
  }

  /** Whether a candidate judges beside the model in use. One that waits for a person does not keep a newer one from being made. */
  boolean onTrial(String recipe) {
    return Optional.ofNullable(trials.get(recipe)).filter(trial -> trial.job.state() == State.ON_TRIAL).isPresent();
  }

  /** Quick; called for each part. */
  void saw(StoredInspection stored) {
    Optional.ofNullable(trials.get(stored.inspection().recipe())).flatMap(Trial::shadow).ifPresent(judging -> judging.saw(stored));
  }

  Optional<LearningStatus.Candidate> status(String recipe) {
    return Optional.ofNullable(trials.get(recipe)).map(one -> new LearningStatus.Candidate(one.job, settings.apply(recipe).shadowParts(),
        one.shadow.map(Shadow::counts).orElse(ShadowTrial.Counts.NONE), one.shadow.map(Shadow::differences).orElse(List.of())));
  }

  /** Loads a candidate beside the model in use. */
  void begin(Job job) {
    Trial before = trials.remove(job.recipe());
    if (before != null) {
      before.shadow.ifPresent(Shadow::close);
      drop(before.job, State.SUPERSEDED, "A newer candidate takes its place.", Change.STATION);
    }
    try {
      Bundle candidate = models.demanded(job.recipe(), store(job.recipe()).load(job.candidate().orElseThrow()));
      Optional<Shadow> shadow = settings.apply(job.recipe()).shadowParts() == 0 || job.state() == State.READY ? Optional.empty()
          : Optional.of(new Shadow(candidate, engine.name(), engine.threads(), job.parent(), inspections, decoder));
      trials.put(job.recipe(), new Trial(job, candidate.rules().calibration().falseRejectBudget(), shadow));
      follow(job.recipe());
    } catch (FaultException e) {
      ended.accept(job.failed(State.FAILED, e.fault().code(), e.detail(), List.of(), job.endedAt().orElseThrow()), Change.STATION);
    } catch (IOException e) {
      ended.accept(job.failed(State.FAILED, Fault.DATA_FOLDER_UNUSABLE.code(), "The candidate cannot be read: " + e.getMessage() + ".", List.of(), job.endedAt().orElseThrow()), Change.STATION);
    }
  }

  /** Ends a trial that is over. */
  void follow(String recipe) {
    Trial trial = trials.get(recipe);
    if (trial == null) {
      return;
    }
    Optional<String> inUse = models.known(recipe).map(BundleStore.Listed::digest);
    if (inUse.equals(trial.job.candidate())) {
      end(trial);
      ended.accept(trial.job.to(State.PROMOTED, "Put into use by hand."), Change.STATION);
      return;
    }
    if (inUse.filter(trial.job.parent()::equals).isEmpty()) {
      dismiss(trial, State.SUPERSEDED, "Another model came into use meanwhile.", Change.STATION);
      return;
    }
    if (trial.job.state() == State.READY) {
      return;
    }
    ShadowTrial.Finding finding = ShadowTrial.of(trial.shadow.map(Shadow::counts).orElse(ShadowTrial.Counts.NONE), settings.apply(recipe).shadowParts(),
        trial.falseRejectBudget);
    if (finding instanceof ShadowTrial.Failed failed) {
      waitForAPerson(trial, failed.sentence() + " They may be defects that the model in use misses, or good parts: a person must look at them and decide.");
    } else if (finding instanceof ShadowTrial.Passed passed) {
      passed(trial, passed.sentence());
    }
  }

  private void passed(Trial trial, String sentence) {
    switch (settings.apply(trial.job.recipe()).promotion()) {
      case AUTOMATIC -> promote(trial, Change.STATION, sentence);
      case BY_HAND -> waitForAPerson(trial, sentence + " It waits for a person.");
    }
  }

  /** What it has seen stays to be looked at; its model is no longer held in memory. */
  private void waitForAPerson(Trial trial, String sentence) {
    trial.shadow.ifPresent(Shadow::close);
    Job ready = trial.job.to(State.READY, sentence);
    jobs.put(ready);
    trials.put(ready.recipe(), new Trial(ready, trial.falseRejectBudget, trial.shadow));
  }

  private void end(Trial trial) {
    trials.remove(trial.job.recipe());
    trial.shadow.ifPresent(Shadow::close);
  }

  private Job promote(Trial trial, String by, String sentence) {
    Job job = trial.job;
    Swap swap = models.activate(job.recipe(), job.candidate().orElseThrow(), new Change(by, job.speed().label() + ", " + job.why()));
    if (swap instanceof Swap.Refused refused && refused.fault() == Fault.DRAIN_OVERDUE) {
      return job;
    }
    end(trial);
    if (swap instanceof Swap.Refused refused) {
      return drop(job, State.REJECTED, refused.detail(), by);
    }
    Job promoted = job.to(State.PROMOTED, sentence);
    ended.accept(promoted, by);
    return promoted;
  }

  private Job dismiss(Trial trial, State state, String why, String by) {
    end(trial);
    return drop(trial.job, state, why, by);
  }

  /** A candidate that is not wanted goes from the disk as well, unless it is or was in use: somebody put it there. */
  private Job drop(Job job, State state, String why, String by) {
    try {
      BundleStore store = store(job.recipe());
      if (store.history().stream().noneMatch(one -> one.digest().equals(job.candidate().orElseThrow()))) {
        AtomicFiles.deleteTree(store.folder().resolve(job.candidate().orElseThrow()));
      }
    } catch (IOException e) {
      LOG.warnf("Candidate %s could not be deleted: %s", Bundle.shortened(job.candidate().get()), e.getMessage());
    }
    Job dropped = job.to(state, why);
    ended.accept(dropped, by);
    return dropped;
  }

  /** Puts a candidate into use now, whether its trial is over or not. @throws FaultException where there is none, or it is refused */
  Job promote(String recipe, String by) {
    Job job = promote(trial(recipe), by, "Promoted by " + by + ".");
    if (job.state() != State.PROMOTED) {
      throw new FaultException(Fault.LEARNING_REFUSED, job.state().over() ? job.detail().orElse("") : models.overdue(recipe).map(held -> held.sentence()).orElse("Try again."));
    }
    return job;
  }

  /** Throws a candidate away. @throws FaultException where there is none */
  Job discard(String recipe, String by) {
    return dismiss(trial(recipe), State.REJECTED, "Discarded by " + by + ".", by);
  }

  private Trial trial(String recipe) {
    return Optional.ofNullable(trials.get(recipe)).orElseThrow(() -> new FaultException(Fault.LEARNING_REFUSED, "Recipe " + recipe + " has no candidate now."));
  }

  private BundleStore store(String recipe) {
    return new BundleStore(folder.models(recipe));
  }

  void close() {
    trials.values().forEach(trial -> trial.shadow.ifPresent(Shadow::close));
  }
}
