package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.inspection.Verdict;
import io.kerf.station.output.GpioSignals.Event;
import io.kerf.station.output.GpioSignals.Levels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpioSignalsTest {
  /** T a part comes, O N U its outcome, . it is over, h the hold is over; levels as they are set, by their first letters. */
  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "false, TO.h,     '-, O, OR, R'",
      "false, TN.h,     '-, N, NR, R'",
      "false, TU.h,     '-, E, ER, R'",
      "false, Oh,       'OR, R'",
      "false, ON,       'OR, R, NR'",
      "false, OO,       'OR, R, OR'",
      "false, TO.TN.h,  '-, O, OR, O, -, N, NR, R'",
      "false, TTO.N.h,  '-, O, -, N, NR, R'",
      "false, TOh.,     '-, O, -, R'",
      "false, .,        ''",
      "false, h,        ''",
      "true,  TO.,      '-, O, OR'",
      "true,  TO.h,     '-, O, OR'",
      "true,  TO.TN.,   '-, O, OR, -, N, NR'",
      "true,  ON,       'OR, R, NR'"})
  void linesAreSetInThisOrder(boolean held, String events, String levels) {
    GpioSignals state = GpioSignals.start(held);
    List<String> set = new ArrayList<>();
    for (char letter : events.toCharArray()) {
      GpioSignals.Step step = state.on(event(letter));
      step.levels().forEach(one -> set.add(letters(one)));
      state = step.next();
    }
    assertThat(String.join(", ", set)).isEqualTo(levels == null ? "" : levels);
  }

  private static Event event(char letter) {
    return switch (letter) {
      case 'T' -> new GpioSignals.Triggered();
      case 'O' -> new GpioSignals.Shown(Verdict.OK);
      case 'N' -> new GpioSignals.Shown(Verdict.NG);
      case 'U' -> new GpioSignals.Shown(Verdict.UNJUDGED);
      case '.' -> new GpioSignals.Over();
      case 'h' -> new GpioSignals.HoldOver();
      default -> throw new IllegalArgumentException(String.valueOf(letter));
    };
  }

  private static String letters(Levels levels) {
    String letters = (levels.ok() ? "O" : "") + (levels.ng() ? "N" : "") + (levels.error() ? "E" : "") + (levels.ready() ? "R" : "");
    return letters.isEmpty() ? "-" : letters;
  }
}
