package io.kerf.station.output;

import static io.kerf.station.output.Handshake.Effect.SHOWN;
import static io.kerf.station.output.Handshake.Effect.TAKE_PICTURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Verdict;
import io.kerf.station.output.Handshake.AckOverdue;
import io.kerf.station.output.Handshake.Effect;
import io.kerf.station.output.Handshake.ErrorCode;
import io.kerf.station.output.Handshake.Event;
import io.kerf.station.output.Handshake.Inputs;
import io.kerf.station.output.Handshake.Judged;
import io.kerf.station.output.Handshake.Phase;
import io.kerf.station.output.Handshake.RecipeAnswered;
import io.kerf.station.output.Handshake.Result;
import io.kerf.station.output.Handshake.Seen;
import io.kerf.station.output.Handshake.Signals;
import io.kerf.station.output.Handshake.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandshakeTest {
  private static final Inputs LOW = Inputs.LOW;
  private static final Map<String, Event> EVENTS = Map.ofEntries(
      Map.entry("trigger", new Signals(new Inputs(true, false, false, false))), Map.entry("ack", new Signals(new Inputs(false, true, false, false))),
      Map.entry("reset", new Signals(new Inputs(false, false, true, false))), Map.entry("strobe", new Signals(new Inputs(false, false, false, true))),
      Map.entry("ack+trigger", new Signals(new Inputs(true, true, false, false))), Map.entry("trigger+strobe", new Signals(new Inputs(true, false, false, true))),
      Map.entry("low", new Signals(LOW)), Map.entry("judged", new Judged(result(Verdict.OK))), Map.entry("unjudged", new Judged(result(Verdict.UNJUDGED))),
      Map.entry("seen", new Seen(result(Verdict.NG))), Map.entry("changed", new RecipeAnswered(true)), Map.entry("refused", new RecipeAnswered(false)),
      Map.entry("overdue", new AckOverdue()));

  private static Result result(Verdict verdict) {
    return new Result(verdict, Optional.of(1.5), Optional.of(0.25), false);
  }

  private static Handshake in(Phase phase) {
    return new Handshake(phase, LOW, ErrorCode.NONE, 7, phase == Phase.DONE ? Optional.of(result(Verdict.NG)) : Optional.empty());
  }

  /** Every phase with every event: the phase after, the error code, how much the sequence grew, and what is to be done. */
  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "READY, trigger, BUSY, NONE, 0, TAKE_PICTURE", "READY, ack, READY, NONE, 0, -", "READY, reset, READY, NONE, 0, -", "READY, strobe, CHANGING, NONE, 0, CHANGE_RECIPE",
      "READY, ack+trigger, BUSY, NONE, 0, TAKE_PICTURE", "READY, trigger+strobe, CHANGING, NOT_READY, 0, CHANGE_RECIPE OVERRUN", "READY, low, READY, NONE, 0, -",
      "READY, judged, READY, NONE, 0, -", "READY, unjudged, READY, NONE, 0, -", "READY, seen, DONE, NONE, 1, SHOWN", "READY, changed, READY, NONE, 0, -",
      "READY, refused, READY, NONE, 0, -", "READY, overdue, READY, NONE, 0, -",
      "BUSY, trigger, BUSY, NOT_READY, 0, OVERRUN", "BUSY, ack, BUSY, NONE, 0, -", "BUSY, reset, BUSY, NONE, 0, -", "BUSY, strobe, BUSY, NOT_READY, 0, OVERRUN",
      "BUSY, ack+trigger, BUSY, NOT_READY, 0, OVERRUN", "BUSY, trigger+strobe, BUSY, NOT_READY, 0, OVERRUN OVERRUN", "BUSY, low, BUSY, NONE, 0, -",
      "BUSY, judged, DONE, NONE, 1, SHOWN", "BUSY, unjudged, DONE, UNJUDGED, 1, SHOWN", "BUSY, seen, BUSY, NONE, 0, -", "BUSY, changed, BUSY, NONE, 0, -",
      "BUSY, refused, BUSY, NONE, 0, -", "BUSY, overdue, BUSY, NONE, 0, -",
      "CHANGING, trigger, CHANGING, NOT_READY, 0, OVERRUN", "CHANGING, ack, CHANGING, NONE, 0, -", "CHANGING, reset, CHANGING, NONE, 0, -",
      "CHANGING, strobe, CHANGING, NOT_READY, 0, OVERRUN", "CHANGING, ack+trigger, CHANGING, NOT_READY, 0, OVERRUN",
      "CHANGING, trigger+strobe, CHANGING, NOT_READY, 0, OVERRUN OVERRUN", "CHANGING, low, CHANGING, NONE, 0, -", "CHANGING, judged, CHANGING, NONE, 0, -",
      "CHANGING, unjudged, CHANGING, NONE, 0, -", "CHANGING, seen, CHANGING, NONE, 0, -", "CHANGING, changed, READY, NONE, 0, -", "CHANGING, refused, READY, RECIPE_REFUSED, 0, -",
      "CHANGING, overdue, CHANGING, NONE, 0, -",
      "DONE, trigger, DONE, NOT_READY, 0, OVERRUN", "DONE, ack, READY, NONE, 0, -", "DONE, reset, DONE, NONE, 0, -", "DONE, strobe, DONE, NOT_READY, 0, OVERRUN",
      "DONE, ack+trigger, BUSY, NONE, 0, TAKE_PICTURE", "DONE, trigger+strobe, DONE, NOT_READY, 0, OVERRUN OVERRUN", "DONE, low, DONE, NONE, 0, -",
      "DONE, judged, DONE, NONE, 0, -", "DONE, unjudged, DONE, NONE, 0, -", "DONE, seen, DONE, NONE, 1, UNACKNOWLEDGED SHOWN", "DONE, changed, DONE, NONE, 0, -",
      "DONE, refused, DONE, NONE, 0, -", "DONE, overdue, READY, NONE, 0, UNACKNOWLEDGED"})
  void eachPhaseWithEachEvent(Phase phase, String event, Phase after, ErrorCode error, int shown, String effects) {
    Step step = in(phase).on(EVENTS.get(event));
    assertThat(step.next().phase()).isEqualTo(after);
    assertThat(step.next().error()).isEqualTo(error);
    assertThat(step.next().sequence()).isEqualTo(7 + shown);
    assertThat(step.next().result().isPresent()).isEqualTo(after == Phase.DONE);
    assertThat(step.effects()).isEqualTo(effects == null ? List.of() : java.util.Arrays.stream(effects.split(" ")).map(Effect::valueOf).toList());
  }

  @Test
  void everyPhaseHasEveryEventInTheTable() throws Exception {
    CsvSource table = HandshakeTest.class.getDeclaredMethod("eachPhaseWithEachEvent", Phase.class, String.class, Phase.class, ErrorCode.class, int.class, String.class)
        .getAnnotation(CsvSource.class);
    assertThat(table.value()).hasSize(Phase.values().length * EVENTS.size());
  }

  @Test
  void onlyARisingEdgeCounts() {
    Event up = EVENTS.get("trigger");
    Step first = Handshake.START.on(up);
    assertThat(first.effects()).containsExactly(TAKE_PICTURE);
    Step again = first.next().on(up);
    assertThat(again.effects()).isEmpty();
    Step done = again.next().on(new Judged(result(Verdict.OK)));
    Step acknowledged = done.next().on(EVENTS.get("ack+trigger"));
    assertThat(acknowledged.next().phase()).as("the trigger has been up all the time").isEqualTo(Phase.READY);
    assertThat(acknowledged.next().on(EVENTS.get("low")).next().on(up).effects()).containsExactly(TAKE_PICTURE);
  }

  @Test
  void anErrorCodeStaysUntilItIsResetOrTheNextPartComes() {
    Handshake unjudged = Handshake.START.on(EVENTS.get("trigger")).next().on(EVENTS.get("unjudged")).next();
    assertThat(unjudged.error()).isEqualTo(ErrorCode.UNJUDGED);
    Handshake acknowledged = unjudged.on(EVENTS.get("ack")).next();
    assertThat(acknowledged.error()).isEqualTo(ErrorCode.UNJUDGED);
    assertThat(acknowledged.on(EVENTS.get("reset")).next().error()).isEqualTo(ErrorCode.NONE);
    assertThat(acknowledged.on(EVENTS.get("trigger")).next().error()).isEqualTo(ErrorCode.NONE);
  }

  @Test
  void aPartWithoutAnImageIsAnErrorOfItsOwn() {
    Handshake busy = Handshake.START.on(EVENTS.get("trigger")).next();
    assertThat(busy.on(new Judged(new Result(Verdict.UNJUDGED, Optional.empty(), Optional.empty(), true))).next().error()).isEqualTo(ErrorCode.NO_IMAGE);
  }

  @Test
  void theSequenceNeverIsZeroAgain() {
    Handshake last = new Handshake(Phase.BUSY, LOW, ErrorCode.NONE, 65_535, Optional.empty());
    assertThat(last.on(new Judged(result(Verdict.OK))).next().sequence()).isEqualTo(1);
  }

  /** Whatever a PLC does, each picture that is taken has one result, and no result comes without one. */
  @Test
  void inAnyOrderOfEventsEachPictureHasExactlyOneResult() {
    Random random = new Random(1);
    List<Event> events = List.copyOf(EVENTS.values()).stream().filter(event -> !(event instanceof Seen)).toList();
    Handshake state = Handshake.START;
    int taken = 0;
    int shown = 0;
    for (int i = 0; i < 200_000; i++) {
      Step step = state.on(events.get(random.nextInt(events.size())));
      taken += step.effects().contains(TAKE_PICTURE) ? 1 : 0;
      shown += step.effects().contains(SHOWN) ? 1 : 0;
      state = step.next();
      assertThat(taken - shown).isEqualTo(state.phase() == Phase.BUSY ? 1 : 0);
      assertThat(state.result().isPresent()).isEqualTo(state.phase() == Phase.DONE);
    }
    assertThat(taken).isGreaterThan(1000);
  }
}
