package io.kerf.station.recipe;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which models leave memory. A pure function of what is in it. */
final class Residency {
  private Residency() {}

  /**
   * Recipes whose models are to be unloaded: all but the one in use and, of the others, those that were needed last.
   *
   * @param loaded recipes whose models are in memory
   * @param lastNeeded when each was needed last, rising; never where it is absent
   * @param limit of models, at least 1; with 1 the recipe that was needed last is kept beside the one in use, as its part waits for it
   */
  static List<String> leaving(Set<String> loaded, String inUse, Map<String, Long> lastNeeded, int limit) {
    int others = loaded.contains(inUse) ? Math.max(1, limit - 1) : limit;
    return loaded.stream().filter(recipe -> !recipe.equals(inUse))
        .sorted(Comparator.comparingLong((String recipe) -> lastNeeded.getOrDefault(recipe, Long.MIN_VALUE)).reversed().thenComparing(Comparator.naturalOrder()))
        .skip(others).toList();
  }
}
