package io.kerf.training;

import io.kerf.fault.FaultException;
import io.kerf.imaging.Picture;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Chooses what to learn before learning it: each candidate lesson is tried for a share of the time, and the one whose model finds unseen
 * synthetic defects best gets the rest. What was asked for is the prior and stays unless another is clearly better, since a short trial
 * says little.
 *
 * <p>Asked to stop while it tries, it learns what is best so far for no longer than a trial; asked again, it stops that as well.
 *
 * <p>A model without any learning is tried too. It costs no time, and it is shipped where the learnt one falls below it: no model is worse
 * than its floor by the evidence there is.
 */
public final class AutoLearning implements LearningJob {
  /** Of the whole time, for each candidate. */
  static final double TRIAL_SHARE = 0.08;
  /** A shorter budget is all spent on what was asked for. */
  static final double SHORTEST_BUDGET_SECONDS = 120;
  static final double MARGIN = 0.03;

  private final LearningSettings settings;
  private final Clock clock;
  private final Consumer<WorkerEvent> listener;
  private volatile Optional<Learning> running = Optional.empty();
  private volatile boolean trying = true;
  private volatile boolean cutShort;

  AutoLearning(LearningSettings settings, Clock clock, Consumer<WorkerEvent> listener) {
    this.settings = settings.withAuto(false);
    this.clock = clock;
    this.listener = listener;
  }

  /** @param words for a person; @param size side of the frame in pixels */
  record Candidate(String words, Lesson lesson, int sizePx) {}

  /** A candidate with the area under the ROC curve its model reached. */
  private record Tried(Candidate candidate, double evidence) {}

  @Override
  public Learnt learn(Normals normals, String recipe, BundleStore store, Path job) throws IOException {
    List<String> reasons = new ArrayList<>();
    List<Candidate> candidates = candidates(settings.order(), Normals.read(normals.fit().get(0), settings.order().preprocessing()));
    Candidate chosen = candidates.get(0);
    Length rest = settings.order().length();
    if (rest instanceof Length.Budget budget && budget.seconds() > SHORTEST_BUDGET_SECONDS) {
      List<Tried> tried = tried(candidates, budget, normals, job, reasons);
      chosen = tried.isEmpty() ? chosen : chosen(tried, reasons);
      rest = new Length.Budget(budget.seconds() * (cutShort ? TRIAL_SHARE : 1 - TRIAL_SHARE * candidates.size()));
    } else {
      reasons.add("Learns " + chosen.words + ": the time is too short to try anything else.");
    }
    trying = false;
    double floor = trial(settings.withOrder(settings.order().untrained()), normals, job);
    Learnt learnt = run(new Learning(settingsFor(chosen, rest), clock, listener, reasons, Ancestry.NONE), normals, recipe, store, job);
    if (learnt.report().fusedEvidence() >= floor) {
      return learnt;
    }
    reasons.add(String.format(Locale.ROOT, "What was learnt finds unseen synthetic defects worse than no learning at all (%.3f against %.3f), so nothing learnt is used.",
        learnt.report().fusedEvidence(), floor));
    AtomicFiles.deleteTree(store.folder().resolve(learnt.digest()));
    return run(new Learning(settings.withOrder(settings.order().untrained()), clock, listener, reasons, Ancestry.NONE), normals, recipe, store, job);
  }

  /** Until all are tried or someone asks to stop. What fails is told and left out, unless it is what was asked for. */
  private List<Tried> tried(List<Candidate> candidates, Length.Budget budget, Normals normals, Path job, List<String> reasons) throws IOException {
    List<Tried> tried = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (cutShort) {
        return tried;
      }
      try {
        tried.add(new Tried(candidate, trial(settingsFor(candidate, new Length.Budget(TRIAL_SHARE * budget.seconds())), normals, job)));
      } catch (FaultException e) {
        if (candidate == candidates.get(0) && !cutShort) {
          throw e;
        }
        reasons.add("Trying " + candidate.words + " failed: " + e.detail());
      }
    }
    return tried;
  }

  /** What was asked for first; then what else fits the parts. */
  static List<Candidate> candidates(TrainingOrder order, Picture typical) {
    int size = order.preprocessing().sizePx();
    List<Candidate> all = new ArrayList<>(List.of(new Candidate(words(order.lesson(), size), order.lesson(), size)));
    if (order.lesson().objective() != Objective.CLASSIFY) {
      all.add(new Candidate(words(Lesson.pooled(), size / 2), Lesson.pooled(), size / 2));
    } else {
      all.add(new Candidate(words(Lesson.dense(), 2 * size), Lesson.dense(), 2 * size));
    }
    int finer = 3 * size / 2;
    if ((long) typical.width() * typical.height() >= (long) finer * finer) {
      all.add(new Candidate(words(order.lesson(), finer), order.lesson(), finer));
    }
    return all;
  }

  private static String words(Lesson lesson, int sizePx) {
    return lesson.description() + " at " + sizePx + " px";
  }

  private static Candidate chosen(List<Tried> tried, List<String> reasons) {
    Tried prior = tried.get(0);
    Tried best = tried.stream().max((a, b) -> Double.compare(a.evidence, b.evidence)).orElse(prior);
    Tried taken = best.evidence > prior.evidence + MARGIN ? best : prior;
    StringBuilder words = new StringBuilder();
    tried.forEach(one -> words.append(words.isEmpty() ? "" : ", ").append(one.candidate.words).append(String.format(Locale.ROOT, " (%.3f)", one.evidence)));
    reasons.add("Learns " + taken.candidate.words + ": " + (taken == prior ? "nothing tried was better by more than " + MARGIN : "better than what was asked for")
        + ". Area under the ROC curve on unseen synthetic defects after short trials: " + words + ".");
    return taken.candidate;
  }

  private LearningSettings settingsFor(Candidate candidate, Length length) {
    TrainingOrder order = settings.order();
    int was = order.preprocessing().sizePx();
    TrainingOrder other = order.teaching(candidate.lesson).lasting(length);
    return settings.withOrder(candidate.sizePx == was ? other : other.through(order.preprocessing().resizedTo(candidate.sizePx)));
  }

  private double trial(LearningSettings tried, Normals normals, Path job) throws IOException {
    Path folder = job.resolveSibling(job.getFileName() + "-trial");
    BundleStore scratch = new BundleStore(folder.resolve("models"));
    try {
      return run(new Learning(tried, clock, listener, List.of(), Ancestry.NONE), normals, "trial", scratch, folder.resolve("job")).report().fusedEvidence();
    } finally {
      if (Files.exists(folder)) {
        AtomicFiles.deleteTree(folder);
      }
    }
  }

  private Learnt run(Learning learning, Normals normals, String recipe, BundleStore store, Path job) throws IOException {
    running = Optional.of(learning);
    return learning.learn(normals, recipe, store, job);
  }

  @Override
  public void stop() {
    cutShort = cutShort || trying;
    running.ifPresent(Learning::stop);
  }

  @Override
  public void kill() {
    running.ifPresent(Learning::kill);
  }

  @Override
  public List<String> log() {
    return running.map(Learning::log).orElse(List.of());
  }
}
