package io.kerf.cli;

import io.kerf.cli.StationClient.Judged;
import io.kerf.cli.SteadyLine.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Swaps two models of a running station to and fro while parts come at a fixed rate, in windows with and without swaps by turns, so that
 * what else the machine does is in both.
 *
 * <ol>
 *   <li>A first pass without swaps learns what each model says of each image. From then on a verdict is explained only if its score and
 *       threshold are, to the last digit, those of the bundle that it names.
 *   <li>A part is lost where it got no answer, or its verdict is not on record afterwards as it was answered.
 * </ol>
 */
final class SwapBench {
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final int MEMORY_EVERY = 50;

  private final StationClient station;
  private final List<byte[]> images;
  private final List<String> models;
  private final Settings settings;
  private final PrintWriter out;
  private final Map<String, List<Judged>> due = new HashMap<>();
  private final List<Trend.Point> memory = new ArrayList<>();
  private final List<Double> swapMillis = new ArrayList<>();
  private int swaps;
  private int refused;

  /** @param swapEvery from the begin of one swap to that of the next, or at once where one takes longer. @param pid of the station, to read its memory */
  record Settings(int swaps, double partsPerSecond, Duration window, Duration swapEvery, OptionalLong pid) {}

  /** @param models digests of two */
  SwapBench(StationClient station, List<byte[]> images, List<String> models, Settings settings, PrintWriter out) {
    this.station = station;
    this.images = images;
    this.models = models;
    this.settings = settings;
    this.out = out;
  }

  /** Whether nothing was lost, wrong or refused. */
  boolean run() throws IOException, InterruptedException {
    for (String model : models) {
      station.activate(model);
      due.put(model, pass());
    }
    String before = due.get(models.get(0)).get(0).id();
    List<Part> parts;
    try (SteadyLine line = new SteadyLine(station, images, settings.partsPerSecond()).start()) {
      TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
      remember();
      int window = 0;
      while (swaps < settings.swaps()) {
        line.window(++window);
        TimeUnit.MILLISECONDS.sleep(settings.window().toMillis());
        line.window(++window);
        swapFor(settings.window());
      }
      parts = line.end();
    }
    return report(parts, recordedSince(before));
  }

  private List<Judged> pass() throws IOException, InterruptedException {
    List<Judged> all = new ArrayList<>();
    for (byte[] image : images) {
      all.add(station.inspect(image));
    }
    return all;
  }

  private void swapFor(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long began = System.nanoTime(); began < end && swaps < settings.swaps(); began = System.nanoTime()) {
      try {
        if (station.activate(models.get((swaps + refused) % 2))) {
          swaps++;
          swapMillis.add((System.nanoTime() - began) / 1e6);
          if (swaps % MEMORY_EVERY == 0) {
            remember();
          }
        } else {
          refused++;
        }
      } catch (IOException e) {
        refused++;
        out.println("swap refused: " + e.getMessage());
      }
      TimeUnit.NANOSECONDS.sleep(settings.swapEvery().toNanos() - (System.nanoTime() - began));
    }
  }

  /** Linux alone tells the resident memory of another process. */
  private void remember() {
    if (settings.pid().isEmpty()) {
      return;
    }
    try {
      String status = Files.readString(Path.of("/proc", Long.toString(settings.pid().getAsLong()), "status"));
      Optional<String> resident = status.lines().filter(line -> line.startsWith("VmRSS:")).findFirst();
      resident.map(line -> Long.parseLong(line.replaceAll("\\D", ""))).ifPresent(kib -> memory.add(new Trend.Point(swaps, kib * 1024 / 1e6)));
    } catch (IOException e) {
      out.println("the memory of process " + settings.pid().getAsLong() + " cannot be read: " + e.getMessage());
    }
    if (!memory.isEmpty()) {
      out.printf(Locale.ROOT, "after %d swaps: %.0f MB%n", swaps, memory.get(memory.size() - 1).y());
      out.flush();
    }
  }

  private Map<String, Judged> recordedSince(String first) throws IOException, InterruptedException {
    Map<String, Judged> recorded = new HashMap<>();
    for (List<Judged> page = station.recorded(""); !page.isEmpty(); page = station.recorded(page.get(page.size() - 1).id())) {
      page.forEach(one -> recorded.put(one.id(), one));
      if (recorded.containsKey(first)) {
        break;
      }
    }
    return recorded;
  }

  private boolean report(List<Part> parts, Map<String, Judged> recorded) {
    List<String> errors = parts.stream().map(Part::error).filter(error -> !error.isEmpty()).toList();
    long lost = errors.size() + parts.stream().flatMap(part -> part.answer().stream()).filter(answer -> !answer.equals(recorded.get(answer.id()))).count();
    long unexplained = parts.stream().filter(part -> part.answer().filter(answer -> !explained(part.image(), answer)).isPresent()).count();
    Set<String> named = new HashSet<>(parts.stream().flatMap(part -> part.answer().stream()).map(Judged::bundle).toList());
    out.printf(Locale.ROOT, "parts sent %d, lost %d, answered with an error %d, verdicts that their bundle does not explain %d%n", parts.size(), lost,
        errors.size(), unexplained);
    errors.stream().distinct().limit(5).forEach(error -> out.println("  " + error));
    out.printf(Locale.ROOT, "swaps %d, refused %d; one took median %.0f ms, at most %.0f ms; bundles named by verdicts %d%n", swaps, refused,
        Latencies.percentile(swapMillis, 0.5), Latencies.percentile(swapMillis, 1), named.size());
    new Latencies(parts, "swaps").print(out);
    printMemory();
    out.flush();
    return lost + errors.size() + unexplained + refused == 0;
  }

  private void printMemory() {
    List<Trend.Point> half = memory.stream().filter(point -> point.x() >= swaps / 2.0).toList();
    if (half.size() > 2) {
      Trend trend = Trend.of(half);
      out.printf(Locale.ROOT, "resident memory at the end %.0f MB; over the last %d swaps %+.1f ± %.1f MB per 1000 swaps (95 %%), %s%n",
          half.get(half.size() - 1).y(), swaps - swaps / 2, 1000 * trend.slope(), 1000 * trend.halfWidth(), trend.level() ? "level within the noise" : "not level");
    }
  }

  private boolean explained(int image, Judged answer) {
    List<Judged> said = due.get(answer.bundle());
    return said != null && same(said.get(image), answer) && answer.verdict().equals(answer.score() > answer.threshold() ? "NG" : "OK");
  }

  private static boolean same(Judged one, Judged other) {
    return one.score() == other.score() && one.threshold() == other.threshold() && one.verdict().equals(other.verdict());
  }
}
