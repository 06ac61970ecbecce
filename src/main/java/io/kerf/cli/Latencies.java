package io.kerf.cli;

import io.kerf.cli.SteadyLine.Part;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Times of parts by window: odd ones are quiet, in the even ones after them something goes on, window 0 is the warm-up. The interval of a ratio comes
 * from drawing pairs of neighbouring windows anew (bootstrap, 2000 draws, seed 1).
 */
final class Latencies {
  private static final int DRAWS = 2000;

  private final List<List<Double>> quiet = new ArrayList<>();
  private final List<List<Double>> disturbed = new ArrayList<>();

  private final String what;

  /** @param what goes on in the even windows, such as {@code swaps} */
  Latencies(List<Part> parts, String what) {
    this.what = what;
    TreeMap<Integer, List<Double>> windows = parts.stream().filter(part -> part.window() > 0)
        .collect(Collectors.groupingBy(Part::window, TreeMap::new, Collectors.mapping(Part::millis, Collectors.toList())));
    windows.forEach((window, millis) -> (window % 2 == 1 ? quiet : disturbed).add(millis));
  }

  void print(PrintWriter out) {
    print(out, "without " + what, quiet);
    print(out, "with " + what, disturbed);
    print(out, "p50", 0.5);
    print(out, "p99", 0.99);
  }

  private static void print(PrintWriter out, String name, List<List<Double>> windows) {
    List<Double> all = windows.stream().flatMap(List::stream).toList();
    out.printf(Locale.ROOT, "%-20s %6d parts in %d windows, ms from due to answer: p50 %.1f  p95 %.1f  p99 %.1f  max %.1f%n", name, all.size(), windows.size(),
        percentile(all, 0.5), percentile(all, 0.95), percentile(all, 0.99), percentile(all, 1));
  }

  private void print(PrintWriter out, String name, double share) {
    int pairs = Math.min(quiet.size(), disturbed.size());
    List<Integer> all = IntStream.range(0, pairs).boxed().toList();
    Random random = new Random(1);
    List<Double> drawn = new ArrayList<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      drawn.add(ratio(random.ints(pairs, 0, pairs).boxed().toList(), share));
    }
    out.printf(Locale.ROOT, "%s ratio %.2f (95 %%: %.2f to %.2f)%n", name, ratio(all, share), percentile(drawn, 0.025), percentile(drawn, 0.975));
  }

  private double ratio(List<Integer> pairs, double share) {
    return percentile(pairs.stream().flatMap(pair -> disturbed.get(pair).stream()).toList(), share)
        / percentile(pairs.stream().flatMap(pair -> quiet.get(pair).stream()).toList(), share);
  }

  /** The value that a share of all does not exceed; not a number where there is none. */
  static double percentile(Collection<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
