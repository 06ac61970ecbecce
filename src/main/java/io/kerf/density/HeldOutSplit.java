package io.kerf.density;

import io.kerf.fault.Fault;
import io.kerf.fault.FaultException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Which good parts are learnt from and which are held out for the calibration, as indices in rising order. No image is in both, and
 * images that belong together (a group the caller names, or near-duplicates where it names none) are on one side: a held-out picture
 * that was all but learnt scores too low, and the threshold with it.
 *
 * @param fit indices of what encoder and density may learn from; never empty
 * @param heldOut indices of what calibrates; never empty
 * @param clusters for each of {@code heldOut} the number of what it belongs together with, 0 and up without gaps
 */
public record HeldOutSplit(int[] fit, int[] heldOut, int[] clusters) {

  /** On which side of an earlier split a part was. */
  public enum Earlier {
    /** On none. */
    NEW,
    /** An encoder has learnt from it, so it can never calibrate again. */
    LEARNT,
    /** It calibrates or was kept back, and stays so: held-out parts of all ages are what a newer model is held to. */
    HELD_OUT
  }

  private static final double HELD_OUT_SHARE = 0.25;
  private static final int SHUFFLES = 64;

  /**
   * How many of n good parts to hold out: a quarter, which leaves most to learn from; more where the budget α needs more to be shown
   * by counting ({@link Calibration#fewestHeldOut}); never more than half, since a threshold on a model that has learnt too little
   * is exact and useless.
   */
  public static int heldOutCount(int n, double falseRejectBudget) {
    int quarter = (int) Math.ceil(HELD_OUT_SHARE * n);
    return Math.min(n / 2, Math.max(quarter, Calibration.fewestHeldOut(falseRejectBudget)));
  }

  /**
   * Splits good parts that nobody has split before. Deterministic for the same arguments.
   *
   * @param signatures one small picture of each part as standardised grey values (32×32 is enough), all of one length
   * @param groups for each part the name of the group that must stay together, or an empty string for none; may be empty as a whole.
   *     A named group is taken as the truth: its images are not linked to others by their looks
   * @param heldOutCount wished number of held-out parts, from {@link #heldOutCount}; what clusters allow is met as closely as possible
   * @param seed of the choice
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} where nothing can be held out: fewer than two parts, or all in one group
   * @throws IllegalArgumentException where lengths differ or the wished number is below 1 or not below the number of parts
   */
  public static HeldOutSplit of(List<float[]> signatures, List<String> groups, int heldOutCount, long seed) {
    return of(signatures, groups, Collections.nCopies(signatures.size(), Earlier.NEW), heldOutCount, seed);
  }

