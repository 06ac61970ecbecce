package io.kerf.evaluation;

import io.kerf.evaluation.SvgChart.Marker;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** One page about a line over time, with and without adaptation: false rejects and area under the ROC curve, stretch by stretch. */
public final class StoryPage {
  private StoryPage() {}

  /**
   * A stretch of the line, good parts in the order they were taken.
   *
   * @param last name of the last part
   * @param parts good parts in it
   * @param rejectedFirst of them by the first model
   * @param rejectedAdapted of them by the model that was in use when each came
   * @param aurocFirst of the first model on all parts of the end of the story
   * @param aurocAdapted of the model in use at the end of the stretch, on the same parts
   */
  public record Stretch(String last, int parts, int rejectedFirst, int rejectedAdapted, double aurocFirst, double aurocAdapted) {}

  /** @param events what became of the models, in order */
  public static String render(String title, Instant createdAt, List<Stretch> stretches, double falseRejectBudget, List<String> events) {
    StringBuilder page = new StringBuilder(1 << 14);
    Page.begin(page, title + " · Kerf");
    Page.heading(page, title);
    page.append("<p>").append(Page.date(createdAt)).append("</p></header>");
    Page.section(page, "Good parts rejected", Page.figure("Share of good parts rejected over time", rejects(stretches, falseRejectBudget),
        "Each stretch judged by the first model throughout and by the model in use at the time. The level is the budget."));
    Page.section(page, "Telling good from bad", Page.figure("Image AUROC over time", auroc(stretches),
        "Of the model in use at the end of each stretch, on the same parts of the end of the story."));
    StringBuilder words = new StringBuilder();
    events.forEach(event -> words.append(Page.how(event)));
    Page.section(page, "What became of the models", words.toString());
    return Page.end(page);
  }

  private static String rejects(List<Stretch> stretches, double budget) {
    double highest = stretches.stream().mapToDouble(one -> (double) Math.max(one.rejectedFirst, one.rejectedAdapted) / one.parts).max().orElse(1);
    SvgChart chart = new SvgChart("Share of good parts rejected, first model against adapted", 760, 320, parts(stretches),
        ChartAxis.linear("share rejected", 0, Math.max(2 * budget, highest) * 1.05, 5));
    chart.level("floor", budget);
    return drawn(chart, stretches, stretches.stream().mapToDouble(one -> (double) one.rejectedFirst / one.parts).toArray(),
        stretches.stream().mapToDouble(one -> (double) one.rejectedAdapted / one.parts).toArray());
  }

  private static String auroc(List<Stretch> stretches) {
    double lowest = stretches.stream().mapToDouble(one -> Math.min(one.aurocFirst, one.aurocAdapted)).min().orElse(0);
    SvgChart chart = new SvgChart("Image AUROC, first model against adapted", 760, 320, parts(stretches),
        ChartAxis.linear("image AUROC", Math.max(0, Math.floor(20 * lowest - 1e-9) / 20), 1, 5));
    return drawn(chart, stretches, stretches.stream().mapToDouble(one -> one.aurocFirst).toArray(), stretches.stream().mapToDouble(one -> one.aurocAdapted).toArray());
  }

  private static ChartAxis parts(List<Stretch> stretches) {
    return ChartAxis.linear("good parts so far", 0, stretches.stream().mapToInt(Stretch::parts).sum(), 6);
  }

  private static String drawn(SvgChart chart, List<Stretch> stretches, double[] first, double[] adapted) {
    double[] at = IntStream.range(0, stretches.size()).mapToDouble(i -> stretches.subList(0, i + 1).stream().mapToInt(Stretch::parts).sum()).toArray();
    Legend legend = new Legend();
    List<double[]> series = List.of(first, adapted);
    List<String> names = List.of("first model", "adapted");
    for (int s = 0; s < series.size(); s++) {
      String style = ReportCharts.style(s);
      Marker marker = ReportCharts.marker(s);
      chart.line("thin " + style, names.get(s), at, series.get(s));
      for (int i = 0; i < at.length; i++) {
        chart.point("map " + style, marker, names.get(s) + ", up to " + stretches.get(i).last + ": " + Figures.format("%.3f", series.get(s)[i]), at[i], series.get(s)[i]);
      }
      legend.marker("map " + style, marker, names.get(s), Figures.format("%.3f", series.get(s)[at.length - 1]));
    }
    return chart.svg() + legend.html();
  }
}
