package io.kerf.training.normals;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How alike normals are: Euclidean distances between their thumbnails, each normal's nearest other kept up as normals come and go. Adding
 * costs one pass over the pool, removing one pass for each normal whose nearest it was. Not safe for several threads.
 */
public final class Likeness {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private final Normal normal;
    private double nearest = Double.POSITIVE_INFINITY;
    private String nearestId;

    private Entry(Normal normal) {
      this.normal = normal;
    }

    private void meet(Normal other, double distance) {
      if (distance < nearest) {
        nearest = distance;
        nearestId = other.id();
      }
    }
  }

  /** @param nearest distance to the nearest other normal; infinite where there is no other */
  public record Member(Normal normal, double nearest) {}

  public List<Member> members() {
    return entries.values().stream().map(entry -> new Member(entry.normal, entry.nearest)).toList();
  }

  /** Distance to the nearest normal, some of them left out of account; infinite where there is none. */
  public double nearest(float[] thumbnail, Collection<String> without) {
    return entries.values().stream().filter(entry -> !without.contains(entry.normal.id()))
        .mapToDouble(entry -> distance(thumbnail, entry.normal.thumbnail())).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** Median distance from a normal to its nearest other; 0 with fewer than two. */
  public double typicalDistance() {
    double[] sorted = entries.values().stream().mapToDouble(entry -> entry.nearest).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  void add(Normal normal) {
    remove(normal.id());
    Entry added = new Entry(normal);
    for (Entry other : entries.values()) {
      double distance = distance(normal.thumbnail(), other.normal.thumbnail());
      added.meet(other.normal, distance);
      other.meet(normal, distance);
    }
    entries.put(normal.id(), added);
  }

  void remove(String id) {
    if (entries.remove(id) == null) {
      return;
    }
    for (Entry bereft : new ArrayList<>(entries.values())) {
      if (id.equals(bereft.nearestId)) {
        bereft.nearest = Double.POSITIVE_INFINITY;
        entries.values().stream().filter(other -> other != bereft)
            .forEach(other -> bereft.meet(other.normal, distance(bereft.normal.thumbnail(), other.normal.thumbnail())));
      }
    }
  }

  /** √Σ(aᵢ − bᵢ)². */
  static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
