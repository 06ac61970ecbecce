package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.DefectClass;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * {@code report.html}: an {@link EvaluationResult} and its pictures as one page that loads nothing, runs no script, and reads on a
 * screen, light or dark, and on paper. Well-formed XML, so that it can be taken apart by tools.
 */
public final class HtmlReport {
  private static final int DIGEST_SHOWN = 16;

  public static final String FILE = "report.html";

  private HtmlReport() {}

  /** Replaces the file. */
  public static void write(EvaluationResult result, ReportMaterial material, Path file) throws IOException {
    Files.writeString(file, render(result, material));
  }

  /** The page. Takes some seconds where there are a thousand embeddings to map. */
  public static String render(EvaluationResult result, ReportMaterial material) {
    StringBuilder page = new StringBuilder(1 << 16);
    Page.begin(page, result.dataset() + " · Kerf evaluation");
    header(page, result);
    headline(page, result);
    classes(page, result);
    Page.section(page, "How well good and defective parts are told apart", "<div class=\"pair\">"
        + Page.figure("Detections against false rejects", ReportCharts.roc(result),
            "Each curve shows what every possible threshold would give: the nearer to the top left corner, the better. The ring marks the "
                + "threshold in use. A model that has learnt something lies above the floor, an encoder with random weights.")
        + Page.figure("Scores", ReportCharts.scores(result),
            "Each part has one score. Parts right of the threshold are rejected: good parts there (upwards) are false rejects, defective "
                + "parts left of it (downwards) are missed. The emptier the space around the threshold, the safer the verdicts.")
        + "</div>");
    ScoresSection.append(page, result);
    result.light().ifPresent(light -> LightSection.append(page, light, result.settings().alpha()));
    learning(page, result, material);
    ReportGallery.append(page, material);
    cost(page, result);
    provenance(page, result);
    cases(page, result);
    return Page.end(page);
  }

  private static void header(StringBuilder page, EvaluationResult result) {
    Page.heading(page, result.dataset());
    page.append("<p>").append(Page.date(result.createdAt())).append(" · ").append(Html.escape(result.settings().lesson())).append(" encoder at ")
        .append(result.settings().sizePx()).append(" px · bundle <code>").append(Html.escape(shortened(result.bundle())))
        .append("</code></p></header>");
  }

  private static void headline(StringBuilder page, EvaluationResult result) {
    Overall overall = result.overall();
    page.append("<section class=\"headline\"><p class=\"verdict\">").append(verdict(overall)).append("</p><div class=\"tiles\">");
    tile(page, "Detection rate", Figures.percent(overall.detectionRate()), overall.detectionInterval()
        .map(band -> overall.detected() + " of " + overall.defective() + "; 95 % confidence " + Figures.range(band))
        .orElse("no defective test parts"), "");
    tile(page, "False-reject rate", Figures.percent(overall.falseRejectRate()), overall.falseRejectBand()
        .map(band -> overall.falseRejects() + " of " + overall.good() + "; promised " + Figures.shortPercent(overall.promisedFalseRejectRate())
            + ", band " + Figures.range(band))
        .orElse("no good test parts"), overall.promiseKept() ? "kept" : "broken");
    tile(page, "Image AUROC", Figures.share(overall.imageAuroc()), "random encoder " + Figures.share(result.floor().imageAuroc()) + ", thumbnail "
        + Figures.share(result.floor().thumbnailAuroc()), Figures.belowFloorSentence(overall, result.floor()).isPresent() ? "broken" : "");
    tile(page, "Average precision", Figures.share(overall.averagePrecision()),
        "random encoder " + Figures.share(result.floor().averagePrecision()), "");
    boolean masks = overall.pixelAuroc().isPresent();
    tile(page, "Pixel AUROC", Figures.share(overall.pixelAuroc()), masks ? "where the defect is, by pixel" : "the set has no masks", "");
    tile(page, "AUPRO", Figures.share(overall.aupro()), masks ? "where the defect is, by region, to 30 %" : "the set has no masks", "");
    page.append("</div>");
    if (overall.unjudged() > 0) {
      page.append("<p class=\"warning\">").append(Html.escape(Figures.unjudgedSentence(overall))).append("</p>");
    }
    Figures.belowFloorSentence(overall, result.floor()).ifPresent(sentence -> page.append("<p class=\"warning\">").append(Html.escape(sentence)).append("</p>"));
    page.append("<p class=\"how\"><b>AUROC</b> is the chance that a defective part scores above a good one: 1 is perfect, 0.5 is guessing. ")
        .append("<b>The false-reject rate</b> is compared with the promise made at calibration; with this few parts chance alone moves it ")
        .append("within the band. <b>AUPRO</b> averages, over the separate defects, how much of each the heat map covers.</p>");
    result.groups().ifPresent(groups -> page.append("<p class=\"how\">").append(Html.escape(groups.sentence())).append("</p>"));
    Exchangeability.of(result.cases(), overall.heldOut()).filter(Exchangeability::shifted)
        .ifPresent(e -> page.append("<p class=\"warning\">").append(Html.escape(e.sentence())).append("</p>"));
    page.append("</section>");
  }

