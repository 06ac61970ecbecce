package io.kerf.evaluation;

import java.util.List;
import java.util.stream.Collectors;

/** {@code summary.md}: a {@link Summary} as Markdown tables and their remarks, ready to be put into a document. */
public final class SummaryMarkdown {
  private SummaryMarkdown() {}

  public static String render(Summary summary) {
    StringBuilder text = new StringBuilder();
    SummaryTable table = new SummaryTable(summary);
    if (!summary.rows().isEmpty()) {
      table(text, table.head(), table.rows());
    }
    PromiseTable promises = new PromiseTable(summary);
    if (!promises.isEmpty()) {
      text.append("Good parts rejected by each score at usual budgets:\n\n");
      table(text, promises.head(), promises.rows());
    }
    summary.remarks().forEach(remark -> text.append("- ").append(oneLine(remark)).append('\n'));
    return text.toString();
  }

  private static void table(StringBuilder text, List<String> head, List<List<String>> rows) {
    line(text, head);
    text.append("|---".repeat(head.size())).append("|\n");
    rows.forEach(row -> line(text, row));
    text.append('\n');
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(cell -> " " + oneLine(cell).replace("|", "\\|") + " ").collect(Collectors.joining("|", "|", "|"))).append('\n');
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}
