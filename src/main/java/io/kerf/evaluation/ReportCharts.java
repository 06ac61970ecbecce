package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.CurvePoint;
import io.kerf.evaluation.EvaluationResult.Overall;
import io.kerf.evaluation.Ranking.RocPoint;
import io.kerf.evaluation.ReportMaterial.Embeddings;
import io.kerf.evaluation.SvgChart.Marker;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The charts of a report. Each is SVG with its legend, or a sentence saying why there is nothing to draw. */
final class ReportCharts {
  /** Number of series the style sheet has colours for. */
  static final int SERIES = 8;

  private static final int BINS = 36;
  /** Scores farther out than this many distances from the middle good part to the threshold share the last bin. */
  private static final double FAR_OUT = 16;

  private ReportCharts() {}

  static String roc(EvaluationResult result) {
    if (result.overall().roc().isEmpty()) {
      return none("There are no parts of both kinds, so there is no curve.");
    }
    SvgChart chart = new SvgChart("Detection rate against false-reject rate for every possible threshold", 540, 430,
        ChartAxis.share("good parts rejected"), ChartAxis.share("defective parts stopped"));
    chart.line("chance", "by chance", new double[] {0, 1}, new double[] {0, 1});
    Legend legend = new Legend();
    int series = 0;
    for (var entry : result.classes().entrySet()) {
      if (result.classes().size() > 1 && !entry.getValue().roc().isEmpty()) {
        String style = "thin " + style(series++);
        curve(chart, style, entry.getKey(), entry.getValue().roc());
        legend.line(style, entry.getKey(), Figures.share(entry.getValue().imageAuroc()));
      }
    }
    if (!result.floor().roc().isEmpty()) {
      curve(chart, "floor", "random encoder", result.floor().roc());
      legend.line("floor", "floor: random encoder", Figures.share(result.floor().imageAuroc()));
    }
    curve(chart, "overall", "overall", result.overall().roc());
    legend.line("overall", "overall", Figures.share(result.overall().imageAuroc()));
    Overall overall = result.overall();
    if (overall.falseRejectRate().isPresent() && overall.detectionRate().isPresent()) {
      chart.point("operating", Marker.CIRCLE, "at the threshold", overall.falseRejectRate().getAsDouble(),
          overall.detectionRate().getAsDouble());
      legend.marker("operating", Marker.CIRCLE, "at the threshold used");
    }
    return chart.svg() + legend.html();
  }

  private static void curve(SvgChart chart, String style, String title, List<RocPoint> roc) {
    chart.line(style, title, roc.stream().mapToDouble(RocPoint::falseRejectRate).toArray(),
        roc.stream().mapToDouble(RocPoint::detectionRate).toArray());
  }

  /** Good parts upwards, defective ones downwards, so that neither hides the other. */
  static String scores(EvaluationResult result) {
    double[] good = scores(result, false);
    double[] defective = scores(result, true);
    if (good.length + defective.length == 0) {
      return none("No part was judged, so there are no scores.");
    }
    double[] all = DoubleStream.concat(Arrays.stream(good), Arrays.stream(defective)).sorted().toArray();
    double threshold = result.overall().threshold();
    double low = Math.min(all[0], threshold);
    double end = Math.max(all[all.length - 1], threshold);
    double middle = good.length == 0 ? low : good[good.length / 2];
    double far = middle + FAR_OUT * (threshold - middle);
    boolean cut = far > threshold && end > far;
    Bins bins = Bins.withEdge(threshold, low, cut ? far : end);
    int[] up = bins.counts(good);
    int[] down = bins.counts(defective);
    ChartAxis x = ChartAxis.linear("score (further right is odder)", bins.low(), bins.edge(bins.count()), 6);
    ChartAxis y = whole(ChartAxis.linear("parts", -tallest(down), tallest(up), 6)
        .labelled(count -> Figures.format("%.0f", Math.abs(count))));
    SvgChart chart = new SvgChart("Histogram of scores, good parts upwards and defective parts downwards", 540, 430, x, y);
    for (int b = 0; b < bins.count(); b++) {
      double from = bins.edge(b);
      double to = bins.edge(b + 1);
      String range = cut && b == bins.count() - 1 ? Figures.format("score from %.1f on", from) : Figures.format("score %.1f to %.1f", from, to);
      if (up[b] > 0) {
        chart.bar("good", up[b] + " good, " + range, from, to, 0, up[b]);
      }
      if (down[b] > 0) {
        chart.bar("bad", down[b] + " defective, " + range, from, to, 0, -down[b]);
      }
    }
    chart.level("zero", 0).rule("threshold", "threshold " + Figures.format("%.2f", threshold), threshold)
        .note("good", 0.985, 0.05, "end", "good parts").note("bad", 0.985, 0.975, "end", "defective parts");
    return chart.svg() + (cut ? "<p class=\"aside\">The last bars hold every score further right, up to "
        + Figures.format("%,.1f", all[all.length - 1]) + ".</p>" : "");
  }