  /**
   * Splits good parts of which some were split before: those stay on their side, whatever new ones lie between them, and a new one that
   * belongs together with some of them goes to the side of the one it is most like. Of the other new ones at least a quarter is held out,
   * as far as whole clusters allow.
   *
   * @param earlier for each part where it was
   * @throws FaultException {@link Fault#TOO_FEW_NORMALS} as {@link #of(List, List, int, long)}, and where everything has been learnt from
   */
  public static HeldOutSplit of(List<float[]> signatures, List<String> groups, List<Earlier> earlier, int heldOutCount, long seed) {
    int n = signatures.size();
    if (n < 2) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "Of " + n + " good parts none can be held out to set a threshold. Add good parts.");
    }
    requireValid(signatures, groups, heldOutCount);
    List<int[]> clusters = clusters(signatures, groups, seed);
    if (clusters.size() < 2) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "All " + n + " good parts belong to one group or are the same picture, so none can be"
          + " held out to set a threshold. Add good parts from another group.");
    }
    boolean[] held = new boolean[n];
    List<int[]> open = new ArrayList<>();
    for (int[] cluster : clusters) {
      int[] settled = Arrays.stream(cluster).filter(part -> earlier.get(part) != Earlier.NEW).toArray();
      if (settled.length == 0) {
        open.add(cluster);
        continue;
      }
      for (int part : cluster) {
        int side = earlier.get(part) == Earlier.NEW ? mostLike(part, settled, signatures) : part;
        held[part] = earlier.get(side) == Earlier.HELD_OUT;
      }
    }
    hold(open, held, heldOutCount, new Random(seed));
    int[] heldOut = where(held, true);
    if (heldOut.length == 0 || heldOut.length == n) {
      throw new FaultException(Fault.TOO_FEW_NORMALS, "All " + n + " good parts, or pictures like them, are on one side of the split before, learnt from or held out,"
          + " so the other side is empty. Add good parts that are new.");
    }
    return new HeldOutSplit(where(held, false), heldOut, clustersOf(heldOut, clusters));
  }

  private static int mostLike(int part, int[] others, List<float[]> signatures) {
    return Arrays.stream(others).boxed().min(Comparator.comparingDouble(other -> NearDuplicates.squaredDistance(signatures.get(part), signatures.get(other),
        Double.POSITIVE_INFINITY))).orElseThrow();
  }

  private static void requireValid(List<float[]> signatures, List<String> groups, int heldOutCount) {
    int n = signatures.size();
    if (!groups.isEmpty() && groups.size() != n) {
      throw new IllegalArgumentException(groups.size() + " groups for " + n + " signatures");
    }
    if (heldOutCount < 1 || heldOutCount >= n) {
      throw new IllegalArgumentException("of " + n + " parts 1 to " + (n - 1) + " can be held out, not " + heldOutCount);
    }
    int length = signatures.get(0).length;
    for (float[] signature : signatures) {
      if (signature.length != length) {
        throw new IllegalArgumentException("signatures of " + length + " and of " + signature.length + " numbers");
      }
      for (float value : signature) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException("a signature holds " + value);
        }
      }
    }
  }

  private static List<int[]> clusters(List<float[]> signatures, List<String> groups, long seed) {
    Map<String, List<Integer>> named = new TreeMap<>();
    List<Integer> unnamed = new ArrayList<>();
    for (int i = 0; i < signatures.size(); i++) {
      String group = groups.isEmpty() ? "" : groups.get(i);
      if (group.isEmpty()) {
        unnamed.add(i);
      } else {
        named.computeIfAbsent(group, name -> new ArrayList<>()).add(i);
      }
    }
    int[] byLooks = NearDuplicates.clusters(unnamed.stream().map(signatures::get).toList(), seed);
    Map<Integer, List<Integer>> alike = new HashMap<>();
    for (int u = 0; u < byLooks.length; u++) {
      alike.computeIfAbsent(byLooks[u], cluster -> new ArrayList<>()).add(unnamed.get(u));
    }
    List<int[]> clusters = new ArrayList<>();
    named.values().forEach(members -> clusters.add(toArray(members)));
    alike.values().forEach(members -> clusters.add(toArray(members)));
    clusters.sort((a, b) -> Integer.compare(a[0], b[0]));
    return clusters;
  }

  /**
   * Of several shuffles, filled with whole clusters as long as they fit, the one that comes closest; at least the smallest cluster where
   * nothing is held yet.
   */
  private static void hold(List<int[]> open, boolean[] held, int wished, Random random) {
    int before = where(held, true).length;
    int parts = open.stream().mapToInt(cluster -> cluster.length).sum();
    int room = before == 0 ? wished : Math.max(wished - before, (int) Math.ceil(HELD_OUT_SHARE * parts));
    List<int[]> shuffled = new ArrayList<>(open);
    List<int[]> best = List.of();
    int bestCount = 0;
    for (int attempt = 0; attempt < SHUFFLES && bestCount < room; attempt++) {
      Collections.shuffle(shuffled, random);
      List<int[]> taken = new ArrayList<>();
      int count = 0;
      for (int[] cluster : shuffled) {
        if (count + cluster.length <= room) {
          count += cluster.length;
          taken.add(cluster);
        }
      }
      if (count > bestCount) {
        bestCount = count;
        best = taken;
      }
    }
    if (bestCount + before == 0 && !open.isEmpty()) {
      best = List.of(Collections.min(open, (a, b) -> Integer.compare(a.length, b.length)));
    }
    best.forEach(cluster -> mark(held, cluster));
  }

  private static int[] clustersOf(int[] heldOut, List<int[]> clusters) {
    Map<Integer, Integer> byPart = new HashMap<>();
    for (int cluster = 0; cluster < clusters.size(); cluster++) {
      for (int part : clusters.get(cluster)) {
        byPart.put(part, cluster);
      }
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    return Arrays.stream(heldOut).map(part -> numbers.computeIfAbsent(byPart.get(part), cluster -> numbers.size())).toArray();
  }

  private static void mark(boolean[] held, int[] cluster) {
    for (int i : cluster) {
      held[i] = true;
    }
  }

  private static int[] where(boolean[] held, boolean value) {
    int[] indices = new int[held.length];
    int found = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i] == value) {
        indices[found++] = i;
      }
    }
    return Arrays.copyOf(indices, found);
  }

  private static int[] toArray(List<Integer> members) {
    return members.stream().mapToInt(Integer::intValue).toArray();
  }
}
