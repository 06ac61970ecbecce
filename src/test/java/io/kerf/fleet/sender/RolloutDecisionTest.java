package io.kerf.fleet.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kerf.fleet.sender.RolloutDecision.Done;
import io.kerf.fleet.sender.RolloutDecision.Plan;
import io.kerf.fleet.sender.RolloutDecision.Send;
import io.kerf.fleet.sender.RolloutDecision.Standing;
import io.kerf.fleet.sender.RolloutDecision.Stop;
import io.kerf.fleet.sender.RolloutDecision.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Twenty stations, two canaries, then a quarter, then all; two failures end it. */
class RolloutDecisionTest {
  private static final List<String> IDS = IntStream.rangeClosed(1, 20).mapToObj(i -> "s" + i).toList();
  private static final Plan PLAN = new Plan(IDS, List.of(Stage.parse("2"), Stage.parse("25%"), Stage.ALL), 2, Duration.ofMinutes(1));

  static Stream<Arguments> decisions() {
    return Stream.of(
        when("nothing was sent", "", new Send(0, IDS.subList(0, 2))),
        when("a canary is underway", "CU", new Wait(1)),
        when("both committed", "CC", new Send(1, IDS.subList(2, 5))),
        when("one failed, and one may", "CF", new Send(1, IDS.subList(2, 5))),
        when("silence is failure", "SC", new Send(1, IDS.subList(2, 5))),
        when("two failures end it, whoever is underway", "CFUUS", new Stop(List.of("s2", "s5"))),
        when("the quarter is through", "CCCCC", new Send(2, IDS.subList(5, 20))),
        when("all are through", "C".repeat(20), new Done(List.of())),
        when("all are through, one with a failure", "C".repeat(19) + "S", new Done(List.of("s20"))),
        when("the last is underway", "C".repeat(19) + "U", new Wait(1)));
  }

  private static Arguments when(String name, String standings, RolloutDecision expected) {
    return Arguments.of(name, standings, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("decisions")
  void theNextStepFollowsFromWhatTheStationsSaid(String name, String letters, RolloutDecision expected) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    for (int i = 0; i < letters.length(); i++) {
      standings.put(IDS.get(i), switch (letters.charAt(i)) {
        case 'C' -> Standing.COMMITTED;
        case 'F' -> Standing.FAILED;
        case 'S' -> Standing.SILENT;
        default -> Standing.UNDERWAY;
      });
    }
    assertThat(RolloutDecision.next(PLAN, standings)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2,50,2", "10%,50,5", "10%,3,1", "1%,10000,100", "all,7,7", "5,3,3"})
  void aStageReachesSoMany(String stage, int stations, int reached) {
    assertThat(Stage.parse(stage).reaches(stations)).isEqualTo(reached);
  }

  @Test
  void aStageThatIsNoneIsRefused() {
    for (String stage : new String[] {"0", "-1", "100%x", "some", ""}) {
      assertThatThrownBy(() -> Stage.parse(stage)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void stagesThatDoNotGrowAreStillLeftBehind() {
    Plan odd = new Plan(IDS, List.of(Stage.parse("5"), Stage.parse("2")), 1, Duration.ofMinutes(1));
    Map<String, Standing> five = new LinkedHashMap<>();
    IDS.subList(0, 5).forEach(id -> five.put(id, Standing.COMMITTED));
    assertThat(RolloutDecision.next(odd, five)).isEqualTo(new Send(2, IDS.subList(5, 20)));
  }
}
