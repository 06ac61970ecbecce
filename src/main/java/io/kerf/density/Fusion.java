package io.kerf.density;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several scores of one part as one: the sum over terms of weight times surprise ({@link ScoreScale#surprise}), where a term of several
 * kinds is as surprised as the least surprised of them: what only one of them finds odd does not count.
 *
 * <p>The sum is itself a score to be calibrated on held-out parts, so the false-reject promise does not rest on the terms being independent.
 *
 * @param terms at least one
 */
public record Fusion(List<Term> terms) {
  /**
   * @param weight above 0
   * @param members at least one
   */
  public record Term(double weight, List<Member> members) {
    public Term {
      members = List.copyOf(members);
      if (!(weight > 0) || members.isEmpty()) {
        throw new IllegalArgumentException("a term has a weight above 0 and a member, not " + weight + " and " + members);
      }
    }

    /** One score, or the agreement of several, on the scales of held-out parts. */
    public static Term of(double weight, List<ScoreKind> kinds, Map<ScoreKind, double[]> heldOut) {
      return new Term(weight, kinds.stream().map(kind -> new Member(kind, ScoreScale.of(heldOut.get(kind)))).toList());
    }

    private double surprise(Map<ScoreKind, Double> scores) {
      double least = Double.POSITIVE_INFINITY;
      for (Member member : members) {
        least = Math.min(least, member.scale.surprise(scores.get(member.kind)));
      }
      return least;
    }

    String words() {
      String times = weight == 1 ? "" : (weight == Math.rint(weight) ? String.valueOf((long) weight) : String.valueOf(weight)) + " × ";
      return times + members.stream().map(member -> member.kind.label()).collect(Collectors.joining(" and "));
    }
  }

  public record Member(ScoreKind kind, ScoreScale scale) {}

  public Fusion {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a fusion has at least one term");
    }
  }

  /** The fused score of a part. */
  public double score(Map<ScoreKind, Double> scores) {
    double sum = 0;
    for (Term term : terms) {
      sum += term.weight * term.surprise(scores);
    }
    return sum;
  }

  /**
   * The fused scores of the held-out parts that the scales come from, by the same scales as any part's.
   *
   * <p>A part stretches the tails it is measured on, but only by its share, and the same scales order all parts alike. Simulated with
   * independent scores (normal, exponential, log-normal, Student's with 3 degrees of freedom, Pareto's without a variance), thresholds at α
   * reject of new parts, for a thumbnail and an agreement of two: up to 1.1·α with 9 or 19 held-out parts, less than α with 53 or more; for
   * two terms of one kind each up to 1.4·α with so few. Scaling each held-out part by the others instead would reject a third fewer and find
   * up to a third fewer defects: the oddest part, on scales it is not in, sets a threshold that no new part reaches on scales it is in.
   */
  public double[] heldOutScores(Map<ScoreKind, double[]> heldOut) {
    int n = heldOut.get(terms.get(0).members.get(0).kind).length;
    return IntStream.range(0, n).mapToDouble(i -> score(at(heldOut, i))).toArray();
  }

  /** Every kind that counts. */
  public List<ScoreKind> kinds() {
    return terms.stream().flatMap(term -> term.members.stream()).map(Member::kind).distinct().toList();
  }

  /** In words: {@code 2 × thumbnail + local and dense-top}. */
  public String description() {
    return terms.stream().map(Term::words).collect(Collectors.joining(" + "));
  }

  /** Scores by kind of one held-out part. */
  public static Map<ScoreKind, Double> at(Map<ScoreKind, double[]> heldOut, int index) {
    Map<ScoreKind, Double> one = new EnumMap<>(ScoreKind.class);
    heldOut.forEach((kind, scores) -> one.put(kind, scores[index]));
    return one;
  }
}
