package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.Floor;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.util.Locale;
import java.util.OptionalDouble;

/** An {@link EvaluationResult} as plain aligned text, for a terminal or a log. */
public final class ConsoleTable {
  private ConsoleTable() {}

  /** Ends with a line break; lines are as wide as the longest class name asks, 80 columns for short ones. */
  public static String render(EvaluationResult result) {
    Overall overall = result.overall();
    StringBuilder text = new StringBuilder();
    text.append(result.dataset()).append("  ").append(settings(result)).append("\n\n");
    classes(result).appendTo(text);
    text.append('\n').append(Figures.falseRejectSentence(overall)).append('\n');
    result.groups().ifPresent(groups -> text.append(groups.sentence()).append('\n'));
    Exchangeability.of(result.cases(), overall.heldOut()).filter(Exchangeability::shifted).ifPresent(e -> text.append(e.sentence()).append('\n'));
    text.append(Figures.detectionSentence(overall)).append('\n');
    Figures.belowFloorSentence(overall, result.floor()).ifPresent(sentence -> text.append(sentence).append('\n'));
    if (overall.unjudged() > 0) {
      text.append(Figures.unjudgedSentence(overall)).append('\n');
    }
    appendScores(text, result);
    result.light().ifPresent(light -> appendLight(text, light, result.settings().alpha()));
    return text.toString();
  }

  private static String settings(EvaluationResult result) {
    EvaluationResult.Settings s = result.settings();
    return String.format(Locale.ROOT, "%s, %d px, budget %s (%d steps in %.0f s), seed %d, density %s", s.lesson(), s.sizePx(), s.budget(),
        result.training().steps(), result.training().seconds(), s.seed(), s.density());
  }

  private static AlignedTable classes(EvaluationResult result) {
    AlignedTable table = new AlignedTable("class", "parts", "image AUROC", "avg. precision", "detected", "pixel AUROC", "AUPRO");
    result.classes().forEach((name, figures) -> table.row(name, String.valueOf(figures.defective()), Figures.share(figures.imageAuroc()),
        Figures.share(figures.averagePrecision()), detected(figures.detected(), figures.defective()), Figures.share(figures.pixelAuroc()),
        Figures.share(figures.aupro())));
    table.rule();
    Overall overall = result.overall();
    Floor floor = result.floor();
    table.row("overall", String.valueOf(overall.defective()), Figures.share(overall.imageAuroc()), Figures.share(overall.averagePrecision()),
        detected(overall.detected(), overall.defective()), Figures.share(overall.pixelAuroc()), Figures.share(overall.aupro()));
    table.row("floor (random encoder)", "", Figures.share(floor.imageAuroc()), Figures.share(floor.averagePrecision()), "", "", "");
    return table.row("floor (thumbnail)", "", Figures.share(floor.thumbnailAuroc()), "", "", "", "");
  }

  private static String detected(int count, int of) {
    return of == 0 ? Figures.NONE : count + "/" + of + " " + Figures.percent(OptionalDouble.of(count / (double) of));
  }

  private static void appendScores(StringBuilder text, EvaluationResult result) {
    if (result.scores().isEmpty()) {
      return;
    }
    AlignedTable table = new AlignedTable("score", "fused", "image AUROC", "good parts rejected (band)", "detected");
    result.scores().forEach((kind, score) -> table.row(kind.label(), score.fused() ? "yes" : "", Figures.share(score.imageAuroc()),
        Figures.falseRejects(score.falseRejects(), score.good(), score.falseRejectBand()), Figures.percent(score.detectionRate())));
    table.appendTo(text.append("\nScores\n"));
    text.append('\n');
    result.reasons().forEach(reason -> text.append(reason).append('\n'));
    result.hindsight().ifPresent(hindsight -> text.append(hindsight.sentence()).append('\n'));
  }

  private static void appendLight(StringBuilder text, Light light, double alpha) {
    boolean heldOut = light.undisturbed().heldOut() > 0;
    AlignedTable table = new AlignedTable("disturbance", "good parts rejected", heldOut ? "held-out rejected" : "", "image AUROC", "loss", "");
    lightRow(table, light.undisturbed(), heldOut, "");
    light.disturbed().forEach(row -> lightRow(table, row, heldOut, Figures.signed(row.aurocLoss())));
    table.appendTo(text.append("\nLight and place\n"));
    text.append('\n').append(light.sentence(alpha)).append('\n');
    if (heldOut) {
      text.append(Light.HELD_OUT_NOTE).append('\n');
    }
  }

  private static void lightRow(AlignedTable table, LightRow row, boolean heldOut, String loss) {
    table.row(row.disturbance(), Figures.countOf(row.falseRejects(), row.good()), heldOut ? Figures.countOf(row.heldOutRejects(), row.heldOut()) : "",
        Figures.share(row.imageAuroc()), loss, row.weak() ? "!" : "");
  }
}
