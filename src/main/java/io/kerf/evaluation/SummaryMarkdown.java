package io.kerf.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/** {@code summary.md}: a {@link Summary} as a Markdown table and its remarks, ready to be put into a document. */
public final class SummaryMarkdown {
  private SummaryMarkdown() {}

  public static String render(Summary summary) {
    StringBuilder text = new StringBuilder();
    SummaryTable table = new SummaryTable(summary);
    if (!summary.rows().isEmpty()) {
      line(text, table.head());
      text.append("|---".repeat(table.head().size())).append("|\n");
      table.rows().forEach(row -> line(text, row));
      text.append('\n');
    }
    summary.remarks().forEach(remark -> text.append("- ").append(oneLine(remark)).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(cell -> " " + oneLine(cell).replace("|", "\\|") + " ").collect(Collectors.joining("|", "|", "|"))).append('\n');
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
