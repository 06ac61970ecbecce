package io.kerf.training.continual;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kerf.density.HeldOutSplit.Earlier;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.storage.AtomicFiles;
import io.kerf.storage.Sha256;
import io.kerf.training.Learning;
import io.kerf.training.LearningJob;
import io.kerf.training.LearningJob.Learnt;
import io.kerf.training.Length;
import io.kerf.training.Normals;
import io.kerf.training.Normals.GoodPart;
import io.kerf.training.QuarantineReview;
import io.kerf.training.WorkerEvent;
import io.kerf.training.continual.GateEvidence.AgeGroup;
import io.kerf.training.normals.GoldenSet;
import io.kerf.training.normals.Normal;
import io.kerf.training.normals.NormalPool;
import io.kerf.training.normals.Standing;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One attempt at a better model: from what the station has collected to a candidate that the gate has judged.
 *
 * <pre>normals ─► review of the presumed ones ─► split, old parts on their old side ─► refit or fine-tune ─► floor ─► gate</pre>
 *
 * <p>What it is about to learn from is written down first: an attempt that was cut short and is begun again in the same folder goes on with
 * the same parts, from the training's checkpoint.
 */
public final class Relearning {
  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
  private static final String PLAN = "plan.json";
  private static final int MOST_AGES = 3;
  private static final int FEWEST_OF_AN_AGE = 8;

  private final NormalPool normals;
  private final GoldenSet golden;
  private final BundleStore store;
  private final UnaryOperator<Bundle> demanded;
  private final Clock clock;
  private final Consumer<WorkerEvent> listener;
  private volatile Optional<LearningJob> running = Optional.empty();
  private volatile List<String> log = List.of();
  private volatile boolean cancelled;

  /** With candidates that judge as they were learnt. @param listener hears the stages and the training process, on whatever thread */
  public Relearning(NormalPool normals, GoldenSet golden, BundleStore store, Clock clock, Consumer<WorkerEvent> listener) {
    this(normals, golden, store, bundle -> bundle, clock, listener);
  }

