package io.kerf.inspection.rescore;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.imaging.ImageDecoder;
import io.kerf.inspection.LineTraffic;
import io.kerf.inspection.store.InspectionStore;
import io.kerf.inspection.store.SpanQuery;
import io.kerf.model.Activation;
import io.kerf.model.Bundle;
import io.kerf.model.BundleStore;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What rescorings work with.
 *
 * @param decoder whose limits let in what the station let in
 * @param engine DJL's name of the engine; scores repeat to the digit only on that which judged the first time
 * @param threads that one inference may use, likewise
 * @param line goes first
 * @param maxChanges listed at most in one rescoring
 * @param nanos rising, whatever the wall clock does
 */
public record Rescorer(InspectionStore store, ImageDecoder decoder, String engine, int threads, LineTraffic line, int maxChanges, Clock clock, LongSupplier nanos) {
  /**
   * Finds and verifies the bundle and counts the parts; runs nothing yet.
   *
   * @throws FaultException {@link Fault#BUNDLE_NOT_FOUND}, {@link Fault#BUNDLE_CORRUPT}, {@link Fault#BUNDLE_UNSUPPORTED} or {@link Fault#NOTHING_TO_RESCORE}
   */
  public RescoringRun prepare(String id, RescoringOrder order, BundleStore bundles) throws IOException {
    String digest = order.bundle().isPresent() ? bundles.resolve(order.bundle().get()) : inUse(order, bundles);
    Bundle bundle = bundles.load(digest);
    SpanQuery span = span(order);
    long parts = store.count(span);
    if (parts == 0) {
      throw nothing(order);
    }
    Findings findings = new Findings(parts, maxChanges);
    return new RescoringRun(this, bundle, span, findings, new Rescoring(id, order.with(digest), findings, clock, nanos));
  }

  private static String inUse(RescoringOrder order, BundleStore bundles) throws IOException {
    return bundles.active().map(Activation::digest).orElseThrow(() -> new FaultException(Fault.BUNDLE_NOT_FOUND, "Recipe " + order.recipe()
        + " has no model in use, so there is nothing to judge its parts with. Name a bundle of it, or train one: kerf train <folder> --recipe " + order.recipe()));
  }

  /** Up to the newest part there is now. */
  private SpanQuery span(RescoringOrder order) {
    Optional<String> newest = store.latest(Optional.of(order.recipe())).map(stored -> stored.inspection().id());
    return new SpanQuery(order.recipe(), order.from(), order.to(), order.lot(), newest.orElseThrow(() -> nothing(order)));
  }

  private static FaultException nothing(RescoringOrder order) {
    return new FaultException(Fault.NOTHING_TO_RESCORE, "No part is on record for " + order.words()
        + ", so there is nothing to judge again. Check recipe, lot and time; parts older than the records that are kept are gone.");
  }
}
