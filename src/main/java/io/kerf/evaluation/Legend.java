package io.kerf.evaluation;

import io.kerf.evaluation.SvgChart.Marker;

/** Names of lines and markers below a chart. */
final class Legend {
  private final StringBuilder items = new StringBuilder();

  void line(String style, String name, String figure) {
    item("<line class=\"line " + style + "\" x1=\"1\" x2=\"21\" y1=\"6\" y2=\"6\"/>", name, figure);
  }

  void marker(String style, Marker marker, String name) {
    marker(style, marker, name, "");
  }

  void marker(String style, Marker marker, String name, String figure) {
    item("<path class=\"point " + style + "\" transform=\"translate(11 6)\" d=\"" + SvgChart.markerPath(marker, 4) + "\"/>", name, figure);
  }

  private void item(String drawing, String name, String figure) {
    items.append("<li><svg class=\"key\" viewBox=\"0 0 22 12\" aria-hidden=\"true\">").append(drawing).append("</svg>")
        .append(Html.escape(name)).append(figure.isEmpty() ? "" : " <b>" + Html.escape(figure) + "</b>").append("</li>");
  }

  String html() {
    return "<ul class=\"legend\">" + items + "</ul>";
  }
}
