package io.kerf.station;

import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.model.Change;
import io.kerf.model.Swap;
import io.kerf.station.SwapTrial.Counts;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Counts verdicts by model and returns to the model before where a swap has parts stopped that were not stopped before.
 *
 * <p>A model that was sent back and is activated again is not sent back a second time: somebody wants it.
 */
final class SwapWatch {
  private static final Logger LOG = Logger.getLogger(SwapWatch.class);
  /** Of the last parts before a swap. */
  private static final int REMEMBERED = 500;

  private final Function<String, Optional<String>> inUse;
  private final SendingBack sendingBack;
  private final ToIntFunction<String> watched;
  private final Executor executor;
  private final Map<String, Line> lines = new HashMap<>();

  /**
   * @param inUse digest of the bundle that a recipe uses now
   * @param sendingBack what takes a bad bundle out of use
   * @param watched parts after which a model of a recipe has proved itself, asked each time; 0 to watch none
   * @param executor runs what takes longer than a line can wait
   */
  SwapWatch(Function<String, Optional<String>> inUse, SendingBack sendingBack, ToIntFunction<String> watched, Executor executor) {
    this.inUse = inUse;
    this.sendingBack = sendingBack;
    this.watched = watched;
    this.executor = executor;
  }

  /** Returns a recipe to the bundle before, if {@code digest} is still the one in use. */
  interface SendingBack {
    Swap sendBack(String recipe, String digest, Change change);
  }

  /** What one recipe's line has seen. */
  private static final class Line {
    private String digest;
    private Deque<Verdict> verdicts = new ArrayDeque<>();
    private Optional<Counts> before = Optional.empty();
    private final Set<String> sentBack = new HashSet<>();

    void turnTo(String next) {
      before = digest == null || sentBack.contains(digest) || sentBack.contains(next) ? Optional.empty() : Optional.of(counts());
      digest = next;
      verdicts = new ArrayDeque<>();
    }

    void add(Verdict verdict) {
      verdicts.addLast(verdict);
      if (verdicts.size() > REMEMBERED) {
        verdicts.removeFirst();
      }
    }

    Counts counts() {
      return new Counts(verdicts.size(), (int) verdicts.stream().filter(Verdict.NG::equals).count(),
          (int) verdicts.stream().filter(Verdict.UNJUDGED::equals).count());
    }
  }

  /** Quick; called for each part. */
  synchronized void saw(Inspection inspection) {
    if (watched.applyAsInt(inspection.recipe()) == 0) {
      return;
    }
    Optional<String> present = inUse.apply(inspection.recipe());
    // A frame that began with the model before says nothing about the present one.
    if (present.isEmpty() || inspection.judgement().isPresent() && !inspection.judgement().get().bundle().equals(present.get())) {
      return;
    }
    Line line = lines.computeIfAbsent(inspection.recipe(), recipe -> new Line());
    if (!present.get().equals(line.digest)) {
      line.turnTo(present.get());
    }
    line.add(inspection.verdict());
    if (line.before.isPresent()) {
      decide(inspection.recipe(), line);
    }
  }

  private void decide(String recipe, Line line) {
    SwapTrial.Finding finding = SwapTrial.of(line.before.get(), line.counts(), watched.applyAsInt(recipe));
    if (finding instanceof SwapTrial.Worse worse) {
      line.before = Optional.empty();
      line.sentBack.add(line.digest);
      String digest = line.digest;
      executor.execute(() -> sendBack(recipe, digest, worse.reason()));
    } else if (finding instanceof SwapTrial.Kept) {
      line.before = Optional.empty();
    }
  }

  private void sendBack(String recipe, String digest, String reason) {
    Swap swap = sendingBack.sendBack(recipe, digest, new Change(Change.STATION, reason));
    if (swap instanceof Swap.Refused refused) {
      LOG.errorf("Recipe %s stops more parts than before the swap (%s), and the model before cannot be used: %s [%s]", recipe, reason, refused.detail(),
          refused.fault().code());
    } else if (swap instanceof Swap.Done) {
      LOG.warnf("Recipe %s uses the model before again: %s.", recipe, reason);
    }
  }
}
