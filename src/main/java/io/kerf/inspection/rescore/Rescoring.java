package io.kerf.inspection.rescore;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection.Reason;
import io.kerf.inspection.rescore.RescoringReport.Counts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** One rescoring as others see it: what was asked, how far it is, what it found; and the word to stop. Holds no model. Safe for many threads. */
public final class Rescoring {
  private final String id;
  private final RescoringOrder order;
  private final Findings findings;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Instant startedAt;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean cancelled;
  private long begunNanos;
  private RescoringState state = RescoringState.RUNNING;
  private Optional<Instant> endedAt = Optional.empty();
  private Optional<FaultException> problem = Optional.empty();

  Rescoring(String id, RescoringOrder order, Findings findings, Clock clock, LongSupplier nanos) {
    this.id = id;
    this.order = order;
    this.findings = findings;
    this.clock = clock;
    this.nanos = nanos;
    this.startedAt = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.begunNanos = nanos.getAsLong();
  }

  public String id() {
    return id;
  }

  /** Ends it after the image it is at. Does nothing where it has ended. */
  public void cancel() {
    cancelled = true;
  }

  /** Waits for its end. @return whether it has ended; then nothing of it is open any more */
  public boolean awaitEnd(Duration patience) throws InterruptedException {
    return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  public boolean isRunning() {
    return ended.getCount() > 0;
  }

  /** Why it failed; empty where it did not. */
  public synchronized Optional<FaultException> problem() {
    return problem;
  }

  /** How far it is and what it has found. */
  public synchronized RescoringReport report() {
    Findings.Seen seen = findings.seen();
    Counts counts = seen.counts();
    boolean running = state == RescoringState.RUNNING;
    // Old records may be deleted meanwhile, and the time at which a part that is new is captured may lie in the span.
    double share = state == RescoringState.DONE ? 1 : Math.min(1, (double) counts.lookedAt() / counts.parts());
    double elapsed = (nanos.getAsLong() - begunNanos) / 1e9;
    Optional<Double> remaining = running && counts.lookedAt() > 0
        ? Optional.of(Math.max(0, elapsed * (counts.parts() - counts.lookedAt()) / counts.lookedAt()))
        : Optional.empty();
    return new RescoringReport(id, order, state, startedAt, endedAt, share, remaining, counts, seen.first(), seen.last(), seen.transitions(),
        Optional.of(seen.changes()), notes(counts, seen.changes().size()), problem.map(fault -> new Reason(fault.fault().code(), fault.detail())));
  }

  private List<String> notes(Counts counts, int listed) {
    List<String> notes = new ArrayList<>();
    if (counts.changed() > listed) {
      notes.add("Only the first " + listed + " of " + counts.changed() + " changes are listed (kerf.rescoring.max-changes, --max-changes); all are counted.");
    }
    if (counts.imageGone() > 0) {
      notes.add("Of " + counts.imageGone() + " parts the image is not kept any more (kerf.evidence), so what this bundle says of them is not known.");
    }
    if (counts.unreadable() > 0) {
      notes.add("Of " + counts.unreadable() + " parts the image cannot be read any more: damaged on disk, or beyond kerf.image by now.");
    }
    if (state == RescoringState.CANCELLED || state == RescoringState.FAILED) {
      notes.add("It ended early: of " + (counts.parts() - counts.lookedAt()) + " later parts nothing is known.");
    }
    return notes;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** The model is loaded and the first part is next. */
  synchronized void begun() {
    begunNanos = nanos.getAsLong();
  }

  synchronized void ended(RescoringState how) {
    state = how;
    endedAt = Optional.of(clock.instant().truncatedTo(ChronoUnit.MILLIS));
    ended.countDown();
  }

  synchronized void failed(FaultException why) {
    problem = Optional.of(why);
    ended(RescoringState.FAILED);
  }

  /** For a sentence. */
  String words() {
    return String.format(Locale.ROOT, "Rescoring %s of %s is at %.0f %%", id, order.words(), 100 * report().share());
  }

  static FaultException unexpected(Throwable e) {
    return new FaultException(Fault.INTERNAL, "The rescoring failed: " + e + ". Verdicts on record and the model in use are untouched.", e);
  }
}
