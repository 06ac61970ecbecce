package io.kerf.station.output;

import io.kerf.inspection.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What the lines out say, as a pure function: what happens in, levels out in the order in which they are set.
 *
 * @param result what is shown; empty while nothing is
 * @param underWay parts that were triggered on this chip and have no outcome yet
 * @param held whether a result stays until the next part comes
 */
record GpioSignals(Optional<Verdict> result, int underWay, boolean held) {
  /** All of them active or not. READY is so while no part that was triggered here is under way. */
  record Levels(boolean ok, boolean ng, boolean error, boolean ready) {
    static final Levels LOW = new Levels(false, false, false, false);
  }

  sealed interface Event {}

  /** A part came: the line in. */
  record Triggered() implements Event {}

  /** A part has its outcome, whoever triggered it. {@link Verdict#UNJUDGED} is an error, never silence. */
  record Shown(Verdict verdict) implements Event {}

  /** A part that was triggered here is over; its outcome was shown before. */
  record Over() implements Event {}

  /** A result was shown for as long as it stays. */
  record HoldOver() implements Event {}

  record Step(GpioSignals next, List<Levels> levels) {}

  static GpioSignals start(boolean held) {
    return new GpioSignals(Optional.empty(), 0, held);
  }

  Levels levels() {
    return new Levels(is(Verdict.OK), is(Verdict.NG), is(Verdict.UNJUDGED), underWay == 0);
  }

  private boolean is(Verdict verdict) {
    return result.filter(verdict::equals).isPresent();
  }

  Step on(Event event) {
    if (event instanceof Triggered) {
      return to(new GpioSignals(held ? Optional.empty() : result, underWay + 1, held));
    } else if (event instanceof Shown shown) {
      GpioSignals fallen = new GpioSignals(Optional.empty(), underWay, held);
      GpioSignals risen = new GpioSignals(Optional.of(shown.verdict()), underWay, held);
      return new Step(risen, result.isPresent() ? List.of(fallen.levels(), risen.levels()) : List.of(risen.levels()));
    } else if (event instanceof Over) {
      return to(new GpioSignals(result, Math.max(0, underWay - 1), held));
    }
    return to(held ? this : new GpioSignals(Optional.empty(), underWay, held));
  }

  private Step to(GpioSignals next) {
    return new Step(next, next.levels().equals(levels()) ? List.of() : List.of(next.levels()));
  }
}
