package io.kerf.evaluation;

import io.kerf.evaluation.EvaluationResult.DefectClass;
import io.kerf.evaluation.EvaluationResult.Overall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An {@link EvaluationResult} as plain aligned text, for a terminal or a log. */
public final class ConsoleTable {
  private static final List<String> HEADER =
      List.of("class", "parts", "image AUROC", "avg. precision", "detected", "pixel AUROC", "AUPRO");
  private static final String GAP = "  ";

  private ConsoleTable() {}

  /** Ends with a line break; lines are as wide as the longest class name asks, 80 columns for short ones. */
  public static String render(EvaluationResult result) {
    Overall overall = result.overall();
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    result.classes().forEach((name, figures) -> rows.add(row(name, figures)));
    int rule = rows.size();
    rows.add(List.of("overall", String.valueOf(overall.defective()), Figures.share(overall.imageAuroc()),
        Figures.share(overall.averagePrecision()), detected(overall.detected(), overall.defective()), Figures.share(overall.pixelAuroc()),
        Figures.share(overall.aupro())));
    rows.add(List.of("floor (random encoder)", "", Figures.share(result.floor().imageAuroc()),
        Figures.share(result.floor().averagePrecision()), "", "", ""));

    StringBuilder text = new StringBuilder();
    text.append(result.dataset()).append(GAP).append(settings(result)).append("\n\n");
    appendAligned(text, rows, rule);
    text.append('\n').append(Figures.falseRejectSentence(overall)).append('\n');
    Exchangeability.of(result.cases(), overall.heldOut()).filter(Exchangeability::shifted).ifPresent(e -> text.append(e.sentence()).append('\n'));
    text.append(Figures.detectionSentence(overall)).append('\n');
    if (overall.unjudged() > 0) {
      text.append(Figures.unjudgedSentence(overall)).append('\n');
    }
    return text.toString();
  }

  private static String settings(EvaluationResult result) {
    EvaluationResult.Settings s = result.settings();
    return String.format(Locale.ROOT, "%s, %d px, budget %s (%d steps in %.0f s), seed %d, density %s", s.lesson(), s.sizePx(), s.budget(),
        result.training().steps(), result.training().seconds(), s.seed(), s.density());
  }

  private static List<String> row(String name, DefectClass figures) {
    return List.of(name, String.valueOf(figures.defective()), Figures.share(figures.imageAuroc()),
        Figures.share(figures.averagePrecision()), detected(figures.detected(), figures.defective()),
        Figures.share(figures.pixelAuroc()), Figures.share(figures.aupro()));
  }

  private static String detected(int count, int of) {
    return of == 0 ? Figures.NONE : count + "/" + of + " " + Figures.percent(OptionalDouble.of(count / (double) of));
  }

  private static void appendAligned(StringBuilder text, List<List<String>> rows, int ruleBefore) {
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).codePointCount(0, row.get(c).length()));
      }
    }
    for (int r = 0; r < rows.size(); r++) {
      if (r == 1 || r == ruleBefore && r > 1) {
        appendRule(text, widths);
      }
      StringBuilder line = new StringBuilder(padded(rows.get(r).get(0), widths[0], false));
      for (int c = 1; c < widths.length; c++) {
        line.append(GAP).append(padded(rows.get(r).get(c), widths[c], true));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
  }

  private static void appendRule(StringBuilder text, int[] widths) {
    for (int c = 0; c < widths.length; c++) {
      text.append(c == 0 ? "" : GAP).append("-".repeat(widths[c]));
    }
    text.append('\n');
  }

  private static String padded(String cell, int width, boolean right) {
    String space = " ".repeat(width - cell.codePointCount(0, cell.length()));
    return right ? space + cell : cell + space;
  }
}
