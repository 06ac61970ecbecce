package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.config.document.GpioSettings;
import io.kerf.config.document.GpioSettings.TriggerLine;
import io.kerf.inspection.Verdict;
import io.kerf.station.line.Condition.State;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a chip that is made up: no real one has been driven. */
class GpioOutputTest {
  private static final long OK = 1;
  private static final long NG = 2;
  private static final long ERROR = 4;
  private static final long READY = 8;

  private final FakeChip chip = new FakeChip();
  private final FakeTriggers triggers = new FakeTriggers();
  private GpioOutput output;

  private void start(String hold) {
    GpioSettings settings = new GpioSettings(null, OptionalInt.of(5), OptionalInt.of(6), OptionalInt.of(13), OptionalInt.of(19), true, hold,
        Optional.of(new TriggerLine(26, null, null, "top")));
    output = new GpioOutput("lights", settings, chip, triggers, new Health("lights", Parts.CLOCK), Parts.CLOCK, System::nanoTime).start();
    Awaiting.until("it is ready", () -> chip.levels().equals(java.util.List.of(READY)));
  }

  @AfterEach
  void close() {
    output.close();
  }

  @Test
  void aPartThatComesIsPicturedAndItsResultShownForTheHold() {
    start("100ms");
    assertThat(chip.requested).isEqualTo("[5, 6, 13, 19] active low");
    chip.edges.add(42L);
    Awaiting.until("the camera is asked", () -> triggers.fired.size() == 1);
    assertThat(triggers.cameras).containsExactly("top");
    assertThat(triggers.fired.get(0).nanos()).isEqualTo(42);
    output.tell(Parts.judged(Verdict.NG));
    triggers.end(0, Parts.judged(Verdict.NG));
    Awaiting.until("the result has fallen", () -> chip.levels().size() == 5);
    assertThat(chip.levels()).containsExactly(READY, 0L, NG, NG | READY, READY);
    assertThat(chip.sets.get(4).nanos() - chip.sets.get(2).nanos()).isGreaterThanOrEqualTo(100_000_000);
  }

  @Test
  void whatCouldNotBeJudgedOrWasMissedIsAnErrorNeverSilence() {
    start("1ms");
    output.tell(Parts.judged(Verdict.UNJUDGED));
    output.tell(Parts.missed());
    Awaiting.until("both have been shown", () -> output.status().delivered() == 2 && chip.levels().get(chip.levels().size() - 1) == READY);
    assertThat(chip.levels().stream().filter(level -> (level & ERROR) != 0)).hasSize(2);
    assertThat(chip.levels()).noneMatch(level -> (level & (OK | NG)) != 0);
  }

  @Test
  void aResultStaysUntilTheNextPartComesWhereThatIsWished() {
    start("until-trigger");
    output.tell(Parts.judged(Verdict.OK));
    Awaiting.until("it is shown", () -> chip.levels().contains(OK | READY));
    chip.edges.add(1L);
    Awaiting.until("it falls with the next part", () -> chip.levels().equals(java.util.List.of(READY, OK | READY, 0L)));
  }

  @Test
  void whenTheStationStopsAllLinesFall() {
    start("until-trigger");
    output.tell(Parts.judged(Verdict.NG));
    Awaiting.until("it is shown", () -> chip.levels().contains(NG | READY));
    output.close();
    assertThat(chip.levels().get(chip.levels().size() - 1)).isZero();
    assertThat(chip.requested).isEmpty();
  }

  @Test
  void aChipThatFailsIsOpenedAgainAndAResultOfMeanwhileIsCountedNotShownLate() {
    start("1ms");
    chip.broken = true;
    output.tell(Parts.judged(Verdict.NG));
    Awaiting.until("it is seen to fail", () -> output.status().condition().state() == State.FAILS);
    assertThat(output.status().condition().words()).contains("unplugged");
    output.tell(Parts.judged(Verdict.NG));
    int before = chip.sets.size();
    chip.broken = false;
    Awaiting.until("it works", () -> output.status().condition().state() == State.WORKS);
    Awaiting.until("the late one is counted", () -> output.status().lost() == 1);
    output.tell(Parts.judged(Verdict.OK));
    Awaiting.until("the next one is shown", () -> chip.levels().contains(OK | READY));
    assertThat(chip.levels().subList(before, chip.sets.size())).noneMatch(level -> (level & NG) != 0);
  }
}
