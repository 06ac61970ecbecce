package io.kerf.station.learning;

import io.kerf.training.continual.GateReport;
import io.kerf.training.continual.Speed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One attempt to bring a recipe's model up to date.
 *
 * @param id grows with time
 * @param by a person, or the station
 * @param why it was begun
 * @param parent digest of the model in use when it began
 * @param endedAt when learning was over, whatever became of it
 * @param starts of the attempt, more than one where the station was restarted meanwhile
 * @param code stable, of what failed
 * @param detail for a person: what became of it
 * @param candidate digest of what was made
 * @param log last lines of the training process, where it failed
 * @param wattHours that the device took while it ran, over all its starts, whatever else went on; empty where the device does not tell
 */
public record Job(String id, String recipe, Speed speed, String by, String why, String parent, State state, Instant startedAt, Optional<Instant> endedAt, int starts,
    Optional<String> code, Optional<String> detail, Optional<String> candidate, Optional<Findings> findings, List<String> log,
    OptionalDouble wattHours) {

  /** Where an attempt stands. */
  public enum State {
    LEARNING,
    /** Judges beside the model in use. */
    ON_TRIAL,
    /** Has passed everything and waits for a person. */
    READY,
    PROMOTED,
    /** The gate or the trial found it wanting, or a person did. */
    REJECTED,
    FAILED,
    CANCELLED,
    /** Another model came into use meanwhile. */
    SUPERSEDED;

    /** Whether there is nothing more to come. */
    public boolean over() {
      return switch (this) {
        case LEARNING, ON_TRIAL, READY -> false;
        case PROMOTED, REJECTED, FAILED, CANCELLED, SUPERSEDED -> true;
      };
    }
  }

  /** @param doubtful presumed normals that the review took out */
  public record Findings(GateReport gate, int learntFrom, int heldOut, int doubtful) {}

  static Job begun(String id, String recipe, Speed speed, String by, String why, String parent, Instant now) {
    return new Job(id, recipe, speed, by, why, parent, State.LEARNING, now, Optional.empty(), 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
        List.of(), OptionalDouble.empty());
  }

  Job startedAgain() {
    return new Job(id, recipe, speed, by, why, parent, state, startedAt, endedAt, starts + 1, code, detail, candidate, findings, log, wattHours);
  }

  Job taking(OptionalDouble wattHours) {
    return new Job(id, recipe, speed, by, why, parent, state, startedAt, endedAt, starts, code, detail, candidate, findings, log, wattHours);
  }

  /** Learning is over and has made a candidate. */
  Job made(String digest, Findings found, Instant now) {
    return new Job(id, recipe, speed, by, why, parent, state, startedAt, Optional.of(now), starts, code, detail, Optional.of(digest), Optional.of(found), log, wattHours);
  }

  /** Learning is over and has made nothing. */
  Job failed(State state, String code, String detail, List<String> log, Instant now) {
    return new Job(id, recipe, speed, by, why, parent, state, startedAt, Optional.of(now), starts, Optional.of(code), Optional.of(detail), candidate, findings, log, wattHours);
  }

  Job to(State next, String sentence) {
    return new Job(id, recipe, speed, by, why, parent, next, startedAt, endedAt, starts, code, Optional.of(sentence), candidate, findings, log, wattHours);
  }
}