  /** Keeps a number and its percent sign on one line. */
  private static String unbroken(String text) {
    return text.replace(" %", "\u00a0%");
  }

  private static String verdict(Overall overall) {
    String stopped = overall.defective() == 0 ? "There were no defective parts to stop"
        : "<b>" + overall.detected() + " of " + overall.defective() + "</b> defective parts stopped";
    String rejected = overall.good() == 0 ? "there were no good parts to reject"
        : "<b>" + overall.falseRejects() + " of " + overall.good() + "</b> good parts rejected";
    String promise = overall.good() == 0 ? "."
        : overall.promiseKept() ? ", consistent with the promised " + unbroken(Figures.shortPercent(overall.promisedFalseRejectRate())) + "."
            : ", <em>more than the promised " + unbroken(Figures.shortPercent(overall.promisedFalseRejectRate())) + " allows</em>.";
    return stopped + ", " + rejected + promise;
  }

  private static void tile(StringBuilder page, String name, String figure, String detail, String style) {
    page.append("<div class=\"tile ").append(style).append("\"><h3>").append(name).append("</h3><p class=\"figure\">").append(figure)
        .append("</p><p>").append(unbroken(Html.escape(detail))).append("</p></div>");
  }

  private static void classes(StringBuilder page, EvaluationResult result) {
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>Defect</th><th>Parts</th><th>Stopped</th>")
        .append("<th>Image AUROC</th><th>Average precision</th><th>Pixel AUROC</th><th>AUPRO</th></tr></thead><tbody>");
    result.classes().forEach((name, figures) -> classRow(table, name, figures));
    Overall all = result.overall();
    row(table.append("<tr class=\"total\">"), "overall", String.valueOf(all.defective()), stopped(all.detected(), all.defective()),
        all.imageAuroc(), all.averagePrecision(), all.pixelAuroc(), all.aupro());
    row(table.append("<tr class=\"muted\">"), "floor: random encoder", "", "", result.floor().imageAuroc(),
        result.floor().averagePrecision(), null, null);
    row(table.append("<tr class=\"muted\">"), "floor: thumbnail", "", "", result.floor().thumbnailAuroc(), null, null, null);
    Page.section(page, "Each kind of defect", table + "</tbody></table></div><p class=\"how\">Each kind is ranked against all good parts. "
        + "The floors are the same data judged by what has learnt nothing, an encoder with random weights and a small picture: what is above both "
        + "was learnt.</p>");
  }

  private static void classRow(StringBuilder table, String name, DefectClass figures) {
    row(table.append("<tr>"), name, String.valueOf(figures.defective()), stopped(figures.detected(), figures.defective()),
        figures.imageAuroc(), figures.averagePrecision(), figures.pixelAuroc(), figures.aupro());
  }

  private static void row(StringBuilder table, String name, String parts, String stopped, OptionalDouble... figures) {
    table.append("<th scope=\"row\">").append(Html.escape(name)).append("</th><td>").append(parts).append("</td><td>").append(stopped)
        .append("</td>");
    for (OptionalDouble figure : figures) {
      table.append("<td>").append(figure == null ? "" : Figures.share(figure)).append("</td>");
    }
    table.append("</tr>");
  }

  private static String stopped(int detected, int of) {
    if (of == 0) {
      return Figures.NONE;
    }
    double rate = detected / (double) of;
    return "<span class=\"meter\"><i style=\"width:" + Figures.format("%.1f", 100 * rate) + "%\"></i></span><span class=\"of\">" + detected + " · "
        + Figures.percent(OptionalDouble.of(rate)) + "</span>";
  }

  private static void learning(StringBuilder page, EvaluationResult result, ReportMaterial material) {
    EvaluationResult.Training training = result.training();
    String map = Page.figure("Map of embeddings", ReportCharts.map(material),
        "Every mark is one image as the encoder sees it; neighbours look alike to it (t-SNE; distances between far groups mean nothing). "
            + "Good test parts should lie among the normal ones, defective ones apart from them, altered images (CutPaste, Scar) farthest.");
    String note = training.steps() == 0 ? "" : Figures.format("%,d steps in %s.", training.steps(), duration(training.seconds()));
    String curves = training.curve().isEmpty() ? Page.figure("Training", ReportCharts.loss(result), "")
        : Page.figure("Training loss", ReportCharts.loss(result), note + " Should fall and level off.")
            + Page.figure("Pretext accuracy", ReportCharts.accuracy(result),
                "Share of altered and untouched images the encoder tells apart while training. It says that training works, not how good "
                    + "the inspection is.");
    Page.section(page, "What the encoder learnt", "<div class=\"pair wide\">" + map + "<div>" + curves + "</div></div>");
  }

