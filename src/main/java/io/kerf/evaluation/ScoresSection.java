package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.Overall;

/** Every score on its own, why some of them were fused, and what another choice would have given. */
final class ScoresSection {
  private ScoresSection() {}

  static void append(StringBuilder page, EvaluationResult result) {
    if (result.scores().isEmpty()) {
      return;
    }
    StringBuilder table = Page.table("Score", "In the verdict", "Image AUROC", "Good parts rejected (band of the promise)", "Defective parts stopped");
    result.scores().forEach((kind, score) -> Page.row(table, score.promiseKept() ? "" : "wrong", kind.label(), score.fused() ? "yes" : "",
        Figures.share(score.imageAuroc()), Figures.falseRejects(score.falseRejects(), score.good(), score.falseRejectBand()),
        Figures.percent(score.detectionRate())));
    Overall overall = result.overall();
    Page.row(table, "total", "fused", "", Figures.share(overall.imageAuroc()),
        Figures.falseRejects(overall.falseRejects(), overall.good(), overall.falseRejectBand()), Figures.percent(overall.detectionRate()));
    Page.row(table, "muted", "floor: random encoder, pooled", "", Figures.share(result.floor().imageAuroc()), "", "");
    Page.row(table, "muted", "floor: thumbnail", "", Figures.share(result.floor().thumbnailAuroc()), "", "");
    StringBuilder words = new StringBuilder(Page.how("Each score is calibrated on its own; the verdict rests on the fused one. Counted here are parts that "
        + "were judged."));
    result.reasons().forEach(reason -> words.append(Page.how(reason)));
    result.hindsight().ifPresent(hindsight -> words.append(hindsight(hindsight)));
    Page.section(page, "Each score on its own", Page.endTable(table) + words);
  }

  private static String hindsight(Hindsight hindsight) {
    StringBuilder table = Page.table("Combination", "Image AUROC");
    hindsight.weighed().forEach(weighed -> Page.row(table, weighed.equals(hindsight.chosen()) ? "total" : "", weighed.scores(),
        Figures.format("%.4f", weighed.imageAuroc())));
    return Page.how(hindsight.sentence() + " It is known only from the defects of the test parts, so it is not a figure of the model.")
        + "<details><summary>All combinations weighed</summary>" + Page.endTable(table) + "</details>";
  }
}
