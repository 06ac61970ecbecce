package io.kerf.station.learning;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge.StageClock;
import io.kerf.training.continual.ShadowTrial.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * Judges parts of the line with a candidate after the model in use has, on a thread of its own. Its verdict counts for nothing but the trial, and
 * where parts come faster than it judges it passes some over.
 */
public final class Shadow implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Shadow.class);
  private static final int WAITING = 8;
  /** Parts that are listed where the two differ. */
  private static final int LISTED = 50;

  private final Generation candidate;
  private final String active;
  private final InspectionStore inspections;
  private final ImageDecoder decoder;
  private final BlockingQueue<StoredInspection> waiting = new ArrayBlockingQueue<>(WAITING);
  private final List<Difference> differences = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "shadow");
  private Counts counts = Counts.NONE;
  private volatile boolean closed;

  /**
   * A part on which the two differ.
   *
   * @param inspection its image and heat map are with it
   * @param score by the model in use; empty where it could not judge. @param candidateScore by the candidate, on its own scale
   */
  public record Difference(String inspection, Verdict verdict, Verdict candidateVerdict, OptionalDouble score, OptionalDouble candidateScore, OptionalDouble pValue,
      OptionalDouble candidatePValue) {}

  /** @param active digest of the model in use: parts that another judged do not count */
  Shadow(Bundle candidate, String engine, int threads, String active, InspectionStore inspections, ImageDecoder decoder) {
    this.candidate = Generation.open(candidate, engine, threads);
    this.active = active;
    this.inspections = inspections;
    this.decoder = decoder;
    thread.setDaemon(true);
    thread.start();
  }

  /** Quick; called for each part of the recipe. */
  void saw(StoredInspection stored) {
    Optional<Judgement> judgement = stored.inspection().judgement();
    if (!closed && stored.evidence().isPresent() && judgement.map(Judgement::bundle).filter(bundle -> !bundle.equals(active)).isEmpty()) {
      waiting.offer(stored);
    }
  }

  private void run() {
    try (Generation.Lease lease = candidate.lease().orElseThrow()) {
      while (!closed) {
        judge(lease, waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void judge(Generation.Lease lease, StoredInspection stored) {
    try {
      Optional<byte[]> image = inspections.image(stored);
      if (image.isPresent()) {
        int needed = lease.bundle().manifest().preprocessing().neededShortSidePx();
        if (compare(stored.inspection(), lease.judge().assess(decoder.decode(image.get(), needed).picture(), StageClock.NONE))) {
          inspections.hold(stored.inspection().id());
        }
      }
    } catch (FaultException e) {
      LOG.warnf("A candidate could not judge inspection %s: %s", stored.inspection().id(), e.getMessage());
    }
  }

  /** @return whether it is listed now, for a person to look at */
  private synchronized boolean compare(Inspection inspection, Assessment assessment) {
    Optional<Assessment.Judged> judged = assessment instanceof Assessment.Judged answer ? Optional.of(answer) : Optional.empty();
    Verdict verdict = judged.map(answer -> answer.rejected() ? Verdict.NG : Verdict.OK).orElse(Verdict.UNJUDGED);
    counts = counts.plus(inspection.verdict() != Verdict.OK, verdict != Verdict.OK);
    boolean listed = verdict != inspection.verdict() && differences.size() < LISTED;
    if (listed) {
      differences.add(new Difference(inspection.id(), inspection.verdict(), verdict, number(inspection.judgement().map(Judgement::score)),
          number(judged.map(Assessment.Judged::score)), number(inspection.judgement().map(Judgement::pValue)), number(judged.map(Assessment.Judged::pValue))));
    }
    return listed;
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  synchronized Counts counts() {
    return counts;
  }

  synchronized List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** Frees the candidate once the part it judges is done. */
  @Override
  public void close() {
    closed = true;
    candidate.retire();
    thread.interrupt();
  }
}
