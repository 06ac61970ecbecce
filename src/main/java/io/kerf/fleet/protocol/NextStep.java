package io.kerf.fleet.protocol;

import io.kerf.fault.Fault;
import io.kerf.fleet.Signals;
import io.kerf.fleet.envelope.Probation;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/** What is to be done next with a deployment: a pure function of where it stands and how inspection goes. */
public sealed interface NextStep {
  /** Within which a document that names another endpoint must have been heard of from there. */
  Duration ENDPOINT_PATIENCE = Duration.ofMinutes(10);

  /** Nothing for now. @param why one sentence without a full stop */
  record Wait(String why) implements NextStep {}

  /** Put the staged document into force. */
  record Apply() implements NextStep {}

  /** It has proved itself. */
  record Commit() implements NextStep {}

  /** Return to the last known good. */
  record RollBack(Fault fault, String why) implements NextStep {}

  /** Put the last known good into force. */
  record Restore() implements NextStep {}

  /** It could not be restored as often as may be tried. */
  record GiveUp() implements NextStep {}

  /**
   * @param inState how long it has been in its state, in this process
   * @param resumed whether another process left it in its state
   * @param settle how long a staged document waits for a newer one, so that what lies between is skipped
   * @param reached whether the fleet was heard of at its endpoint since the document was applied
   */
  record Now(LocalTime clock, Duration inState, boolean resumed, Duration settle, Signals signals, boolean reached) {}

  /** What to do with a deployment; nothing where it is over. */
  static NextStep of(Deployment deployment, Now now) {
    return switch (deployment.state()) {
      case STAGED -> staged(deployment, now);
      case APPLYING -> interrupted(deployment);
      case PROBATION -> now.resumed() ? interrupted(deployment) : onProbation(deployment, now);
      case ROLLING_BACK -> deployment.restorations() < Deployment.MOST_ATTEMPTS ? new Restore() : new GiveUp();
      case COMMITTED, ROLLED_BACK, ROLLBACK_FAILED -> new Wait("it is over");
    };
  }

  private static NextStep staged(Deployment deployment, Now now) {
    if (deployment.policy().window().filter(window -> !window.contains(now.clock())).isPresent()) {
      return new Wait("its window " + deployment.policy().window().orElseThrow() + " is closed");
    }
    return now.inState().compareTo(now.settle()) < 0 && !now.resumed() ? new Wait("a newer one may follow") : new Apply();
  }

  /** A process died while this document was applied or had just been: perhaps because of it. */
  private static NextStep interrupted(Deployment deployment) {
    return deployment.attempts() < Deployment.MOST_ATTEMPTS ? new Apply()
        : new RollBack(Fault.FLEET_ATTEMPTS_EXHAUSTED, "The station died " + deployment.attempts() + " times under version " + deployment.version()
            + ", so the last known good returns. See the station's log for why it died.");
  }

  private static NextStep onProbation(Deployment deployment, Now now) {
    Optional<RollBack> failure = failure(deployment, now);
    if (failure.isPresent()) {
      return failure.get();
    }
    Probation proof = deployment.policy().probation();
    if (now.inState().compareTo(proof.duration()) < 0) {
      return new Wait("on probation for another " + proof.duration().minus(now.inState()).toSeconds() + " s");
    }
    if (now.signals().frames() < proof.leastFrames()) {
      return deployment.before().arriving() || now.inState().compareTo(proof.patience()) >= 0
          ? new RollBack(Fault.FLEET_NO_FRAMES, now.signals().frames() + " frames came within " + now.inState().toSeconds() + " s, and " + proof.leastFrames()
              + " were due, so the last known good returns. See camera and trigger under the new document.")
          : new Wait("the line stood still when it was applied; " + now.signals().frames() + " of " + proof.leastFrames() + " frames have come");
    }
    if (deployment.endpointChanged() && !now.reached()) {
      return new Wait("the new endpoint of the fleet was not reached yet");
    }
    return tooSlow(now.signals()).map(NextStep.class::cast).orElseGet(Commit::new);
  }

  private static Optional<RollBack> failure(Deployment deployment, Now now) {
    Signals signals = now.signals();
    if (signals.goldenJudgedRight().filter(right -> !right).isPresent()) {
      return Optional.of(new RollBack(Fault.FLEET_GOLDEN_WRONG,
          "The golden set is judged wrong under the new document, so the last known good returns. See region, exposure and threshold in the difference."));
    }
    if (signals.freeBytes() < signals.leastFreeBytes()) {
      return Optional.of(new RollBack(Fault.FLEET_LOW_DISK, signals.freeBytes() + " bytes are free and " + signals.leastFreeBytes()
          + " must be, so the last known good returns. See what the new document keeps."));
    }
    Probation proof = deployment.policy().probation();
    double most = Math.max(proof.mostUnjudged(), deployment.before().unjudgedShare().orElse(0));
    if (signals.frames() >= Math.max(1, proof.leastFrames()) && signals.unjudgedShare().orElse(0) > most) {
      return Optional.of(new RollBack(Fault.FLEET_UNJUDGED, "Of " + signals.frames() + " frames " + Math.round(100 * signals.unjudgedShare().orElse(0))
          + " % are unjudged, and " + Math.round(100 * most) + " % may be, so the last known good returns. See camera and light under the new document."));
    }
    boolean unreached = deployment.endpointChanged() && !now.reached() && now.inState().compareTo(ENDPOINT_PATIENCE) >= 0;
    return unreached ? Optional.of(new RollBack(Fault.FLEET_ENDPOINT_UNREACHED, "The fleet was not reached at its new endpoint within " + ENDPOINT_PATIENCE.toMinutes()
        + " minutes, so the old one returns with the last known good. See address, certificate and network.")) : Optional.empty();
  }

  /** Judged at the end: the first frames after a change are slow on any station. */
  private static Optional<RollBack> tooSlow(Signals signals) {
    boolean slow = signals.p99Millis().isPresent() && signals.boundMillis().isPresent() && signals.p99Millis().getAsDouble() > signals.boundMillis().getAsDouble();
    return slow ? Optional.of(new RollBack(Fault.FLEET_SLOW, "One in a hundred inspections takes " + Math.round(signals.p99Millis().getAsDouble()) + " ms, and the line allows "
        + Math.round(signals.boundMillis().getAsDouble()) + " ms, so the last known good returns. See size and engine in the difference.")) : Optional.empty();
  }
}