  /** Height to leave for the bars, some room above included. */
  private static double tallest(int[] counts) {
    return Math.max(1, Arrays.stream(counts).max().orElse(1)) * 1.14;
  }

  private static ChartAxis whole(ChartAxis axis) {
    return new ChartAxis(axis.title(), axis.low(), axis.high(), axis.ticks().stream().filter(t -> t == Math.rint(t)).toList(),
        axis.label());
  }

  private static double[] scores(EvaluationResult result, boolean defective) {
    return result.cases().stream().filter(part -> part.defective() == defective).map(EvaluationResult.Case::score)
        .filter(OptionalDouble::isPresent).mapToDouble(OptionalDouble::getAsDouble).sorted().toArray();
  }

  static String loss(EvaluationResult result) {
    return training(result, "cross entropy", CurvePoint::loss, OptionalDouble.empty(), "loss");
  }

  static String accuracy(EvaluationResult result) {
    return training(result, "named right", CurvePoint::accuracy, OptionalDouble.of(1), "accuracy");
  }

  private static String training(EvaluationResult result, String title, ToDoubleFunction<CurvePoint> value, OptionalDouble top,
      String style) {
    List<CurvePoint> curve = result.training().curve().stream().filter(point -> Double.isFinite(value.applyAsDouble(point))).toList();
    if (curve.isEmpty()) {
      return none("This encoder was not trained here, so there is no curve.");
    }
    double high = top.orElse(1.05 * curve.stream().mapToDouble(value).max().orElse(1));
    ChartAxis x = ChartAxis.linear("step", curve.get(0).step(), curve.get(curve.size() - 1).step(), 6);
    ChartAxis y = top.isPresent() ? ChartAxis.share(title) : ChartAxis.linear(title, 0, high, 5);
    return new SvgChart("Training: " + title + " by step", 460, 260, x, y)
        .line(style, title, curve.stream().mapToDouble(CurvePoint::step).toArray(), curve.stream().mapToDouble(value).toArray()).svg();
  }

  static String map(ReportMaterial material) {
    List<EmbeddingMap.Point> points = EmbeddingMap.of(material.embeddings(), material.seed());
    if (points.isEmpty()) {
      return none("There are too few embeddings for a map.");
    }
    SvgChart chart = new SvgChart("Map of embeddings; parts that look alike to the encoder lie together", 620, 560,
        ChartAxis.bare(-0.04, 1.04), ChartAxis.bare(-0.02, 1.02));
    List<Embeddings> groups = material.embeddings();
    Legend legend = new Legend();
    for (int g = 0; g < groups.size(); g++) {
      int group = g;
      List<EmbeddingMap.Point> own = points.stream().filter(point -> point.group() == group).toList();
      own.forEach(point -> chart.point("map " + style(group), marker(group), groups.get(group).group(), point.x(), point.y()));
      legend.marker("map " + style(g), marker(g), groups.get(g).group() + " (" + own.size() + ")");
    }
    return chart.svg() + legend.html();
  }

  static String style(int series) {
    return "s" + series % SERIES;
  }

  static Marker marker(int series) {
    return Marker.values()[series % Marker.values().length];
  }

  static String none(String sentence) {
    return "<p class=\"none\">" + Html.escape(sentence) + "</p>";
  }

  /** Bins of equal width, one of whose edges is the threshold, so that no bar stands on both sides of it. */
  private record Bins(double low, double width, int count) {
    static Bins withEdge(double threshold, double low, double high) {
      double width = high > low ? (high - low) / BINS : 1;
      int below = (int) Math.max(1, Math.ceil((threshold - low) / width - 1e-9));
      int above = (int) Math.max(1, Math.ceil((high - threshold) / width - 1e-9));
      return new Bins(threshold - below * width, width, below + above);
    }

    double edge(int bin) {
      return low + bin * width;
    }

    /** A score on an edge belongs to the bin below, as a score equal to the threshold is not rejected. */
    int[] counts(double[] scores) {
      int[] counts = new int[count];
      for (double score : scores) {
        counts[(int) Math.max(0, Math.min(count - 1, Math.ceil((score - low) / width - 1e-9) - 1))]++;
      }
      return counts;
    }
  }
}
