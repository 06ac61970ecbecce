package io.kerf.training;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The one held-out part that stands far from all others: often no good part, or taken in other light, and where few are held out it alone
 * sets the threshold.
 *
 * @param index of the part
 * @param score its fused score
 * @param next the next largest
 */
record Straggler(int index, double score, double next) {
  /**
   * By how many times its distance from the next exceeds that of the next from the median. With exponential scores 2 is exceeded by chance
   * in 8 of 100 sets of 15 and in 2 of 1000 sets of 100, with normal ones hardly ever.
   */
  static final double FAR = 2;
  private static final int FEWEST = 8;

  /** @param scores of held-out parts */
  static Optional<Straggler> of(double[] scores) {
    if (scores.length < FEWEST) {
      return Optional.empty();
    }
    List<Integer> rising = IntStream.range(0, scores.length).boxed().sorted(Comparator.comparingDouble(i -> scores[i])).toList();
    int last = rising.get(scores.length - 1);
    double next = scores[rising.get(scores.length - 2)];
    double median = scores[rising.get(scores.length / 2)];
    return scores[last] - next > FAR * (next - median) ? Optional.of(new Straggler(last, scores[last], next)) : Optional.empty();
  }

  String sentence(Path file) {
    return String.format(Locale.ROOT, "%s stands far from all other held-out parts (%.1f, the next %.1f). Look at it: if it is not good, or was not taken as the others"
        + " are, remove it and learn again, since it loosens the threshold.", file, score, next);
  }
}
