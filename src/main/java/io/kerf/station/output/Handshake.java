package io.kerf.station.output;

import io.kerf.inspection.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The handshake with a PLC, as a pure function: signals and results in, signals and things to do out.
 *
 * <pre>
 *            TRIGGER rises          result                 ACK rises, or ack-timeout
 *   READY ──────────────────► BUSY ────────► DONE ──────────────────────────────────► READY
 *   READY ── RECIPE_STROBE rises ──► CHANGING ── changed or refused ──► READY
 * </pre>
 * Only rising edges count, so each signal may stay up as long as the PLC likes. A TRIGGER that rises while the station is not ready changes nothing but the error
 * code: the part at hand keeps its result, and no part gets another's.
 *
 * @param last the PLC's signals as they were seen last
 * @param sequence one more with each result, from 1 to 65535 and on with 1; 0 before the first
 * @param result present exactly in {@link Phase#DONE}
 */
record Handshake(Phase phase, Inputs last, ErrorCode error, int sequence, Optional<Result> result) {
  static final Handshake START = new Handshake(Phase.READY, Inputs.LOW, ErrorCode.NONE, 0, Optional.empty());
  private static final int SEQUENCE_END = 65_535;

  enum Phase {
    READY,
    BUSY,
    CHANGING,
    DONE
  }

  /** What the PLC sets. */
  record Inputs(boolean trigger, boolean ack, boolean resetError, boolean recipeStrobe) {
    static final Inputs LOW = new Inputs(false, false, false, false);
  }

  /** Stays until RESET_ERROR rises or the next part is triggered. */
  enum ErrorCode {
    NONE(0),
    /** TRIGGER or RECIPE_STROBE rose while the station was not ready. */
    NOT_READY(1),
    /** There is no recipe with that number. */
    RECIPE_REFUSED(2),
    /** The image could not be judged. */
    UNJUDGED(3),
    /** There was no image to judge. */
    NO_IMAGE(4);

    private final int number;

    ErrorCode(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** @param score and p-value, where there are any. @param missed whether there was no image */
  record Result(Verdict verdict, Optional<Double> score, Optional<Double> pValue, boolean missed) {
    ErrorCode error() {
      return verdict != Verdict.UNJUDGED ? ErrorCode.NONE : missed ? ErrorCode.NO_IMAGE : ErrorCode.UNJUDGED;
    }
  }

  sealed interface Event {}

  /** The PLC's signals are now so. */
  record Signals(Inputs inputs) implements Event {}

  /** Of the part that this PLC triggered. */
  record Judged(Result result) implements Event {}

  /** Of a part that somebody else triggered, where the PLC is to see those. */
  record Seen(Result result) implements Event {}

  /** The recipe was changed, or was not. */
  record RecipeAnswered(boolean changed) implements Event {}

  /** The PLC did not acknowledge the result in time. */
  record AckOverdue() implements Event {}

  enum Effect {
    TAKE_PICTURE,
    CHANGE_RECIPE,
    /** A result is shown from now on. */
    SHOWN,
    /** A result went without having been acknowledged. */
    UNACKNOWLEDGED,
    /** A signal came while the station was not ready. */
    OVERRUN
  }

  record Step(Handshake next, List<Effect> effects) {}

  Step on(Event event) {
    if (event instanceof Signals signals) {
      return signals(signals.inputs());
    } else if (event instanceof Judged judged) {
      return phase == Phase.BUSY ? show(judged.result(), List.of()) : stay();
    } else if (event instanceof Seen seen) {
      return switch (phase) {
        case READY -> show(seen.result(), List.of());
        case DONE -> show(seen.result(), List.of(Effect.UNACKNOWLEDGED));
        case BUSY, CHANGING -> stay();
      };
    } else if (event instanceof RecipeAnswered answered) {
      return phase == Phase.CHANGING ? new Step(ready(answered.changed() ? error : ErrorCode.RECIPE_REFUSED), List.of()) : stay();
    }
    return phase == Phase.DONE ? new Step(ready(error), List.of(Effect.UNACKNOWLEDGED)) : stay();
  }

  private Step stay() {
    return new Step(this, List.of());
  }

  private Step show(Result shown, List<Effect> before) {
    List<Effect> effects = new ArrayList<>(before);
    effects.add(Effect.SHOWN);
    ErrorCode code = shown.error() == ErrorCode.NONE ? error : shown.error();
    return new Step(new Handshake(Phase.DONE, last, code, sequence == SEQUENCE_END ? 1 : sequence + 1, Optional.of(shown)), effects);
  }

  private Handshake ready(ErrorCode code) {
    return new Handshake(Phase.READY, last, code, sequence, Optional.empty());
  }

  /** An acknowledgement comes before the next trigger, where both rise at once. */
  private Step signals(Inputs now) {
    List<Effect> effects = new ArrayList<>();
    Handshake next = new Handshake(phase, now, now.resetError() && !last.resetError() ? ErrorCode.NONE : error, sequence, result);
    if (now.ack() && !last.ack() && phase == Phase.DONE) {
      next = next.ready(next.error);
    }
    if (now.recipeStrobe() && !last.recipeStrobe()) {
      next = next.begin(Phase.CHANGING, next.error, Effect.CHANGE_RECIPE, effects);
    }
    if (now.trigger() && !last.trigger()) {
      next = next.begin(Phase.BUSY, ErrorCode.NONE, Effect.TAKE_PICTURE, effects);
    }
    return new Step(next, effects);
  }

  private Handshake begin(Phase wanted, ErrorCode code, Effect effect, List<Effect> effects) {
    boolean begins = phase == Phase.READY;
    effects.add(begins ? effect : Effect.OVERRUN);
    return new Handshake(begins ? wanted : phase, last, begins ? code : ErrorCode.NOT_READY, sequence, result);
  }
}
