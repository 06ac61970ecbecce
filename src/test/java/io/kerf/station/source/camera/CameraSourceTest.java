package io.kerf.station.source.camera;

import static io.kerf.station.source.Eventually.assertThatSoon;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.CameraSettings;
import io.kerf.config.document.CameraSettings.Mode;
import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.station.line.Condition.State;
import io.kerf.station.line.Outcome;
import io.kerf.station.line.Trigger;
import io.kerf.station.source.TestLine;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CameraSourceTest {
  private final FakeCamera camera = new FakeCamera();
  private final TestLine line = new TestLine();
  private Optional<CameraSource> source = Optional.empty();

  private CameraSource start(Mode mode, Duration every, Duration timeout, Duration silence) {
    CameraSource started = new CameraSource("top", new CameraSettings("", mode, every, null, timeout, Duration.ofSeconds(1), silence, null, Optional.of("flange")), line.judging(),
        camera);
    source = Optional.of(started);
    return started;
  }

  private CameraSource freeRunning() {
    return start(Mode.FREE_RUNNING, Duration.ZERO, null, Duration.ofMinutes(1));
  }

  private CameraSource triggered() {
    return start(Mode.TRIGGERED, null, Duration.ofSeconds(20), Duration.ofMinutes(1));
  }

  private static Trigger trigger(String part) {
    return new Trigger(Optional.of(part), Optional.of("L7"), "test", System.nanoTime());
  }

  private List<String> images() {
    return line.judged.stream().map(frame -> new String(frame.image(), StandardCharsets.UTF_8)).toList();
  }

  private static Outcome.Missed missed(CompletableFuture<Outcome> outcome) throws Exception {
    return (Outcome.Missed) outcome.get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void nothingIsLeftHeldOrOpen() {
    source.ifPresent(CameraSource::close);
    assertThatSoon(() -> assertThat(camera.open).hasValue(0));
  }

  @Test
  void framesAreJudgedAsTheyCome() {
    CameraSource free = freeRunning();
    camera.show("one");
    assertThatSoon(() -> assertThat(images()).containsExactly("one"));
    camera.show("two");
    assertThatSoon(() -> assertThat(free.status().judged()).isEqualTo(2));
    assertThat(images()).containsExactly("one", "two");
    assertThat(line.judged.get(0).source()).isEqualTo("top");
    assertThat(line.judged.get(0).recipe()).isEqualTo("flange");
    assertThatSoon(() -> assertThat(free.status().condition().state()).isEqualTo(State.WORKS));
    assertThat(free.status().frames()).isEqualTo(2);
    assertThat(free.status().dropped()).isZero();
    assertThatSoon(() -> assertThat(camera.held).hasValue(0));
  }

  @Test
  void theLatestFrameWinsAndThoseItReplacesAreCounted() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    line.before = () -> {
      judging.countDown();
      await(go);
    };
    CameraSource free = freeRunning();
    camera.show("1");
    judging.await();
    IntStream.rangeClosed(2, 50).forEach(i -> camera.show(Integer.toString(i)));
    assertThatSoon(() -> assertThat(free.status().frames()).isEqualTo(50));
    assertThat(camera.held.get()).isLessThanOrEqualTo(2);
    go.countDown();
    assertThatSoon(() -> assertThat(free.status().judged()).isEqualTo(2));
    assertThat(images()).containsExactly("1", "50");
    assertThat(free.status().dropped()).isEqualTo(48);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void framesThatAreNotDueAreLeftAlone() {
    CameraSource free = start(Mode.FREE_RUNNING, Duration.ofMinutes(30), null, Duration.ofMinutes(1));
    camera.show("first");
    camera.show("at once");
    assertThatSoon(() -> assertThat(free.status().frames()).isEqualTo(2));
    assertThatSoon(() -> assertThat(images()).containsExactly("first"));
    assertThat(free.status().dropped()).isZero();
  }

  @Test
  void aFrameThatIsTooOldIsNeverJudged() {
    CameraSource free = freeRunning();
    camera.show("old", Duration.ofSeconds(2));
    assertThatSoon(() -> assertThat(free.status().dropped()).isEqualTo(1));
    camera.show("fresh");
    assertThatSoon(() -> assertThat(images()).containsExactly("fresh"));
  }

  @Test
  void aFrameThatGrowsTooOldWhileItWaitsIsNeverJudged() throws Exception {
    CountDownLatch judging = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    line.before = () -> {
      judging.countDown();
      await(go);
    };
    CameraSource asked = triggered();
    CompletableFuture<Outcome> first = asked.trigger(trigger("A-1"));
    camera.show("first");
    judging.await();
    CompletableFuture<Outcome> second = asked.trigger(trigger("A-2"));
    camera.show("second");
    assertThatSoon(() -> assertThat(asked.status().frames()).isEqualTo(2));
    Thread.sleep(1100);
    go.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Judged.class);
    assertThat(missed(second).code()).isEqualTo("stale-frame");
    assertThat(images()).containsExactly("first");
  }

  @Test
  void aTriggerGetsTheFirstFrameThatWasCapturedAfterIt() throws Exception {
    CameraSource asked = triggered();
    camera.show("nobody asked");
    assertThatSoon(() -> assertThat(asked.status().frames()).isEqualTo(1));
    CompletableFuture<Outcome> outcome = asked.trigger(trigger("A-17"));
    camera.show("captured before", Duration.ofMillis(500));
    camera.show("captured after");
    camera.show("later");
    Outcome.Judged judged = (Outcome.Judged) outcome.get(20, TimeUnit.SECONDS);
    assertThat(images()).containsExactly("captured after");
    assertThat(judged.inspection().partId()).hasValue("A-17");
    assertThat(judged.inspection().lot()).hasValue("L7");
    assertThat(line.missed).isEmpty();
    assertThatSoon(() -> assertThat(asked.status().frames()).isEqualTo(4));
    assertThat(asked.status().dropped()).isZero();
    assertThatSoon(() -> assertThat(camera.held).hasValue(0));
  }

  @Test
  void withoutAFrameATriggerEndsWhenPatienceDoesAndTheLineHearsOfIt() throws Exception {
    CameraSource asked = start(Mode.TRIGGERED, null, Duration.ofMillis(50), Duration.ofMinutes(1));
    Outcome.Missed missed = missed(asked.trigger(trigger("A-17")));
    assertThat(missed.code()).isEqualTo("no-frame");
    assertThat(missed.detail()).contains("within 50 ms").contains("not judged");
    assertThat(line.missed).containsExactly(missed);
    camera.show("too late");
    assertThatSoon(() -> assertThat(asked.status().frames()).isEqualTo(1));
    assertThat(images()).isEmpty();
  }

  @Test
  void moreTriggersThanMayWaitAreRefusedAtOnce() throws Exception {
    CameraSource asked = triggered();
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    for (int i = 0; i <= PendingTriggers.MOST; i++) {
      outcomes.add(asked.trigger(trigger("A-" + i)));
    }
    assertThat(missed(outcomes.get(PendingTriggers.MOST)).code()).isEqualTo("busy");
    camera.show("one frame for all that wait");
    for (CompletableFuture<Outcome> outcome : outcomes.subList(0, PendingTriggers.MOST)) {
      assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Judged.class);
    }
  }

  @Test
  void aFreeRunningCameraIsNotTriggered() throws Exception {
    assertThat(missed(freeRunning().trigger(trigger("A-17"))).code()).isEqualTo("not-triggered");
  }

  @Test
  void whatCannotBeRecordedIsToldAndTheNextFrameIsJudged() throws Exception {
    CameraSource asked = triggered();
    line.trouble = Optional.of(new FaultException(Fault.DISK_FULL, "The disk is full."));
    CompletableFuture<Outcome> outcome = asked.trigger(trigger("A-1"));
    camera.show("one");
    assertThat(missed(outcome).code()).isEqualTo("disk-full");
    line.trouble = Optional.empty();
    outcome = asked.trigger(trigger("A-2"));
    camera.show("boom");
    assertThat(missed(outcome).code()).isEqualTo("internal");
    outcome = asked.trigger(trigger("A-3"));
    camera.show("three");
    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(Outcome.Judged.class);
  }

  @Test
  void aCameraThatFailsIsAnAlarmAndIsOpenedAnewUntilFramesCome() {
    CameraSource free = freeRunning();
    camera.show("one");
    assertThatSoon(() -> assertThat(free.status().condition().state()).isEqualTo(State.WORKS));
    camera.broken = Optional.of("somebody pulled the cable");
    assertThatSoon(() -> assertThat(free.status().condition().state()).isEqualTo(State.FAILS));
    assertThat(free.status().condition().words()).contains("somebody pulled the cable").contains("No part is judged");
    assertThatSoon(() -> assertThat(camera.opened.get()).isGreaterThanOrEqualTo(3));
    camera.broken = Optional.empty();
    assertThatSoon(() -> {
      camera.show("two");
      assertThat(free.status().condition().state()).isEqualTo(State.WORKS);
    });
    assertThatSoon(() -> assertThat(images()).startsWith("one").contains("two"));
  }

  @Test
  void aCameraThatFallsSilentIsOpenedAnew() {
    CameraSource free = start(Mode.FREE_RUNNING, Duration.ZERO, null, Duration.ofMillis(300));
    camera.show("one");
    assertThatSoon(() -> assertThat(free.status().condition().state()).isEqualTo(State.FAILS));
    assertThatSoon(() -> assertThat(camera.opened.get()).isEqualTo(2));
    assertThat(camera.open.get()).isLessThanOrEqualTo(1);
  }

  @Test
  void closingTellsTheTriggersThatWaitAndLeavesNoFrameHeld() throws Exception {
    CameraSource asked = triggered();
    CompletableFuture<Outcome> outcome = asked.trigger(trigger("A-17"));
    asked.close();
    assertThat(missed(outcome).code()).isEqualTo("shutting-down");
    assertThat(missed(asked.trigger(trigger("A-18"))).code()).isEqualTo("shutting-down");
    assertThatSoon(() -> assertThat(camera.held).hasValue(0));
  }
}
