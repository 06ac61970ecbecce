package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void asManyAsMayBeAtHandAreLetInAndOneMoreIsNot() throws Exception {
    Admission admission = new Admission(1, 1, Duration.ofSeconds(5), 1000, meters);
    CountDownLatch inside = new CountDownLatch(2);
    CountDownLatch leave = new CountDownLatch(1);
    CompletableFuture<String> first = run(() -> admission.atHand(1, held(inside, leave)));
    CompletableFuture<String> second = run(() -> admission.atHand(1, held(inside, leave)));
    inside.await();
    assertBusy(() -> admission.atHand(1, () -> "third"));
    leave.countDown();
    assertThat(first.get() + second.get()).isEqualTo("heldheld");
    assertThat(admission.<String>atHand(1, () -> "third")).isEqualTo("third");
    assertThat(meters.get("kerf.inspections.refused").counter().count()).isEqualTo(1);
  }

  @Test
  void asManyBytesAsMayBeHeldAreLetInAndOneMoreIsNot() {
    Admission admission = new Admission(1, 10, Duration.ofSeconds(5), 1000, meters);
    String held = admission.atHand(600, () -> {
      assertBusy(() -> admission.atHand(401, () -> "too much"));
      return admission.atHand(400, () -> "just right");
    });
    assertThat(held).isEqualTo("just right");
  }

  @Test
  void aPartWhoseTurnDoesNotComeIsRefused() throws Exception {
    Admission admission = new Admission(1, 1, Duration.ofMillis(20), 1000, meters);
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    CompletableFuture<String> first = run(() -> admission.inTurn(held(inside, leave)));
    inside.await();
    assertBusy(() -> admission.inTurn(() -> "second"));
    leave.countDown();
    first.get();
    assertThat(admission.<String>inTurn(() -> "second")).isEqualTo("second");
  }

  @Test
  void aFailureGivesPlaceAndTurnBack() {
    Admission admission = new Admission(1, 0, Duration.ofMillis(20), 1000, meters);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> admission.atHand(1000, () -> admission.inTurn(() -> {
        throw new IllegalStateException("failed");
      }))).hasMessage("failed");
    }
    assertThat(admission.<String>atHand(1000, () -> admission.inTurn(() -> "judged"))).isEqualTo("judged");
  }

  private CompletableFuture<String> run(Supplier<String> work) {
    return CompletableFuture.supplyAsync(work, threads);
  }

  private static Supplier<String> held(CountDownLatch inside, CountDownLatch leave) {
    return () -> {
      inside.countDown();
      try {
        leave.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "held";
    };
  }

  private static void assertBusy(Supplier<String> work) {
    assertThatThrownBy(work::get).isInstanceOfSatisfying(FaultException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BUSY));
  }
}
