package io.kerf.station;

import static org.assertj.core.api.Assertions.assertThat;

import io.kerf.model.LightWatch.Drift;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LightLogTest {
  private final Map<String, Drift> drifts = new HashMap<>();
  private String atHand = "a";
  private final LightLog log = new LightLog(() -> atHand, recipe -> Optional.ofNullable(drifts.get(recipe)), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

  @Test
  void theRecipeAtHandIsFollowedAndNowIsTheLastPoint() {
    drifts.put("a", new Drift(0.1, 0, 0, 100));
    log.look();
    drifts.put("a", new Drift(0.2, 0, 0, 100));
    assertThat(log.of("a")).extracting(point -> point.drift().brightness()).containsExactly(0.1, 0.2);
    assertThat(log.of("b")).isEmpty();
  }

  @Test
  void aRecipeWithoutAModelHasNoPoints() {
    log.look();
    assertThat(log.of("a")).isEmpty();
  }

  @Test
  void aDayIsKept() {
    for (int i = 0; i <= LightLog.MOST_POINTS; i++) {
      drifts.put("a", new Drift(i, 0, 0, 100));
      log.look();
    }
    drifts.clear();
    assertThat(log.of("a")).hasSize(LightLog.MOST_POINTS).first().extracting(point -> point.drift().brightness()).isEqualTo(1.0);
  }

  @Test
  void theRecipeThatWasAtHandLongestAgoGivesWay() {
    for (int i = 0; i <= LightLog.MOST_RECIPES; i++) {
      atHand = "recipe-" + i;
      drifts.put(atHand, new Drift(0, 0, 0, 100));
      log.look();
    }
    drifts.clear();
    assertThat(log.of("recipe-0")).isEmpty();
    assertThat(log.of("recipe-1")).hasSize(1);
    assertThat(log.of("recipe-" + LightLog.MOST_RECIPES)).hasSize(1);
  }
}
