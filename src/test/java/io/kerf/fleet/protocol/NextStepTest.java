package io.kerf.fleet.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.fault.Fault;
import io.kerf.fleet.FleetFixture;
import io.kerf.fleet.Signals;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Window;
import io.kerf.fleet.protocol.Deployment.Before;
import io.kerf.fleet.protocol.Deployment.State;
import io.kerf.fleet.protocol.NextStep.Now;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Probation lasts five seconds and wants twenty frames; the line allows 100 ms. */
class NextStepTest {
  private static final Signals GOOD = signals(50, 0.01, Optional.of(true), 20, 1000);

  private static Signals signals(long frames, double unjudged, Optional<Boolean> golden, double p99, long free) {
    return new Signals(frames, frames > 0, OptionalDouble.of(unjudged), golden, OptionalDouble.of(p99), OptionalDouble.of(100), free, 100);
  }

  private static Deployment in(State state, int attempts) {
    return deployment(state, attempts, 0, new Before(true, OptionalDouble.of(0.05), ""), false, FleetFixture.QUICK);
  }

  private static Deployment deployment(State state, int attempts, int restorations, Before before, boolean endpointChanged, Policy policy) {
    return new Deployment("d", new io.kerf.fleet.envelope.FleetVersion(1, 6), "p", "d", policy, new io.kerf.fleet.envelope.Rollout("r", "g"), state, attempts, restorations, before,
        endpointChanged, Optional.empty(), "");
  }

  private static Now after(int seconds, boolean resumed, Signals signals, boolean reached) {
    return new Now(LocalTime.NOON, Duration.ofSeconds(seconds), resumed, Duration.ofSeconds(2), signals, reached);
  }

  static Stream<Arguments> steps() {
    Before stoodStill = new Before(false, OptionalDouble.empty(), "");
    Before poorBefore = new Before(true, OptionalDouble.of(0.5), "");
    return Stream.of(
        step("a staged one waits for a newer one", in(State.STAGED, 0), after(1, false, GOOD, false), "Wait"),
        step("then it is applied", in(State.STAGED, 0), after(2, false, GOOD, false), "Apply"),
        step("after a restart at once", in(State.STAGED, 0), after(0, true, GOOD, false), "Apply"),
        step("a first death is not the document's fault yet", in(State.APPLYING, 1), after(0, true, GOOD, false), "Apply"),
        step("nor is one on probation", in(State.PROBATION, 2), after(0, true, GOOD, false), "Apply"),
        step("three are", in(State.APPLYING, 3), after(0, true, GOOD, false), Fault.FLEET_ATTEMPTS_EXHAUSTED.name()),
        step("three on probation as well", in(State.PROBATION, 3), after(0, true, GOOD, false), Fault.FLEET_ATTEMPTS_EXHAUSTED.name()),
        step("probation lasts", in(State.PROBATION, 1), after(4, false, GOOD, false), "Wait"),
        step("and ends", in(State.PROBATION, 1), after(5, false, GOOD, false), "Commit"),
        step("no golden set, no objection", in(State.PROBATION, 1), after(5, false, signals(50, 0, Optional.empty(), 20, 1000), false), "Commit"),
        step("a golden set judged wrong ends it at once", in(State.PROBATION, 1), after(1, false, signals(0, 0, Optional.of(false), 20, 1000), false), "FLEET_GOLDEN_WRONG"),
        step("so does a full disk", in(State.PROBATION, 1), after(1, false, signals(0, 0, Optional.empty(), 20, 99), false), "FLEET_LOW_DISK"),
        step("and too many unjudged", in(State.PROBATION, 1), after(2, false, signals(20, 0.21, Optional.empty(), 20, 1000), false), "FLEET_UNJUDGED"),
        step("of fewer frames nothing is concluded", in(State.PROBATION, 1), after(2, false, signals(19, 0.9, Optional.empty(), 20, 1000), false), "Wait"),
        step("no more unjudged than before is no reason", deployment(State.PROBATION, 1, 0, poorBefore, false, FleetFixture.QUICK),
            after(5, false, signals(50, 0.5, Optional.empty(), 20, 1000), false), "Commit"),
        step("slow frames at the begin are forgiven", in(State.PROBATION, 1), after(4, false, signals(50, 0, Optional.empty(), 500, 1000), false), "Wait"),
        step("at the end they are not", in(State.PROBATION, 1), after(5, false, signals(50, 0, Optional.empty(), 100.1, 1000), false), "FLEET_SLOW"),
        step("frames came before, and none come now", in(State.PROBATION, 1), after(5, false, signals(19, 0, Optional.empty(), 20, 1000), false), "FLEET_NO_FRAMES"),
        step("a line that stood still is waited for", deployment(State.PROBATION, 1, 0, stoodStill, false, FleetFixture.QUICK),
            after(3599, false, signals(0, 0, Optional.empty(), 20, 1000), false), "Wait"),
        step("but not for ever", deployment(State.PROBATION, 1, 0, stoodStill, false, FleetFixture.QUICK), after(3600, false, signals(0, 0, Optional.empty(), 20, 1000), false),
            "FLEET_NO_FRAMES"),
        step("another endpoint must be reached", deployment(State.PROBATION, 1, 0, stoodStill, true, FleetFixture.QUICK), after(599, false, GOOD, false), "Wait"),
        step("within ten minutes", deployment(State.PROBATION, 1, 0, stoodStill, true, FleetFixture.QUICK), after(600, false, GOOD, false), "FLEET_ENDPOINT_UNREACHED"),
        step("and counts once it was", deployment(State.PROBATION, 1, 0, stoodStill, true, FleetFixture.QUICK), after(5, false, GOOD, true), "Commit"),
        step("the last known good is put back", in(State.ROLLING_BACK, 1), after(0, false, GOOD, false), "Restore"),
        step("three times at most", deployment(State.ROLLING_BACK, 1, 3, stoodStill, false, FleetFixture.QUICK), after(0, true, GOOD, false), "GiveUp"),
        step("committed is committed", in(State.COMMITTED, 1), after(0, true, GOOD, false), "Wait"));
  }

  private static Arguments step(String name, Deployment deployment, Now now, String expected) {
    return Arguments.of(name, deployment, now, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steps")
  void theNextStepFollowsFromWhereItStands(String name, Deployment deployment, Now now, String expected) {
    NextStep next = NextStep.of(deployment, now);
    assertThat(next instanceof NextStep.RollBack back ? back.fault().name() : next.getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void aClosedWindowIsWaitedForWhateverElse() {
    Policy night = new Policy(false, Optional.of(Window.parse("22:00-05:30")), FleetFixture.QUICK.probation());
    Deployment staged = deployment(State.STAGED, 0, 0, new Before(true, OptionalDouble.empty(), ""), false, night);
    assertThat(NextStep.of(staged, after(1000, true, GOOD, true))).isEqualTo(new NextStep.Wait("its window 22:00-05:30 is closed"));
  }

  @ParameterizedTest
  @CsvSource({"22:00-05:30,21:59,false", "22:00-05:30,22:00,true", "22:00-05:30,05:29,true", "22:00-05:30,05:30,false", "08:00-09:00,08:30,true", "08:00-09:00,09:00,false",
      "00:00-00:00,12:00,true"})
  void aWindowMayGoOverMidnight(String window, LocalTime now, boolean open) {
    assertThat(Window.parse(window).contains(now)).isEqualTo(open);
  }
}
