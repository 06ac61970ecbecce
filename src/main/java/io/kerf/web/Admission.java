package io.kerf.web;

import io.kerf.config.KerfConfig;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Decides which parts may come in, so that too many of them make some wait and some come back later, never the station fall over.
 *
 * <p>A request is admitted before its body is read, by number and by bytes; then it waits for its turn to be judged. At most
 * {@code concurrent} are judged and {@code waiting} more are at hand; an upload holds no turn.
 */
@Singleton
final class Admission {
  private final Semaphore turns;
  private final int maxRequests;
  private final Duration patience;
  private final long maxBytes;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();
  private final Counter refused;

  @Inject
  Admission(KerfConfig config, MeterRegistry meters) {
    this(config.inspections().concurrent() == 0 ? Runtime.getRuntime().availableProcessors() : config.inspections().concurrent(),
        config.inspections().waiting(), config.inspections().patience(), config.inspections().memory().asLongValue(), meters);
  }

  Admission(int concurrent, int waiting, Duration patience, long maxBytes, MeterRegistry meters) {
    this.turns = new Semaphore(concurrent, true);
    this.maxRequests = concurrent + waiting;
    this.patience = patience;
    this.maxBytes = maxBytes;
    this.refused = Counter.builder("kerf.inspections.refused").description("Parts refused because the station was busy").register(meters);
    meters.gauge("kerf.inspections.at.hand", requests);
    meters.gauge("kerf.inspections.waiting", turns, Semaphore::getQueueLength);
  }

  /**
   * Runs {@code work}, which reads a body and has it judged, where there is room for one more.
   *
   * @param bodyBytes the most that the body may take
   * @throws FaultException {@link Fault#BUSY} where too many requests or too many bytes are at hand
   */
  <T> T atHand(long bodyBytes, Supplier<T> work) {
    boolean tooMany = requests.incrementAndGet() > maxRequests;
    boolean tooMuch = bytes.addAndGet(bodyBytes) > maxBytes;
    try {
      if (tooMany || tooMuch) {
        throw busy("is judging and holding as many parts as it can");
      }
      return work.get();
    } finally {
      requests.decrementAndGet();
      bytes.addAndGet(-bodyBytes);
    }
  }

  /**
   * Runs {@code work} when it is this thread's turn.
   *
   * @throws FaultException {@link Fault#BUSY} where its turn did not come in time
   */
  <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy("did not come to this part within " + patience.toMillis() + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FaultException(Fault.SHUTTING_DOWN, "The station is stopping: this part was not judged. Send it again when the station is back.", e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private FaultException busy(String why) {
    refused.increment();
    return new FaultException(Fault.BUSY, "The station " + why + ", so this one was not judged. Send it again in a second; if this goes on, "
        + "parts come faster than this machine can judge them.");
  }
}
