package io.kerf.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One disturbance: what became of the verdicts.
 *
 * @param disturbance in words: {@code brightness +10 %}
 * @param good test parts without a defect, those that cannot be judged any more included
 * @param falseRejects of {@code good}: rejected, or stopped because they cannot be judged
 * @param heldOut good parts of the training set that were held out; none where a bundle was given
 * @param heldOutRejects of {@code heldOut}
 * @param defective test parts with a defect: a sample
 * @param unjudged of all of these
 * @param imageAuroc of the disturbed test parts that are judged
 * @param aurocLoss by how much that of the same parts was larger before
 * @param weak whether more than twice the promised share of either kind of good parts is rejected, or the area falls by more than
 *     {@value #BORNE_LOSS}
 */
public record LightRow(String disturbance, int good, int falseRejects, int heldOut, int heldOutRejects, int defective, int unjudged,
    OptionalDouble imageAuroc, OptionalDouble aurocLoss, boolean weak) {
  static final double BORNE_LOSS = 0.02;
  static final double BORNE_PROMISES = 2;

  /** Where a part comes from. */
  enum Source {
    TEST_GOOD,
    HELD_OUT,
    DEFECTIVE
  }

  /** One part, as it was judged before and after. */
  record Pair(Source source, CaseResult before, CaseResult after) {}

  /** @param alpha the promised false-reject rate */
  static LightRow of(String disturbance, List<Pair> pairs, double alpha) {
    int good = count(pairs, pair -> pair.source == Source.TEST_GOOD);
    int falseRejects = count(pairs, pair -> pair.source == Source.TEST_GOOD && pair.after.stopped());
    int heldOut = count(pairs, pair -> pair.source == Source.HELD_OUT);
    int heldOutRejects = count(pairs, pair -> pair.source == Source.HELD_OUT && pair.after.stopped());
    OptionalDouble before = auroc(pairs, Pair::before);
    OptionalDouble after = auroc(pairs, Pair::after);
    OptionalDouble loss = before.isPresent() && after.isPresent() ? OptionalDouble.of(before.getAsDouble() - after.getAsDouble()) : OptionalDouble.empty();
    return new LightRow(disturbance, good, falseRejects, heldOut, heldOutRejects, count(pairs, pair -> pair.source == Source.DEFECTIVE),
        count(pairs, pair -> pair.after.reason().isPresent()), after, loss,
        exceeds(falseRejects, BORNE_PROMISES * alpha * good) || exceeds(heldOutRejects, BORNE_PROMISES * alpha * heldOut) || exceeds(loss.orElse(0), BORNE_LOSS));
  }

  /** Allows for 1 − 0.98 being a little more than 0.02. */
  private static boolean exceeds(double value, double limit) {
    return value > limit + 1e-9;
  }

  private static OptionalDouble auroc(List<Pair> pairs, Function<Pair, CaseResult> when) {
    return new Ranking(scores(pairs, Source.TEST_GOOD, when), scores(pairs, Source.DEFECTIVE, when)).auroc();
  }

  private static double[] scores(List<Pair> pairs, Source source, Function<Pair, CaseResult> when) {
    return pairs.stream().filter(pair -> pair.source == source).map(when).flatMapToDouble(result -> result.score().stream()).toArray();
  }

  private static int count(List<Pair> pairs, Predicate<Pair> which) {
    return (int) pairs.stream().filter(which).count();
  }
}
