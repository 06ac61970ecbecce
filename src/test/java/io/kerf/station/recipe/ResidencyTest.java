package io.kerf.station.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResidencyTest {
  /** Needed: recipes in the order in which they were needed last, the latest at the end. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", value = {
      "nothing is in memory           | -       | a | -       | 2 | -",
      "there is room                  | a b     | a | a b     | 2 | -",
      "the least recent leaves        | a b c   | a | b c     | 2 | b",
      "the one in use never leaves    | a b c   | a | a b c   | 2 | b",
      "several leave at once          | a b c d | a | b d c   | 2 | d b",
      "never needed leaves first      | a b c   | a | b       | 2 | c",
      "of two never needed by name    | a b c d | a | b       | 3 | d",
      "one and the one that was asked | a b c   | a | b c     | 1 | b",
      "in use but not in memory       | b c     | a | b c     | 1 | b",
      "in use but without a model     | b c d   | a | b c d   | 2 | b"})
  void leaving(String name, String loaded, String inUse, String needed, int limit, String leaving) {
    Map<String, Long> lastNeeded = new HashMap<>();
    for (String recipe : words(needed)) {
      lastNeeded.put(recipe, (long) lastNeeded.size());
    }
    assertThat(Residency.leaving(Set.of(words(loaded)), inUse, lastNeeded, limit)).as(name).containsExactlyInAnyOrder(words(leaving));
  }

  private static String[] words(String text) {
    return text == null ? new String[0] : text.split(" ");
  }
}
