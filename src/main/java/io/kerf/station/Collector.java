package io.kerf.station;

import io.kerf.fault.FaultException;
import io.kerf.inspection.Inspection;
import io.kerf.inspection.Verdict;
import io.kerf.inspection.store.StoredInspection;
import io.kerf.training.normals.CollectingPolicy;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jboss.logging.Logger;

/**
 * Offers parts that pass the line to the normals of their recipe, on a thread of its own: the line never waits for it, and where parts come
 * faster than it looks at them it passes some over.
 */
final class Collector implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Collector.class);
  private static final int WAITING = 16;

  private final Reviews reviews;
  private final CollectingPolicy policy;
  private final BlockingQueue<StoredInspection> waiting = new ArrayBlockingQueue<>(WAITING);
  private final Thread thread = new Thread(this::run, "collector");
  private boolean failing;

  Collector(Reviews reviews, CollectingPolicy policy) {
    this.reviews = reviews;
    this.policy = policy;
    thread.setDaemon(true);
  }

  Collector start() {
    thread.start();
    return this;
  }

  /** Quick; called for each part. */
  void saw(StoredInspection stored) {
    Inspection inspection = stored.inspection();
    boolean wellInside = inspection.verdict() == Verdict.OK && inspection.judgement().filter(judged -> judged.pValue() >= policy.leastPValue()).isPresent();
    if (wellInside && stored.evidence().isPresent()) {
      waiting.offer(stored);
    }
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
  private void offer(StoredInspection stored) {
    try {
      reviews.offer(stored, policy);
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
