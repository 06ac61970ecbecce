package io.kerf.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What the pages of an evaluation have in common: one file each, well-formed, with its style sheet in it. */
final class Page {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.UK).withZone(ZoneOffset.UTC);

  private Page() {}

  static void begin(StringBuilder page, String title) {
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><meta name=\"color-scheme\" content=\"light dark\"/>")
        .append("<title>").append(Html.escape(title)).append("</title><style>").append(styleSheet()).append("</style></head><body><main>");
  }

  static String end(StringBuilder page) {
    return page.append("</main></body></html>\n").toString();
  }

  /** Opens the header, which the caller closes. */
  static void heading(StringBuilder page, String title) {
    page.append("<header><p class=\"brand\"><svg viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path d=\"M2 2H18V8.6L2 12Z\"/>")
        .append("<path d=\"M2 14.4L18 11V18H2Z\"/></svg>Kerf evaluation</p><h1>").append(Html.escape(title)).append("</h1>");
  }

  static String date(Instant at) {
    return DATE.format(at);
  }

  static void section(StringBuilder page, String title, String content) {
    page.append("<section><h2>").append(title).append("</h2>").append(content).append("</section>");
  }

  static String figure(String title, String content, String caption) {
    return "<figure><h3>" + Html.escape(title) + "</h3>" + content
        + (caption.isEmpty() ? "" : "<figcaption>" + Html.escape(caption.strip()) + "</figcaption>") + "</figure>";
  }

  /** Head of a table that may be wider than the page. */
  static StringBuilder table(String... columns) {
    StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    for (String column : columns) {
      table.append("<th>").append(Html.escape(column)).append("</th>");
    }
    return table.append("</tr></thead><tbody>");
  }

  /** A row of text. @param style of the row, or empty */
  static void row(StringBuilder table, String style, String name, String... cells) {
    table.append(style.isEmpty() ? "<tr>" : "<tr class=\"" + style + "\">").append("<th scope=\"row\">").append(Html.escape(name)).append("</th>");
    for (String cell : cells) {
      table.append("<td>").append(Html.escape(cell)).append("</td>");
    }
    table.append("</tr>");
  }

  static String endTable(StringBuilder table) {
    return table.append("</tbody></table></div>").toString();
  }

  /** A remark below a table or a chart. */
  static String how(String text) {
    return "<p class=\"how\">" + Html.escape(text) + "</p>";
  }

  private static String styleSheet() {
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      return new String(css.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
