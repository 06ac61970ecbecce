package io.kerf.training.normals;

import java.util.Comparator;
import java.util.List;

/**
 * Which of the parts that pass the line join the normals without anybody's word. A pure function of the part and the pool.
 *
 * <p>A part joins where its p-value is well inside, and where it differs enough from every normal there is. Where the quota is full it takes
 * the place of the presumed normal that the pool would miss least, the one nearest to another, if it adds more than that one: greedy k-centre
 * (Gonzalez, "Clustering to minimize the maximum intercluster distance", 1985), kept up as parts come. Original and confirmed normals stay.
 *
 * @param leastPValue share of held-out good parts that must be at least as odd
 * @param leastDistance to the nearest normal, as a share of the typical distance between normals
 * @param mostPresumed presumed and doubtful normals at once
 * @param mostBytes that images of presumed normals may take
 */
public record CollectingPolicy(double leastPValue, double leastDistance, int mostPresumed, long mostBytes) {

  /** @param bytes of its image */
  public record Sighting(double pValue, float[] thumbnail, long bytes) {}

  public sealed interface Decision {}

  /** @param instead of these presumed normals, which go */
  public record Joins(List<String> instead) implements Decision {}

  public record Stays(Reason reason) implements Decision {}

  /** Why a part does not join. */
  public enum Reason {
    NOT_WELL_INSIDE,
    ADDS_NOTHING,
    POOL_IS_FULL,
    TOO_LARGE
  }

  /** @param pool what there is, with distances between its members */
  public Decision decide(Sighting part, Likeness pool) {
    if (part.pValue < leastPValue) {
      return new Stays(Reason.NOT_WELL_INSIDE);
    }
    if (part.bytes > mostBytes || mostPresumed == 0) {
      return new Stays(Reason.TOO_LARGE);
    }
    double nearest = pool.nearest(part.thumbnail, List.of());
    if (nearest <= leastDistance * pool.typicalDistance()) {
      return new Stays(Reason.ADDS_NOTHING);
    }
    List<Likeness.Member> presumed = pool.members().stream().filter(member -> !member.normal().standing().trusted()).toList();
    long taken = presumed.stream().mapToLong(member -> member.normal().bytes()).sum();
    if (presumed.size() < mostPresumed && taken + part.bytes <= mostBytes) {
      return new Joins(List.of());
    }
    return inPlaceOfTheLeastMissed(part, pool, presumed, taken);
  }

  /** One goes for one; more go where images are larger than those that leave. */
  private Decision inPlaceOfTheLeastMissed(Sighting part, Likeness pool, List<Likeness.Member> presumed, long taken) {
    List<Likeness.Member> leastMissed = presumed.stream().sorted(Comparator.comparingDouble(Likeness.Member::nearest)).toList();
    long left = taken;
    int gone = 0;
    while (gone < leastMissed.size() && (presumed.size() - gone >= mostPresumed || left + part.bytes > mostBytes)) {
      left -= leastMissed.get(gone).normal().bytes();
      gone++;
    }
    List<String> instead = leastMissed.subList(0, gone).stream().map(member -> member.normal().id()).toList();
    return pool.nearest(part.thumbnail, instead) > leastMissed.get(gone - 1).nearest() ? new Joins(instead) : new Stays(Reason.POOL_IS_FULL);
  }
}
