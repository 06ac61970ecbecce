package io.kerf.station.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputPlanTest {
  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
      "-,       -,       -,   -",
      "-,       a1,      -,   a",
      "a1,      a1,      -,   -",
      "a1,      a2,      a,   a",
      "a1,      -,       a,   -",
      "a1 b1,   b1 c1,   a,   c",
      "a1 b1,   b2 a1,   b,   b",
      "a1 b1,   b1 a1,   -,   -",
      "a1,      b1 c1 a2, a,  b c a"})
  void whatIsGoneIsStoppedWhatIsNewIsStartedWhatChangedIsBothAndTheRestIsLeftAlone(String running, String wanted, String stop, String start) {
    OutputPlan plan = OutputPlan.of(settings(running), settings(wanted));
    assertThat(plan).isEqualTo(new OutputPlan(names(stop), names(start)));
  }

  private static Map<String, String> settings(String text) {
    Map<String, String> settings = new LinkedHashMap<>();
    names(text).forEach(one -> settings.put(one.substring(0, 1), one.substring(1)));
    return settings;
  }

  private static List<String> names(String text) {
    return text == null ? List.of() : List.of(text.split(" "));
  }
}
