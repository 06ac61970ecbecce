package io.kerf.evaluation;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as plain text: the first column to the left, numbers to the right, a line below the head. */
final class AlignedTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();
  private int ruleBefore = 1;

  AlignedTable(String... head) {
    rows.add(List.of(head));
  }

  /** @param cells as many as the head has */
  AlignedTable row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /** Draws another line before the next row. */
  void rule() {
    ruleBefore = rows.size();
  }

  void appendTo(StringBuilder text) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], length(row.get(c)));
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
    String space = " ".repeat(width - length(cell));
    return right ? space + cell : cell + space;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
