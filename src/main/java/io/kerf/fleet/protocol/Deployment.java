package io.kerf.fleet.protocol;

import io.kerf.fault.Fault;
import io.kerf.fleet.envelope.FleetVersion;
import io.kerf.fleet.envelope.Payload;
import io.kerf.fleet.envelope.Policy;
import io.kerf.fleet.envelope.Rollout;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The one document that is being put into force, or was last; the journal holds it.
 *
 * <pre>
 * STAGED ──► APPLYING ──► PROBATION ──► COMMITTED
 *               └────────────┴──► ROLLING_BACK ──► ROLLED_BACK
 *                                      └─────────► ROLLBACK_FAILED
 * </pre>
 *
 * @param payloadDigest what {@link Seen} holds of it
 * @param documentDigest of the staged bytes
 * @param attempts at applying, restarts included. @param restorations attempts at returning to the last known good
 * @param before how inspection went when it was applied
 * @param endpointChanged whether it names another endpoint of the fleet, which must then be reached
 * @param code of the fault that made it roll back. @param detail one to three sentences on where it stands
 */
public record Deployment(String id, FleetVersion version, String payloadDigest, String documentDigest, Policy policy, Rollout rollout, State state, int attempts,
    int restorations, Before before, boolean endpointChanged, Optional<String> code, String detail) {
  /** At applying and at returning, across restarts. */
  public static final int MOST_ATTEMPTS = 3;

  /** Where it stands. */
  public enum State {
    STAGED, APPLYING, PROBATION, ROLLING_BACK, COMMITTED, ROLLED_BACK, ROLLBACK_FAILED;

    /** Nothing more becomes of it. */
    public boolean isOver() {
      return switch (this) {
        case COMMITTED, ROLLED_BACK, ROLLBACK_FAILED -> true;
        case STAGED, APPLYING, PROBATION, ROLLING_BACK -> false;
      };
    }
  }

  /** @param arriving whether frames came. @param unjudgedShare of those. @param endpoint of the fleet then */
  public record Before(boolean arriving, OptionalDouble unjudgedShare, String endpoint) {
    static final Before UNKNOWN = new Before(false, OptionalDouble.empty(), "");
  }

  static Deployment staged(Payload payload, String payloadDigest) {
    return new Deployment(payload.deploymentId(), payload.version(), payloadDigest, payload.documentDigest(), payload.policy(), payload.rollout(), State.STAGED, 0, 0,
        Before.UNKNOWN, false, Optional.empty(), "Staged.");
  }

  Deployment in(State next, String why) {
    return new Deployment(id, version, payloadDigest, documentDigest, policy, rollout, next, attempts, restorations, before, endpointChanged, code, why);
  }

  Deployment in(State next) {
    return in(next, detail);
  }

  Deployment applying(Before then) {
    return new Deployment(id, version, payloadDigest, documentDigest, policy, rollout, State.APPLYING, attempts + 1, restorations, attempts == 0 ? then : before, endpointChanged,
        code, "Attempt " + (attempts + 1) + " of " + MOST_ATTEMPTS + ".");
  }

  Deployment onProbation(boolean otherEndpoint) {
    return new Deployment(id, version, payloadDigest, documentDigest, policy, rollout, State.PROBATION, attempts, restorations, before, otherEndpoint, code,
        "In force, and on probation.");
  }

  Deployment rollingBack(Fault fault, String why) {
    return new Deployment(id, version, payloadDigest, documentDigest, policy, rollout, State.ROLLING_BACK, attempts, restorations, before, endpointChanged,
        Optional.of(fault.code()), why);
  }

  Deployment restoring() {
    return new Deployment(id, version, payloadDigest, documentDigest, policy, rollout, State.ROLLING_BACK, attempts, restorations + 1, before, endpointChanged, code, detail);
  }
}
