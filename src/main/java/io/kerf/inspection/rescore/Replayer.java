package io.kerf.inspection.rescore;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder.Decoded;
import io.kerf.inspection.Conclusion;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Inspection.Judgement;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.model.Assessment;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import io.kerf.model.Generation;
import io.kerf.model.HeatMapOverlay;
import io.kerf.model.PartJudge;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Judges a part on record once more by the bundle that judged it, in use or not, and compares. One at a time; the line goes first.
 *
 * <p>The bundle is opened for this alone and closed at the end. Nothing on record changes.
 */
public final class Replayer {
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Rescorer with;
  private final Function<String, BundleStore> bundles;
  private final Semaphore turn = new Semaphore(1);

  /** @param bundles the bundle store of a recipe */
  public Replayer(Rescorer with, Function<String, BundleStore> bundles) {
    this.with = with;
    this.bundles = bundles;
  }

  /**
   * Replays a verdict.
   *
   * @param image in the place of the stored one
   * @throws FaultException {@link Fault#NOT_FOUND}, {@link Fault#NOTHING_TO_REPLAY}, {@link Fault#IMAGE_GONE}, {@link Fault#BUNDLE_NOT_FOUND} where it was
   *     deleted, {@link Fault#BUNDLE_CORRUPT}, {@link Fault#BUSY}, or that the image cannot be read
   */
  public Replay replay(String id, Optional<byte[]> image) throws IOException {
    StoredInspection stored = with.store().byId(id).orElseThrow(() -> new FaultException(Fault.NOT_FOUND,
        "There is no inspection " + id + ": it never was, or is older than the records that are kept."));
    Inspection inspection = stored.inspection();
    Judgement judgement = inspection.judgement().orElseThrow(() -> new FaultException(Fault.NOTHING_TO_REPLAY, "No model judged inspection " + id + ": it was UNJUDGED, "
        + inspection.reason().orElseThrow().code() + "."));
    byte[] judged = image.or(() -> with.store().image(stored)).orElseThrow(() -> new FaultException(Fault.IMAGE_GONE, "Inspection " + id + ": "
        + with.store().evidenceState(stored).sentence() + " Give the image by kerf replay --image, if it is kept elsewhere."));
    if (!turn.tryAcquire()) {
      throw new FaultException(Fault.BUSY, "Another verdict is being replayed, and one is at a time. Ask again in a moment.");
    }
    try {
      return judged(inspection, bundle(inspection.recipe(), judgement.bundle()), judged);
    } finally {
      turn.release();
    }
  }

  private Bundle bundle(String recipe, String digest) throws IOException {
    try {
      return bundles.apply(recipe).load(digest);
    } catch (FaultException e) {
      if (e.fault() != Fault.BUNDLE_NOT_FOUND) {
        throw e;
      }
      throw new FaultException(Fault.BUNDLE_NOT_FOUND, "Bundle " + digest + " of recipe " + recipe + ", which judged this part, is not kept any more, so its verdict cannot be replayed.", e);
    }
  }

  private Replay judged(Inspection inspection, Bundle bundle, byte[] image) {
    Decoded decoded = with.decoder().decode(image, bundle.manifest().preprocessing().neededShortSidePx());
    with.line().awaitQuiet(PATIENCE, () -> false);
    Generation generation = Generation.open(bundle, with.engine(), with.threads());
    try (Generation.Lease lease = generation.lease().orElseThrow()) {
      Assessment assessment = lease.judge().assess(decoded.picture(), PartJudge.StageClock.NONE);
      Optional<byte[]> heatMap = assessment instanceof Assessment.Judged judged ? Optional.of(HeatMapOverlay.png(bundle, judged.heat(), decoded)) : Optional.empty();
      // The threshold on record may be that of the station document of the day.
      Conclusion now = Conclusion.of(bundle, lease.engine(), assessment).under(inspection.judgement().orElseThrow().threshold());
      return new Replay(inspection, now, lease.engine(), heatMap);
    } finally {
      generation.retire();
    }
  }
}
