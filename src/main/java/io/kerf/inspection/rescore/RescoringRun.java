package io.kerf.inspection.rescore;

import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.inspection.Conclusion;
import io.kerf.inspection.store.SpanQuery;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.Bundle;
import io.kerf.model.Generation;
import io.kerf.model.PartJudge;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Judges the stored images of a span again and compares with what is on record, oldest first.
 *
 * <ol>
 *   <li>The bundle is opened for this alone and closed at the end, whatever happens. The model in use, verdicts and images stay as they are.
 *   <li>One thread, one image in memory, records by the page.
 *   <li>The line goes first: between two images it waits until no part is being judged. A line that leaves no gap lets one image
 *       through each second, so that every rescoring ends. A part that comes while an image is looked at shares the processors with it.
 *   <li>The same bundle, engine and threads as on record give the same score to the last digit.
 * </ol>
 */
public final class RescoringRun implements Runnable {
  private static final Logger LOG = Logger.getLogger(RescoringRun.class);
  private static final int PAGE = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Rescorer with;
  private final Bundle bundle;
  private final SpanQuery span;
  private final Findings findings;
  private final Rescoring rescoring;

  RescoringRun(Rescorer with, Bundle bundle, SpanQuery span, Findings findings, Rescoring rescoring) {
    this.with = with;
    this.bundle = bundle;
    this.span = span;
    this.findings = findings;
    this.rescoring = rescoring;
  }

  /** What others see of it. */
  public Rescoring rescoring() {
    return rescoring;
  }

  /** Runs to its end; throws nothing: {@link Rescoring#report} says how it went. */
  @Override
  public void run() {
    try {
      rescoring.ended(walkedThrough() ? RescoringState.DONE : RescoringState.CANCELLED);
    } catch (FaultException e) {
      rescoring.failed(e);
    } catch (RuntimeException | Error e) {
      LOG.errorf(e, "Rescoring %s failed", rescoring.id());
      rescoring.failed(Rescoring.unexpected(e));
    }
    RescoringReport report = rescoring.report();
    LOG.infof("Rescoring %s ended: %s after %d of %d parts, %d with another verdict.", report.id(), report.state(), report.counts().lookedAt(),
        report.counts().parts(), report.counts().changed());
  }

  private boolean walkedThrough() {
    Generation generation = Generation.open(bundle, with.engine(), with.threads());
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      rescoring.begun();
      return walk(lease);
    } finally {
      generation.retire();
    }
  }

  private boolean walk(Generation.Lease lease) {
    Optional<StoredInspection> last = Optional.empty();
    while (true) {
      List<StoredInspection> page = with.store().oldestFirst(span, last, PAGE);
      for (StoredInspection stored : page) {
        with.line().awaitQuiet(PATIENCE, rescoring::isCancelled);
        if (rescoring.isCancelled()) {
          return false;
        }
        look(lease, stored);
      }
      if (page.size() < PAGE) {
        return true;
      }
      last = Optional.of(page.get(PAGE - 1));
    }
  }

  private void look(Generation.Lease lease, StoredInspection stored) {
    Optional<byte[]> image = with.store().image(stored);
    if (image.isEmpty()) {
      findings.imageGone();
      return;
    }
    Decoded decoded;
    try {
      decoded = with.decoder().decode(image.get(), bundle.manifest().preprocessing().neededShortSidePx());
    } catch (FaultException unreadable) {
      findings.unreadable();
      return;
    }
    findings.judged(stored.inspection(), Conclusion.of(bundle, lease.engine(), lease.judge().assess(decoded.picture(), PartJudge.StageClock.NONE)));
  }
}
