package io.kerf.evaluation;

import java.util.Locale;

/**
 * A chart as inline SVG: two axes and what is drawn between them. Colours and fonts come from the style sheet of the page, so that one
 * chart serves light, dark and paper; text stays text; there are no ids, so that any number of charts fit on a page.
 *
 * <p>Drawn by hand because the chart libraries tried need fonts on the machine, turn text into outlines and fix the colours.
 */
final class SvgChart {
  /** Shapes that can be told apart without colour. */
  enum Marker {
    CIRCLE,
    SQUARE,
    DIAMOND,
    TRIANGLE,
    CROSS
  }

  private static final int LEFT = 60;
  private static final int RIGHT = 22;
  private static final int TOP = 22;
  private static final int BOTTOM = 44;
  private static final double MARKER_RADIUS = 3.2;

  private final StringBuilder body = new StringBuilder();
  private final String description;
  private final int width;
  private final int height;
  private final ChartAxis x;
  private final ChartAxis y;

  /** @param description what the chart shows, for those who cannot see it */
  SvgChart(String description, int width, int height, ChartAxis x, ChartAxis y) {
    this.description = description;
    this.width = width;
    this.height = height;
    this.x = x;
    this.y = y;
    drawAxes();
  }

  /** A line through points, in order. */
  SvgChart line(String style, String title, double[] xs, double[] ys) {
    body.append("<polyline class=\"line ").append(style).append("\" points=\"");
    for (int i = 0; i < xs.length; i++) {
      body.append(i == 0 ? "" : " ").append(number(px(xs[i]))).append(',').append(number(py(ys[i])));
    }
    body.append("\">").append(title(title)).append("</polyline>");
    return this;
  }

  /** A filled rectangle between two corners. */
  SvgChart bar(String style, String title, double x0, double x1, double y0, double y1) {
    double gap = Math.min(0.75, (px(x1) - px(x0)) / 8);
    body.append("<rect class=\"bar ").append(style).append("\" x=\"").append(number(px(x0) + gap)).append("\" y=\"")
        .append(number(Math.min(py(y0), py(y1)))).append("\" width=\"").append(number(px(x1) - px(x0) - 2 * gap)).append("\" height=\"")
        .append(number(Math.abs(py(y1) - py(y0)))).append("\">").append(title(title)).append("</rect>");
    return this;
  }

  SvgChart point(String style, Marker marker, String title, double atX, double atY) {
    body.append("<path class=\"point ").append(style).append("\" transform=\"translate(").append(number(px(atX))).append(' ')
        .append(number(py(atY))).append(")\" d=\"").append(markerPath(marker, MARKER_RADIUS)).append("\">").append(title(title))
        .append("</path>");
    return this;
  }

  /** A vertical line over the whole height with a label at its top. */
  SvgChart rule(String style, String label, double atX) {
    boolean labelLeft = px(atX) > LEFT + (width - LEFT - RIGHT) * 0.6;
    body.append("<line class=\"rule ").append(style).append("\" x1=\"").append(number(px(atX))).append("\" x2=\"").append(number(px(atX)))
        .append("\" y1=\"").append(TOP - 8).append("\" y2=\"").append(height - BOTTOM).append("\"/>");
    text("rule-label " + style, px(atX) + (labelLeft ? -5 : 5), TOP - 2, labelLeft ? "end" : "start", label);
    return this;
  }

  /** A horizontal line over the whole width. */
  SvgChart level(String style, double atY) {
    body.append("<line class=\"").append(style).append("\" x1=\"").append(LEFT).append("\" x2=\"").append(width - RIGHT).append("\" y1=\"")
        .append(number(py(atY))).append("\" y2=\"").append(number(py(atY))).append("\"/>");
    return this;
  }

  /** Text inside the plot, {@code shareX} and {@code shareY} from its left and top. */
  SvgChart note(String style, double shareX, double shareY, String anchor, String text) {
    text("note " + style, LEFT + shareX * (width - LEFT - RIGHT), TOP + shareY * (height - TOP - BOTTOM), anchor, text);
    return this;
  }

  String svg() {
    return "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 " + width + " " + height + "\" aria-label=\"" + Html.escape(description) + "\">"
        + body + "</svg>";
  }

  /** Path data of a marker centred on 0, 0. */
  static String markerPath(Marker marker, double radius) {
    String r = number(radius);
    String wide = number(radius * 1.25);
    return switch (marker) {
      case CIRCLE -> "M-" + r + " 0A" + r + " " + r + " 0 1 1 " + r + " 0A" + r + " " + r + " 0 1 1 -" + r + " 0Z";
      case SQUARE -> "M-" + r + " -" + r + "H" + r + "V" + r + "H-" + r + "Z";
      case DIAMOND -> "M0 -" + wide + "L" + wide + " 0L0 " + wide + "L-" + wide + " 0Z";
      case TRIANGLE -> "M0 -" + wide + "L" + wide + " " + r + "H-" + wide + "Z";
      case CROSS -> "M-" + r + " -" + r + "L" + r + " " + r + "M-" + r + " " + r + "L" + r + " -" + r;
    };
  }

  private void drawAxes() {
    for (double tick : x.ticks()) {
      gridLine(px(tick), px(tick), TOP, height - BOTTOM);
      text("tick", px(tick), height - BOTTOM + 16, "middle", x.label().apply(tick));
    }
    for (double tick : y.ticks()) {
      gridLine(LEFT, width - RIGHT, py(tick), py(tick));
      text("tick", LEFT - 7, py(tick) + 4, "end", y.label().apply(tick));
    }
    if (!x.title().isEmpty()) {
      text("axis", LEFT + (width - LEFT - RIGHT) / 2.0, height - 8, "middle", x.title());
    }
    if (!y.title().isEmpty()) {
      double middle = TOP + (height - TOP - BOTTOM) / 2.0;
      body.append("<text class=\"axis\" text-anchor=\"middle\" transform=\"translate(13 ").append(number(middle)).append(") rotate(-90)\">")
          .append(Html.escape(y.title())).append("</text>");
    }
  }

  private void gridLine(double x1, double x2, double y1, double y2) {
    body.append("<line class=\"grid\" x1=\"").append(number(x1)).append("\" x2=\"").append(number(x2)).append("\" y1=\"").append(number(y1))
        .append("\" y2=\"").append(number(y2)).append("\"/>");
  }

  private void text(String style, double atX, double atY, String anchor, String text) {
    body.append("<text class=\"").append(style).append("\" x=\"").append(number(atX)).append("\" y=\"").append(number(atY))
        .append("\" text-anchor=\"").append(anchor).append("\">").append(Html.escape(text)).append("</text>");
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : "<title>" + Html.escape(title) + "</title>";
  }

  private double px(double value) {
    return LEFT + (clamped(value, x) - x.low()) / (x.high() - x.low()) * (width - LEFT - RIGHT);
  }

  private double py(double value) {
    return height - BOTTOM - (clamped(value, y) - y.low()) / (y.high() - y.low()) * (height - TOP - BOTTOM);
  }

  private static double clamped(double value, ChartAxis axis) {
    return Math.max(axis.low(), Math.min(axis.high(), value));
  }

  private static String number(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : String.format(Locale.ROOT, "%.1f", rounded);
  }
}