  /**
   * @param demanded a candidate as it would judge here, which is what the gate looks at
   * @param listener hears the stages and the training process, on whatever thread
   */
  public Relearning(NormalPool normals, GoldenSet golden, BundleStore store, UnaryOperator<Bundle> demanded, Clock clock, Consumer<WorkerEvent> listener) {
    this.normals = normals;
    this.golden = golden;
    this.store = store;
    this.demanded = demanded;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * What is asked for.
   *
   * @param length of fine-tuning
   * @param threads of PyTorch
   * @param memoryBytes that the training process may use
   * @param folder of this attempt, on the file system of the bundles
   */
  public record Order(String recipe, Speed speed, Length length, int threads, long memoryBytes, Path folder) {}

  /**
   * A candidate and what the gate says of it. A candidate that did not pass is no longer in the store.
   *
   * @param digest of its bundle
   * @param doubtful presumed normals that the review took out
   */
  public record Judged(String digest, GateReport gate, int learntFrom, int heldOut, int doubtful) {}

  /** What will be learnt from; kept in the folder of the attempt. */
  record Plan(String parent, List<Planned> parts, int doubtful) {}

  /** @param addedAt of the normal. @param rejectedBefore whether a person had to say that it is good */
  record Planned(String image, Optional<String> lot, Earlier earlier, Instant addedAt, boolean original, boolean rejectedBefore) {}

  /**
   * Makes and judges a candidate. Takes from seconds to as long as is asked for.
   *
   * @param active the model in use
   * @throws FaultException with its code where it cannot be done; the model in use is untouched in any case
   */
  public Judged learn(Bundle active, Order order) throws IOException {
    Files.createDirectories(order.folder);
    Learning.Report report = Learning.Report.of(active).orElseThrow(() -> new FaultException(Fault.BUNDLE_UNSUPPORTED, "Bundle " + active.shortDigest()
        + " does not say which parts it was learnt from, as those of older versions do not, so nothing can be held out from it. Train anew: kerf train <folder> --recipe "
        + order.recipe + " --activate."));
    Plan plan = plan(active, report, order);
    List<GoodPart> parts = plan.parts.stream().map(part -> new GoodPart(Path.of(part.image), part.lot, part.earlier, !part.original)).toList();
    enter("split");
    Normals split = Normals.split(parts, report.settings().falseRejectBudget(), report.settings().order().seed());
    Learnt learnt = run(job(active, within(report, order), order), split, order, store, "candidate");
    try {
      Bundle candidate = demanded.apply(store.load(learnt.digest()));
      GateReport gate = Gate.DEFAULT.judge(evidence(active, candidate, learnt, split, plan, within(report, order), order));
      if (!gate.passed()) {
        AtomicFiles.deleteTree(candidate.folder());
      }
      return new Judged(learnt.digest(), gate, split.fit().size(), split.partsHeldOut(), plan.doubtful);
    } catch (IOException | RuntimeException e) {
      AtomicFiles.deleteTree(store.folder().resolve(learnt.digest()));
      throw e;
    }
  }

  private void enter(String stage) {
    if (cancelled) {
      throw new FaultException(Fault.TRAINING_STOPPED, "Learning was cancelled. The model in use stays.");
    }
    listener.accept(new WorkerEvent.Stage(stage));
  }

  private static Learning.Report within(Learning.Report report, Order order) {
    return report.withSettings(report.settings().withOrder(report.settings().order().within(order.threads, order.memoryBytes)));
  }

  private LearningJob job(Bundle active, Learning.Report report, Order order) {
    return switch (order.speed) {
      case REFIT -> LearningJob.refitting(active, report, clock, listener);
      case FINE_TUNE -> LearningJob.goingOn(active, report, order.length, clock, listener);
    };
  }

  private Learnt run(LearningJob job, Normals split, Order order, BundleStore into, String name) throws IOException {
    running = Optional.of(job);
    try {
      if (cancelled) {
        job.kill();
      }
      return job.learn(split, order.recipe, into, order.folder.resolve(name));
    } finally {
      log = job.log();
      running = Optional.empty();
    }
  }

  /** The last lines that the last training process logged, oldest first. */
  public List<String> log() {
    return running.map(LearningJob::log).orElse(log);
  }

  /** The plan of an earlier start of this attempt, as long as it can still be followed. */
  private Plan plan(Bundle active, Learning.Report report, Order order) throws IOException {
    Path file = order.folder.resolve(PLAN);
    if (Files.exists(file)) {
      Plan earlier = JSON.readValue(Files.readAllBytes(file), Plan.class);
      if (earlier.parent.equals(active.digest()) && earlier.parts.stream().allMatch(part -> Files.exists(Path.of(part.image)))) {
        return earlier;
      }
    }
    Plan made = made(active, report, Files.createDirectories(order.folder.resolve("parts")));
    AtomicFiles.write(file, JSON.writeValueAsBytes(made));
    return made;
  }

  /** @param kept where the images are linked to: the pool goes on changing, what is learnt from must not */
  private Plan made(Bundle active, Learning.Report report, Path kept) throws IOException {
    enter("review");
    normals.reread();
    Set<String> learnt = new HashSet<>(report.parts().fit());
    Set<String> heldOut = new HashSet<>(report.parts().heldOut());
    heldOut.addAll(report.parts().keptBack());
    List<Linked> all = new ArrayList<>();
    for (Normal normal : normals.all()) {
      Path image = kept.resolve(normal.image().getFileName());
      if (normal.standing() != Standing.DOUBTFUL && linked(normal.image(), image)) {
        String digest = Sha256.of(image);
        all.add(new Linked(normal, image, learnt.contains(digest) ? Earlier.LEARNT : heldOut.contains(digest) ? Earlier.HELD_OUT : Earlier.NEW));
      }
    }
    if (all.stream().noneMatch(one -> one.side == Earlier.LEARNT)) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "None of the " + all.size() + " normals of this recipe was learnt from by the model in use, so it cannot learn on"
          + " without forgetting. Train anew, which keeps the parts: kerf train <folder> --activate.");
    }
    Set<Linked> doubtful = doubtful(active, report, all);
    doubtful.forEach(one -> normals.stand(one.normal.id(), Standing.DOUBTFUL));
    List<Planned> parts = all.stream().filter(one -> !doubtful.contains(one)).map(one -> one.planned(report.settings().falseRejectBudget())).toList();
    return new Plan(active.digest(), parts, doubtful.size());
  }

  /** A normal with its image in the folder of the attempt. */
  private record Linked(Normal normal, Path image, Earlier side) {
    Planned planned(double falseRejectBudget) {
      boolean rejectedBefore = normal.standing() == Standing.CONFIRMED && normal.origin().pValue().orElse(0) <= falseRejectBudget;
      return new Planned(image.toString(), normal.origin().lot(), side, normal.origin().addedAt(), normal.standing() == Standing.ORIGINAL, rejectedBefore);
    }
  }

  /** Whether the image was still there. */
  private static boolean linked(Path image, Path link) throws IOException {
    try {
      Files.deleteIfExists(link);
      Files.createLink(link, image);
      return true;
    } catch (NoSuchFileException gone) {
      return false;
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      Files.copy(image, link);
      return true;
    }
  }

  /** Presumed normals that are odd among the others. */
  private static Set<Linked> doubtful(Bundle active, Learning.Report report, List<Linked> all) {
    List<Linked> presumed = all.stream().filter(one -> one.normal.standing() == Standing.PRESUMED && one.side == Earlier.NEW).toList();
    List<Path> learnt = new ArrayList<>();
    List<Path> heldOut = new ArrayList<>();
    all.stream().filter(one -> one.normal.standing().trusted()).forEach(one -> {
      boolean compared = one.normal.standing() == Standing.ORIGINAL && one.side != Earlier.LEARNT;
      (compared ? heldOut : learnt).add(one.image);
    });
    if (learnt.isEmpty() || heldOut.isEmpty()) {
      return Set.of();
    }
    boolean[] odd = QuarantineReview.doubtful(active, report, learnt, heldOut, presumed.stream().map(Linked::image).toList());
    return IntStream.range(0, odd.length).filter(i -> odd[i]).mapToObj(presumed::get).collect(Collectors.toSet());
  }

  private GateEvidence evidence(Bundle active, Bundle candidate, Learnt learnt, Normals split, Plan plan, Learning.Report report, Order order) throws IOException {
    enter("floor");
    BundleStore scratch = new BundleStore(order.folder.resolve("floor-models"));
    double floor = run(LearningJob.floor(report, clock), split, order, scratch, "floor").report().fusedEvidence();
    enter("gate");
    List<Path> heldOut = split.images();
    int shortSide = Math.max(active.manifest().preprocessing().neededShortSidePx(), candidate.manifest().preprocessing().neededShortSidePx());
    GateTrial trial = new GateTrial(report.settings().engine(), heldOut, golden.all(), shortSide);
    GateTrial.Measured before = trial.measure(active);
    GateTrial.Measured after = trial.measure(candidate);
    double[] scores = DoubleStream.concat(Arrays.stream(candidate.rules().fusion().heldOutScores(learnt.report().heldOutScores())),
        Arrays.stream(learnt.report().keptBack())).toArray();
    return new GateEvidence(learnt.report().finished().onnxRelativeError(), trial.golden(before, after), candidate.rules().calibration().falseRejectBudget(),
        ages(plan, heldOut, scores, candidate.rules().calibration().threshold()), trial.detections(before, after), learnt.report().fusedEvidence(), floor);
  }

  /** The original parts, and the others by the time they came. */
  static List<AgeGroup> ages(Plan plan, List<Path> heldOut, double[] scores, double threshold) {
    Map<String, Planned> byImage = new HashMap<>();
    plan.parts.forEach(part -> byImage.put(part.image, part));
    List<Integer> original = new ArrayList<>();
    List<Integer> collected = new ArrayList<>();
    List<Integer> rejectedBefore = new ArrayList<>();
    IntStream.range(0, heldOut.size()).forEach(i -> {
      Planned part = byImage.get(heldOut.get(i).toString());
      (part.original ? original : part.rejectedBefore ? rejectedBefore : collected).add(i);
    });
    collected.sort((a, b) -> at(byImage, heldOut, a).compareTo(at(byImage, heldOut, b)));
    List<AgeGroup> ages = new ArrayList<>();
    if (!original.isEmpty()) {
      ages.add(age("of the original set", original, scores, threshold));
    }
    int groups = Math.max(1, Math.min(MOST_AGES, collected.size() / FEWEST_OF_AN_AGE));
    for (int group = 0; group < groups && !collected.isEmpty(); group++) {
      List<Integer> some = collected.subList(group * collected.size() / groups, (group + 1) * collected.size() / groups);
      String until = at(byImage, heldOut, some.get(some.size() - 1)).toString().substring(0, 10);
      ages.add(age("collected up to " + until, some, scores, threshold));
    }
    if (!rejectedBefore.isEmpty()) {
      AgeGroup one = age("that were rejected before and said to be good", rejectedBefore, scores, threshold);
      ages.add(new AgeGroup(one.name(), one.rejected(), one.parts(), true));
    }
    return ages;
  }

  private static Instant at(Map<String, Planned> byImage, List<Path> heldOut, int index) {
    return byImage.get(heldOut.get(index).toString()).addedAt;
  }

  private static AgeGroup age(String name, List<Integer> members, double[] scores, double threshold) {
    return new AgeGroup(name, (int) members.stream().filter(i -> scores[i] > threshold).count(), members.size());
  }

  /** Ends the attempt as soon as can be; {@link #learn} then fails with {@link Fault#TRAINING_STOPPED} or with what killing the process gives. */
  public void cancel() {
    cancelled = true;
    running.ifPresent(LearningJob::kill);
  }

  public boolean cancelled() {
    return cancelled;
  }
}
