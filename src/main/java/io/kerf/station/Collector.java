package io.kerf.station;

import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.training.normals.CollectingPolicy;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Offers parts that pass the line to the normals of their recipe, on a thread of its own: the line never waits for it, and where parts come
 * faster than it looks at them it passes some over.
 */
final class Collector implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Collector.class);
  private static final int WAITING = 16;

  private final Reviews reviews;
  private final Function<String, Optional<CollectingPolicy>> policies;
  private final BlockingQueue<Offer> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread = new Thread(this::run, "collector");
  private boolean failing;

  private record Offer(StoredInspection stored, CollectingPolicy policy) {}

  /** @param policies which parts of a recipe join, asked each time; empty where none do */
  Collector(Reviews reviews, Function<String, Optional<CollectingPolicy>> policies) {
    this.reviews = reviews;
    this.policies = policies;
    thread.setDaemon(true);
  }

  Collector start() {
    thread.start();
    return this;
  }

  /** Quick; called for each part. */
  void saw(StoredInspection stored) {
    Inspection inspection = stored.inspection();
    if (inspection.verdict() != Verdict.OK || stored.evidence().isEmpty()) {
      return;
    }
    double pValue = inspection.judgement().orElseThrow().pValue();
    policies.apply(inspection.recipe()).filter(policy -> pValue >= policy.leastPValue()).ifPresent(policy -> waiting.offer(new Offer(stored, policy)));
  }

  private void run() {
    try {
      while (true) {
        offer(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What fails costs this part as a normal, and is said once until it works again. */
  private void offer(Offer one) {
    try {
      reviews.offer(one.stored, one.policy);
      failing = false;
    } catch (FaultException e) {
      if (!failing) {
        LOG.errorf("No normals are collected: %s", e.getMessage());
      }
      failing = true;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
