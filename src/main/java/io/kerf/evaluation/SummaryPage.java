package io.kerf.evaluation;

import io.kerf.evaluation.SvgChart.Marker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code summary.html}: a {@link Summary} as one page that loads nothing and runs no script, as {@link HtmlReport} is. */
public final class SummaryPage {
  private static final double SECONDS_PER_MINUTE = 60;

  private SummaryPage() {}

  public static String render(Summary summary) {
    StringBuilder page = new StringBuilder(1 << 14);
    String title = summary.rows().stream().map(SummaryRow::set).distinct().count() == 1 ? summary.rows().get(0).set() : "Several sets";
    Page.begin(page, title + " · Kerf evaluation");
    Page.heading(page, title);
    page.append("<p>").append(Page.date(summary.createdAt())).append("</p></header>");
    Page.section(page, "What training time gives", Page.figure("Image AUROC by minutes of training", pareto(summary.rows()),
        "Means over seeds, one line for each set: the nearer to the top left corner, the more for less. Dashed: the higher of a set's floors at each budget, "
            + "which a model must be above to have learnt something."));
    Page.section(page, "All sets and budgets", table(summary));
    PromiseTable promises = new PromiseTable(summary);
    if (!promises.isEmpty()) {
      Page.section(page, "Good parts rejected by each score at usual budgets", promises(promises));
    }
    return Page.end(page);
  }

  private static String table(Summary summary) {
    SummaryTable content = new SummaryTable(summary);
    StringBuilder table = Page.table(content.head().toArray(String[]::new));
    for (int r = 0; r < summary.rows().size(); r++) {
      List<String> cells = content.rows().get(r);
      SummaryRow row = summary.rows().get(r);
      Page.row(table, row.belowFloor() || !row.falseRejects().kept() ? "wrong" : "", cells.get(0), cells.subList(1, cells.size()).toArray(String[]::new));
    }
    StringBuilder words = new StringBuilder(Page.how("Marked are sets below a floor and broken promises."));
    summary.remarks().forEach(remark -> words.append(Page.how(remark)));
    return Page.endTable(table) + words;
  }

  private static String promises(PromiseTable content) {
    StringBuilder table = Page.table(content.head().toArray(String[]::new));
    content.rows().forEach(cells -> Page.row(table, cells.stream().anyMatch(cell -> cell.endsWith("exceeded")) ? "wrong" : "", cells.get(0),
        cells.subList(1, cells.size()).toArray(String[]::new)));
    return Page.endTable(table) + Page.how("Each score calibrated on its own at each budget that the held-out parts can show; the band is that of one run with "
        + "independent parts.");
  }

  private static String pareto(List<SummaryRow> rows) {
    Map<String, List<SummaryRow>> sets = new LinkedHashMap<>();
    rows.stream().filter(row -> row.imageAuroc().isPresent()).forEach(row -> sets.computeIfAbsent(row.set(), name -> new ArrayList<>()).add(row));
    sets.values().forEach(of -> of.sort(Comparator.comparingDouble(SummaryPage::minutes)));
    if (sets.isEmpty()) {
      return ReportCharts.none("No run has parts of both kinds, so there is nothing to draw.");
    }
    double longest = rows.stream().mapToDouble(SummaryPage::minutes).max().orElse(0);
    SvgChart chart = new SvgChart("Mean image AUROC against minutes of training, one line for each set", 760, 430,
        ChartAxis.linear("minutes of training", 0, longest * 1.05, 6), ChartAxis.linear("image AUROC", lowest(rows), 1, 6));
    Legend legend = new Legend();
    int series = 0;
    for (Map.Entry<String, List<SummaryRow>> set : sets.entrySet()) {
      String style = ReportCharts.style(series);
      Marker marker = ReportCharts.marker(series++);
      draw(chart, style, marker, set.getKey(), set.getValue());
      legend.marker("map " + style, marker, set.getKey(), best(set.getValue()));
    }
    return chart.svg() + legend.html();
  }

  private static void draw(SvgChart chart, String style, Marker marker, String set, List<SummaryRow> rows) {
    double[] minutes = rows.stream().mapToDouble(SummaryPage::minutes).toArray();
    List<SummaryRow> floors = rows.stream().filter(row -> row.highestFloor().isPresent()).toList();
    chart.line("thin floor " + style, set + ", floor", floors.stream().mapToDouble(SummaryPage::minutes).toArray(),
        floors.stream().mapToDouble(row -> row.highestFloor().getAsDouble()).toArray());
    chart.line("thin " + style, set, minutes, rows.stream().mapToDouble(SummaryPage::auroc).toArray());
    rows.forEach(row -> chart.point("map " + style, marker, set + ", " + row.budget() + ": " + row.imageAuroc().orElseThrow().words(4), minutes(row), auroc(row)));
  }

  private static String best(List<SummaryRow> rows) {
    return Figures.format("%.4f", rows.stream().mapToDouble(SummaryPage::auroc).max().orElseThrow());
  }

  /** Just below the lowest figure drawn, at a twentieth. */
  private static double lowest(List<SummaryRow> rows) {
    double least = rows.stream().filter(row -> row.imageAuroc().isPresent()).mapToDouble(row -> Math.min(auroc(row), row.highestFloor().orElse(1))).min().orElse(0);
    return Math.max(0, Math.min(0.95, Math.floor(20 * least - 1e-9) / 20));
  }

  private static double minutes(SummaryRow row) {
    return row.trainingSeconds().map(Spread::mean).orElse(0.0) / SECONDS_PER_MINUTE;
  }

  private static double auroc(SummaryRow row) {
    return row.imageAuroc().orElseThrow().mean();
  }
}
