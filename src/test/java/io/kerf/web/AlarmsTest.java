package io.kerf.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.station.line.Condition;
import io.kerf.station.line.Condition.State;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static final Instant EARLY = Instant.parse("2024-11-25T06:00:00Z");
  private static final Instant LATE = EARLY.plusSeconds(3600);

  @Test
  void whatStandsOnKeepsItsTimeWhateverItsWordsSayByNow() {
    List<Alarm> before = List.of(new Alarm("device", "", "81 °C", EARLY));
    assertThat(Alarms.stillStanding(before, List.of(new Alarm("device", "", "84 °C", LATE)))).containsExactly(new Alarm("device", "", "84 °C", EARLY));
  }

  @Test
  void oneOfAnotherSubjectIsAnAlarmOfItsOwn() {
    List<Alarm> before = List.of(new Alarm("output-fails", "plc", "", EARLY));
    assertThat(Alarms.stillStanding(before, List.of(new Alarm("output-fails", "mes", "", LATE)))).containsExactly(new Alarm("output-fails", "mes", "", LATE));
  }

  @Test
  void oneThatCameBackAfterItWasGoneBeginsAnew() {
    List<Alarm> gone = Alarms.stillStanding(List.of(new Alarm("disk", "", "", EARLY)), List.of());
    assertThat(gone).isEmpty();
    assertThat(Alarms.stillStanding(gone, List.of(new Alarm("disk", "", "", LATE)))).containsExactly(new Alarm("disk", "", "", LATE));
  }

  /** Before the clock was set back, or of a failure that the source itself dates later. */
  @Test
  void noTimeIsLaterThanWhatIsFound() {
    List<Alarm> before = List.of(new Alarm("disk", "", "", LATE));
    assertThat(Alarms.stillStanding(before, List.of(new Alarm("disk", "", "", EARLY)))).containsExactly(new Alarm("disk", "", "", EARLY));
  }

  @Test
  void onlyWhatFailsIsAnAlarm() {
    assertThat(Alarms.failing("source-fails", "cam", new Condition(State.STARTING, "", EARLY))).isEmpty();
    assertThat(Alarms.failing("source-fails", "cam", new Condition(State.WORKS, "", EARLY))).isEmpty();
    assertThat(Alarms.failing("source-fails", "cam", new Condition(State.FAILS, "No frame for 5 s.", EARLY))).contains(new Alarm("source-fails", "cam", "No frame for 5 s.", EARLY));
  }
}
