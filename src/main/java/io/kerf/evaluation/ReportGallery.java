package io.kerf.evaluation;

import io.kerf.evaluation.ReportMaterial.GalleryCase;
import java.util.Base64;
import java.util.List;

/** The pictures of a report: each part twice, with the outline of its mask and with its heat map. */
final class ReportGallery {
  /** Between the two pictures of a part, as a share of their width. */
  private static final double GAP = 0.03;

  private ReportGallery() {}

  static void append(StringBuilder page, ReportMaterial material) {
    StringBuilder content = new StringBuilder();
    for (GallerySection section : GallerySection.values()) {
      List<GalleryCase> cases = material.gallery().getOrDefault(section, List.of());
      if (!cases.isEmpty()) {
        content.append("<h3>").append(section.title()).append("</h3><p class=\"how\">").append(section.explanation())
            .append("</p><div class=\"gallery\">");
        for (int i = 0; i < cases.size(); i++) {
          card(content, "case-" + section.ordinal() + "-" + i, cases.get(i));
        }
        content.append("</div>");
      }
    }
    if (content.length() > 0) {
      Page.section(page, "Parts to look at", "<p class=\"how\">Left the part, with the outline of the defect where one was drawn; right "
          + "the heat map over it: the warmer, the more it raised the score.</p>" + content);
    }
  }

  private static void card(StringBuilder content, String id, GalleryCase part) {
    EvaluationResult.Case result = part.result();
    content.append("<article class=\"case\">");
    pictures(content, id, part);
    boolean wrong = result.defective() == result.verdict().equals("OK");
    content.append("<p class=\"name\"><span class=\"chip ").append(wrong ? "wrong" : "right").append("\">").append(chip(result))
        .append("</span>").append(Html.escape(result.image())).append("</p><p class=\"numbers\">").append(numbers(result))
        .append("</p></article>");
  }

  private static String chip(EvaluationResult.Case result) {
    if (result.verdict().equals("UNJUDGED")) {
      return "unjudged";
    }
    boolean rejected = result.verdict().equals("NG");
    if (result.defective()) {
      return rejected ? "stopped" : "missed";
    }
    return rejected ? "false reject" : "passed";
  }

  private static String numbers(EvaluationResult.Case result) {
    if (result.score().isEmpty() || result.pValue().isEmpty()) {
      return Html.escape(result.reason().orElse(""));
    }
    double p = result.pValue().getAsDouble();
    String frequency = p > 0.5 ? "as most good parts" : Figures.format("at most 1 in %,.0f good parts", Math.floor(1 / p + 1e-9));
    return Figures.format("score %.2f · p %s · %s", result.score().getAsDouble(), Figures.format(p < 0.001 ? "%.1e" : "%.3f", p), frequency);
  }

  private static void pictures(StringBuilder content, String id, GalleryCase part) {
    int w = part.widthPx();
    int h = part.heightPx();
    String second = Figures.format("%.1f", w * (1 + GAP));
    String extent = "\" width=\"" + w + "\" height=\"" + h + "\"";
    content.append("<svg role=\"img\" aria-label=\"").append(Html.escape(part.result().image())).append("\" viewBox=\"0 0 ")
        .append(Figures.format("%.1f", w * (2 + GAP))).append(' ').append(h).append("\"><image id=\"").append(id).append("\" href=\"")
        .append(dataUri(part.image())).append(extent).append("/><use href=\"#").append(id).append("\" x=\"").append(second)
        .append("\"/>");
    part.heatMapPng().ifPresent(png -> content.append("<image href=\"").append(dataUri(png)).append("\" x=\"").append(second)
        .append(extent).append(" preserveAspectRatio=\"none\"/>"));
    part.mask().ifPresent(mask -> {
      String outline = mask.resized(w, h).outline();
      content.append("<path class=\"outline under\" d=\"").append(outline).append("\"/><path class=\"outline\" d=\"").append(outline)
          .append("\"/>");
    });
    content.append("</svg>");
  }

  private static String dataUri(byte[] image) {
    boolean png = image.length > 0 && image[0] == (byte) 0x89;
    return "data:image/" + (png ? "png" : "jpeg") + ";base64," + Base64.getEncoder().encodeToString(image);
  }
}
