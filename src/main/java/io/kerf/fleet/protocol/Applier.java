package io.kerf.fleet.protocol;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import io.kerf.fleet.Active;
import io.kerf.fleet.Endpoint;
import io.kerf.fleet.ManagedStation;
import io.kerf.fleet.Signals;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.protocol.Deployment.State;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Does what {@link NextStep} says, one durable step at a time: the journal is written before a step's consequence and after it, so that whoever starts after a death
 * knows how far it came. A step that fails for want of disk leaves the journal as it was and is tried again.
 */
final class Applier {
  private static final Signals IRRELEVANT = new Signals(0, false, OptionalDouble.empty(), Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), 0, 0);

  private final FleetFolder folder;
  private final ManagedStation station;
  private final LongSupplier nanos;
  private final Duration settle;
  private final Consumer<Deployment> heard;
  private Optional<Deployment> current;
  private boolean resumed;
  private boolean reached;
  private long entered;

  /** @param heard of each state a deployment enters, after it is durable */
  Applier(FleetFolder folder, ManagedStation station, LongSupplier nanos, Duration settle, Consumer<Deployment> heard) {
    this.folder = folder;
    this.station = station;
    this.nanos = nanos;
    this.settle = settle;
    this.heard = heard;
    this.current = folder.journal();
    this.resumed = current.isPresent();
    this.entered = nanos.getAsLong();
  }

  Optional<Deployment> current() {
    return current;
  }

  /** Whether another document may not take the place of this one now. */
  boolean isBusy() {
    return current.filter(deployment -> !deployment.state().isOver() && deployment.state() != State.STAGED).isPresent();
  }

  void stage(Payload payload, String digest) {
    folder.staged(payload.document());
    enter(Deployment.staged(payload, digest));
  }

  /** The fleet was heard of at the endpoint in force. */
  void reached() {
    reached = true;
  }

  /** @return why nothing is done for now; empty where something was, or nothing is left to do */
  Optional<String> step(LocalTime clock) {
    if (current.isEmpty() || current.get().state().isOver()) {
      return Optional.empty();
    }
    Deployment deployment = current.get();
    Signals signals = deployment.state() == State.PROBATION ? station.signals() : IRRELEVANT;
    NextStep next = NextStep.of(deployment, new NextStep.Now(clock, Duration.ofNanos(nanos.getAsLong() - entered), resumed, settle, signals, reached));
    if (next instanceof NextStep.Wait wait) {
      return Optional.of(wait.why());
    }
    perform(next, deployment);
    return Optional.empty();
  }

  private void perform(NextStep next, Deployment deployment) {
    if (next instanceof NextStep.Apply) {
      apply(deployment);
    } else if (next instanceof NextStep.Commit) {
      enter(deployment.in(State.COMMITTED, "In force; probation passed."));
    } else if (next instanceof NextStep.RollBack back) {
      enter(deployment.rollingBack(back.fault(), back.why()));
    } else if (next instanceof NextStep.Restore) {
      restore(deployment);
    } else if (next instanceof NextStep.GiveUp) {
      giveUp(deployment, "It failed " + deployment.restorations() + " times.");
    }
  }

  private void apply(Deployment deployment) {
    byte[] document;
    try {
      document = folder.staged(deployment.documentDigest());
    } catch (FaultException damaged) {
      // Before anything was applied there is nothing to return to but what runs.
      Deployment back = deployment.rollingBack(damaged.fault(), damaged.detail());
      enter(deployment.state() == State.STAGED ? back.in(State.ROLLED_BACK) : back);
      return;
    }
    if (deployment.state() == State.STAGED) {
      Active active = station.active();
      folder.knownGood(new FleetFolder.KnownGood(active.version(), active.digest(), active.document()));
    }
    Signals signals = station.signals();
    Endpoint before = station.endpoint();
    Deployment applying = deployment.applying(new Deployment.Before(signals.arriving(), signals.unjudgedShare(), before.toString()));
    enter(applying);
    try {
      station.apply(document, deployment.version().toString());
    } catch (FaultException e) {
      enter(applying.rollingBack(Fault.FLEET_APPLY_FAILED, e.detail()));
      return;
    }
    // After a death the link may have met the new endpoint already, and does not link anew.
    reached = reached && before.equals(station.endpoint());
    enter(applying.onProbation(!applying.before().endpoint().equals(station.endpoint().toString())));
  }

  private void restore(Deployment deployment) {
    Optional<FleetFolder.KnownGood> good = folder.knownGood();
    if (good.isEmpty()) {
      giveUp(deployment, "The last known good is missing or damaged.");
      return;
    }
    Deployment restoring = deployment.restoring();
    folder.journal(restoring);
    current = Optional.of(restoring);
    station.apply(good.get().document(), good.get().version());
    enter(restoring.in(State.ROLLED_BACK));
  }

  private void giveUp(Deployment deployment, String why) {
    enter(deployment.rollingBack(Fault.FLEET_ROLLBACK_FAILED, "Version " + deployment.version() + " failed (" + deployment.detail() + ") and the last known good could not be "
        + "restored: " + why + " Inspection goes on with what is in force. Send a good document under a new version.").in(State.ROLLBACK_FAILED));
  }

  private void enter(Deployment next) {
    folder.journal(next);
    current = Optional.of(next);
    resumed = false;
    entered = nanos.getAsLong();
    heard.accept(next);
  }
}