  private static void cost(StringBuilder page, EvaluationResult result) {
    EvaluationResult.Timings t = result.timingsMillis();
    Page.section(page, "Time", "<div class=\"pair\">"
        + Page.figure(Figures.format("One inspection: %.1f ms", t.total()), bars(t.byStage()),
            "Median milliseconds of each stage, on the machine below.")
        + Page.figure("This evaluation: " + duration(result.stagesSeconds().values().stream().mapToDouble(Double::doubleValue).sum()),
            bars(result.stagesSeconds()), "Seconds of each stage.")
        + "</div>");
  }

  private static String bars(Map<String, Double> values) {
    double longest = Math.max(1e-9, values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0));
    StringBuilder table = new StringBuilder("<table class=\"bars\"><tbody>");
    for (Map.Entry<String, Double> value : values.entrySet()) {
      table.append("<tr><th scope=\"row\">").append(Html.escape(value.getKey())).append("</th><td>")
          .append(Figures.format(value.getValue() < 10 ? "%.2f" : "%,.1f", value.getValue())).append("</td><td class=\"track\"><i style=\"width:")
          .append(Figures.format("%.1f", 100 * value.getValue() / longest)).append("%\"></i></td></tr>");
    }
    return table.append("</tbody></table>").toString();
  }

  private static void provenance(StringBuilder page, EvaluationResult result) {
    EvaluationResult.Settings s = result.settings();
    EvaluationResult.Host h = result.host();
    StringBuilder list = new StringBuilder("<dl>");
    term(list, "Lesson", s.lesson());
    term(list, "Input size", s.sizePx() + " px");
    term(list, "Training budget", s.budget());
    term(list, "Seed", String.valueOf(s.seed()));
    term(list, "Scores by", s.density());
    s.normals().ifPresent(normals -> term(list, "Good parts drawn", normals + " of the set's"));
    term(list, "False-reject budget", Figures.alpha(s.alpha(), s.askedAlpha()) + ", tail " + s.tail());
    term(list, "Calibrated on", result.overall().heldOut() + " held-out good parts");
    term(list, "Threshold", Figures.format("%.4f", result.overall().threshold()));
    term(list, "Machine", h.processor() + ", " + h.cores() + (h.cores() == 1 ? " core" : " cores"));
    term(list, "System", h.os());
    term(list, "Java", h.jvm());
    h.software().forEach((name, version) -> term(list, name, version));
    term(list, "Bundle", result.bundle());
    Page.section(page, "How this was made", list + "</dl>");
  }

  private static void term(StringBuilder list, String name, String value) {
    list.append("<div><dt>").append(Html.escape(name)).append("</dt><dd>").append(Html.escape(value)).append("</dd></div>");
  }

  private static void cases(StringBuilder page, EvaluationResult result) {
    StringBuilder table = new StringBuilder("<details><summary>").append(result.cases().size())
        .append(" test parts, one by one</summary><div class=\"scroll\"><table><thead><tr><th>Part</th><th>Verdict</th><th>Score</th>")
        .append("<th>p-value</th><th>ms</th></tr></thead><tbody>");
    for (EvaluationResult.Case part : result.cases()) {
      boolean wrong = part.defective() == part.verdict().equals("OK");
      table.append(wrong ? "<tr class=\"wrong\">" : "<tr>").append("<th scope=\"row\">").append(Html.escape(part.image())).append("</th><td>")
          .append(part.verdict()).append(part.reason().map(reason -> " · " + Html.escape(reason)).orElse("")).append("</td><td>")
          .append(part.score().isPresent() ? Figures.format("%.3f", part.score().getAsDouble()) : Figures.NONE).append("</td><td>")
          .append(part.pValue().isPresent() ? Figures.format("%.4f", part.pValue().getAsDouble()) : Figures.NONE).append("</td><td>")
          .append(Figures.format("%.1f", part.millis())).append("</td></tr>");
    }
    Page.section(page, "All verdicts", table + "</tbody></table></div></details>");
  }

  private static String duration(double seconds) {
    return seconds < 120 ? Figures.format("%.1f s", seconds) : Figures.format("%d min %02d s", (long) seconds / 60, (long) seconds % 60);
  }

  private static String shortened(String digest) {
    return digest.length() <= DIGEST_SHOWN ? digest : digest.substring(0, DIGEST_SHOWN) + "…";
  }
}
